/** The only style sheet of the dashboard. Its colours are those of GitHub, with their contrast. */
export const style = `
:root{color-scheme:light dark;--paper:#fff;--soft:#f6f8fa;--ink:#1f2328;--quiet:#59636e;--line:#d1d9e0;--link:#0969da;--bar:#1f6feb;--good:#1a7f37;--bad:#cf222e}
@media(prefers-color-scheme:dark){:root{--paper:#0d1117;--soft:#151b23;--ink:#f0f6fc;--quiet:#9198a1;--line:#3d444d;--link:#4493f8;--bar:#4493f8;--good:#3fb950;--bad:#ff7b72}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
header,main,footer{max-width:72rem;margin:0 auto;padding:0 1rem}
header{padding-top:1.5rem}
h1{font-size:1.6rem;line-height:1.25;margin:0;overflow-wrap:anywhere}
h2{font-size:1.2rem;margin:0 0 .75rem}
section{margin:2rem 0}
a{color:var(--link)}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.25rem .5rem}
.quiet,footer{color:var(--quiet)}
footer{padding-bottom:2rem;font-size:.9rem}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;margin:1.25rem 0;padding:0}
.figures div{border:1px solid var(--line);border-radius:6px;background:var(--soft);padding:.6rem .8rem}
.figures dt{color:var(--quiet);font-size:.9rem}.figures dd{margin:0;font-size:1.5rem;font-weight:600;font-variant-numeric:tabular-nums}
.figures small{display:block;font-size:.85rem;font-weight:400;color:var(--quiet)}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.95rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
th{background:var(--soft);white-space:nowrap}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td.t{min-width:14rem}td.d,.decisions td:nth-child(2){white-space:nowrap}
caption{text-align:left;color:var(--quiet);padding-bottom:.4rem}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(18rem,100%),1fr));gap:1.5rem}.two>div{min-width:0}.two th:last-child{white-space:normal;width:45%}
.chart{width:100%;max-width:46rem;height:auto;display:block}
.chart rect,.meter rect,.spark rect{fill:var(--bar)}
.chart line{stroke:var(--line)}
.chart text{fill:var(--ink);font:12px system-ui,sans-serif;text-anchor:middle}.chart text.axis{fill:var(--quiet)}
.meter{width:100%;min-width:4rem;height:.6rem}.spark{width:5.5rem;height:1.3rem}
.good{color:var(--good)}.bad{color:var(--bad)}
details{margin:.75rem 0}summary{cursor:pointer;color:var(--link)}
li{margin:.25rem 0;overflow-wrap:anywhere}
@media(max-width:40rem){body{font-size:15px}header,main,footer{padding-left:.75rem;padding-right:.75rem}th,td{padding:.35rem .45rem}}
@media(max-width:40rem){
.stacked,.stacked tbody,.stacked caption{display:block}.stacked thead{position:absolute;left:-99rem}
.stacked tr{display:grid;gap:.15rem .9rem;border-bottom:1px solid var(--line);padding:.6rem 0}
.stacked td{display:block;border:0;padding:0;min-width:0;text-align:left}
.failures tr{grid-template-columns:repeat(3,1fr)}.failures td.t{grid-column:1/-1;font-weight:600}.failures td.t small{font-weight:400}
.failures td:not(.t)::before{display:block;color:var(--quiet);font-size:.8rem}
.failures td:nth-child(2)::before{content:"Reports"}.failures td:nth-child(3)::before{content:"People"}.failures td:nth-child(4)::before{content:"Against 4 weeks"}
.failures td:nth-child(5)::before{content:"Twelve weeks"}.failures td:nth-child(6)::before{content:"First seen"}.failures td:nth-child(7)::before{content:"Last seen"}.failures td:nth-child(8)::before{content:"Open thread"}
.decisions tr{grid-template-columns:auto auto auto 1fr}.decisions td:nth-child(4){grid-column:1/-1;grid-row:2}.decisions td:nth-child(5){text-align:right}
}
@media print{
:root{color-scheme:light;--paper:#fff;--soft:#fff;--ink:#000;--quiet:#444;--line:#bbb;--bar:#555;--good:#000;--bad:#000}
@page{margin:14mm}
body{font-size:9.5pt}header,main,footer{max-width:none;padding:0 1px}section{margin:1.1rem 0}
.skip,details:not([open]){display:none}.wide{overflow:visible}a{color:inherit;text-decoration:none}
h2,caption{break-after:avoid}tr,li,.chart,.figures{break-inside:avoid}
.figures{grid-template-columns:repeat(5,minmax(0,1fr));gap:.5rem}.chart{max-width:32rem}.two{grid-template-columns:1fr 1fr}
th,td{padding:.15rem .35rem}th{white-space:normal;overflow-wrap:normal}td.t{width:34%}.failures td:last-child{white-space:nowrap}table{font-size:8.5pt}.decisions{font-size:8pt}
.decisions tbody tr:nth-child(n+61){display:none}section:has(.decisions tr:nth-child(61))::after{content:"Older decisions are in the file.";color:var(--quiet)}
}
`;
