import type { Emerging, FailureRow, Verdicts, Waiting } from '../digest.ts';
import { counted, duration, leastJudged, number, percent, signed } from '../text.ts';
import { printDay } from '../week.ts';
import { columns, meter, spark } from './charts.ts';
import type { Band, Decision, PageData } from './data.ts';
import { html, raw, type Safe } from './html.ts';
import { style } from './style.ts';

/** The page has to open at once: what is older is in the ledger. In characters of markup. */
const roomForDecisions = 600_000;
const longestBecause = 400;
const longestTitle = 160;
const mostWaiting = 20;

/**
 * The maintainers' page as one HTML document that loads nothing: no script, no font, no picture from elsewhere.
 * `hash` is the base64 SHA-256 of a text: the content security policy allows this style sheet and no other.
 */
export function renderPage(data: PageData, hash: (text: string) => string): string {
  const { digest, writtenAt } = data;
  const { repository, week, zone } = digest;
  const policy = `default-src 'none'; style-src 'sha256-${hash(style)}'; base-uri 'none'; form-action 'none'`;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${raw(policy)}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Signpost: ${repository}, ${week}</title>
<style>${raw(style)}</style></head>
<body><a class="skip" href="#main">To the content</a>
<header><h1>${repository}</h1><p class="quiet">Failures of ${week}, ${printDay(digest.from, zone)} to ${printDay(digest.until - 1, zone)} (${zone})</p></header>
<main id="main" tabindex="-1">
${figures(data)}
${waiting(data)}
${overTime(data)}
${failures(data)}
${emerging(data)}
${facts(data)}
${record(data)}
${decisions(data)}
</main>
<footer><p>Written by Signpost on <time datetime="${new Date(writtenAt).toISOString()}">${printDay(writtenAt, zone)}</time> from its own ledger. Counts are of distinct issues and people.</p></footer>
</body></html>
`;
  return page.html;
}

function figures({ digest }: PageData): Safe {
  const { duplicates, failures, issues, record } = digest;
  const mean = failures.reduce((sum, row) => sum + row.mean, 0);
  return html`<dl class="figures">
${figure('Issues opened', issues.reports, counted(issues.reporters, 'person', 'people'))}
${figure('With a known failure', issues.recognised.reports, `${signed(issues.recognised.reports - mean)} against four weeks`)}
${figure('Earlier report found', duplicates.found, `${duplicates.linked} told so`)}
${figure('Findings that were right', right(record.twelveWeeks), `${judged(record.twelveWeeks)} in twelve weeks`)}
${figure('Time to the comment', record.medianDelay === null ? '–' : duration(record.medianDelay), counted(record.comments, 'comment'))}
</dl>`;
}

function figure(name: string, value: string | number, remark: string): Safe {
  return html`<div><dt>${name}</dt><dd>${value}<small>${remark}</small></dd></div>`;
}

/** A share only where it says something. */
function right({ confirmed, refused }: Pick<Verdicts, 'confirmed' | 'refused'>): string {
  const all = confirmed + refused;
  if (all === 0) return '–';
  return all < leastJudged ? `${confirmed} of ${all}` : percent(confirmed / all);
}

function judged({ confirmed, refused }: Verdicts): string {
  return `${confirmed} confirmed, ${refused} refused`;
}

function section(id: string, heading: string, content: Safe): Safe {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>
${content}</section>`;
}

/** A table that scrolls by itself on a narrow screen, and by keyboard; a `stacked` one has a card for each row there. */
function table(
  caption: string,
  heads: readonly (readonly [string, string?])[],
  rows: readonly Safe[],
  kind = '',
): Safe {
  const head = heads.map(([text, kind]) => html`<th scope="col" class="${kind}">${text}</th>`);
  return html`<div class="wide" role="region" aria-label="${caption}" tabindex="0"><table class="${kind}"><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>
${rows}</tbody></table></div>`;
}

function waiting({ digest, site }: PageData): Safe {
  const { regressions, repository } = digest;
  const items = [
    ...regressions.map(
      (one) =>
        html`<li>${link(site, repository, one.number)}: ${short(one.title)}, reported on ${one.version ?? 'an unnamed version'}, fixed in ${one.fixedIn ?? 'an earlier one'}</li>`,
    ),
    ...digest.emerging
      .filter(({ proposal, warning }) => proposal === 'possible' && warning !== null)
      .map(
        ({ name, reports }) =>
          html`<li>A page can be drafted for ${counted(reports, 'report')} of a new failure, since ${link(site, repository, name)}</li>`,
      ),
    ...digest.waiting.map((one) => html`<li>${waitingLine(one, site, repository)}</li>`),
  ];
  if (items.length === 0) return section('waiting', 'Waits for a person', html`<p>Nothing.</p>`);
  const more = items.length > mostWaiting ? html`<li>${items.length - mostWaiting} more</li>` : '';
  return section('waiting', 'Waits for a person', html`<ul>${items.slice(0, mostWaiting)}${more}</ul>`);
}

function waitingLine({ number: issue, title, what }: Waiting, site: string, repository: string): Safe {
  const where = issue === null ? '' : html`${link(site, repository, issue)}: `;
  return html`${where}${what.replaceAll('`', '')}${title === null ? '' : html`: <q>${short(title)}</q>`}`;
}

function overTime({ digest: { trend, weeks } }: PageData): Safe {
  if (trend.every((value) => value === 0))
    return section('time', 'Failures over time', html`<p>No known failure in twelve weeks.</p>`);
  const bars = weeks.map((week, index) => ({ label: week.slice(5), value: trend[index] ?? 0 }));
  const rows = weeks.map(
    (week, index) => html`<tr><td>${week}</td><td class="n">${trend[index] ?? 0}</td></tr>\n`,
  );
  const numbers = table('Reports with a known failure, by week', [['Week'], ['Reports', 'n']], rows);
  return section(
    'time',
    'Failures over time',
    html`${columns(bars)}<details><summary>The numbers</summary>${numbers}</details>`,
  );
}

function failures({ digest, site }: PageData): Safe {
  const { repository, weeks, zone } = digest;
  if (digest.failures.length === 0)
    return section('failures', 'Known failures', html`<p>None in the last five weeks.</p>`);
  const rows = digest.failures.map(
    (
      row,
    ) => html`<tr><td class="t">${pageLink(row)}${notable(row)}</td><td class="n">${row.reports}</td><td class="n">${row.reporters}</td><td class="n">${signed(row.reports - row.mean)}</td><td>${spark(row.trend, weeks)}</td><td class="d">${printDay(row.firstSeen, zone)}</td><td class="d">${printDay(row.lastSeen, zone)}</td><td>${row.root === null ? '–' : link(site, row.root.repository, row.root.number, repository)}</td></tr>
`,
  );
  const heads = [
    ['Failure'],
    ['Reports', 'n'],
    ['People', 'n'],
    ['Against four weeks', 'n'],
    ['Twelve weeks'],
    ['First seen'],
    ['Last seen'],
    ['Open thread'],
  ] as const;
  return section(
    'failures',
    'Known failures',
    table('Failures of the week and the four before', heads, rows, 'stacked failures'),
  );
}

function pageLink({ title, url }: FailureRow): Safe {
  return url !== null && /^https?:\/\//.test(url)
    ? html`<a href="${url}">${short(title)}</a>`
    : html`${short(title)}`;
}

function notable({ notable }: FailureRow): Safe {
  const lines = notable.map((one) => `${one.fact} ${one.value} in ${one.with} of ${one.of}`);
  return lines.length === 0 ? html`` : html`<br><small class="quiet">${lines.join('; ')}</small>`;
}

function emerging({ digest: { emerging, repository }, site }: PageData): Safe {
  if (emerging.length === 0)
    return section('new', 'New, and known to no page', html`<p>No reports that are like one another.</p>`);
  const list = (groups: readonly Emerging[]) =>
    html`<ul>${groups.map((group) => html`<li>${groupLine(group, site, repository)}</li>`)}</ul>`;
  const lively = emerging.filter(({ thisWeek, warning }) => thisWeek > 0 || warning !== null);
  const rest = emerging.filter((group) => !lively.includes(group));
  const older = html`<details><summary>${counted(rest.length, 'older group')}</summary>${list(rest)}</details>`;
  return section(
    'new',
    'New, and known to no page',
    html`${lively.length === 0 ? html`<p>None grew this week.</p>` : list(lively)}${rest.length === 0 ? '' : older}`,
  );
}

function groupLine(
  { name, proposal, reporters, reports, shared, thisWeek, warning }: Emerging,
  site: string,
  repository: string,
): Safe {
  const why =
    warning === null
      ? ''
      : html` <strong class="bad">Early warning</strong>: ${warning.lately} in seven days where ${number(warning.usual)} a week were usual${warning.since === null ? '' : `, since version ${warning.since}`}.`;
  const page = {
    none: '',
    possible: ' A page can be drafted with signpost propose.',
    open: ' A page for it is proposed.',
  }[proposal];
  return html`${counted(reports, 'report')} by ${counted(reporters, 'person', 'people')} since ${link(site, repository, name)}, ${thisWeek} this week${shared === null ? '' : html`: <q>${short(shared)}</q>`}.${why}${page}`;
}

function facts({ facts }: PageData): Safe {
  const names: Readonly<Record<string, string>> = { version: 'By version', platform: 'By platform' };
  const tables = facts
    .filter(({ values }) => values.length > 0)
    .map(({ fact, values }) => {
      const most = Math.max(...values.map(({ reports }) => reports));
      const rows = values.map(
        ({ reports, value }) =>
          html`<tr><td>${value}</td><td class="n">${reports}</td><td>${meter(reports, most)}</td></tr>\n`,
      );
      return html`<div>${table(names[fact] ?? fact, [[fact === 'version' ? 'Version' : 'Platform'], ['Reports', 'n'], ['Beside the most frequent']], rows)}</div>`;
    });
  if (tables.length === 0) return html``;
  return section('facts', 'Where failures happen', html`<div class="two">${tables}</div>`);
}

function record({ calibration, digest: { record } }: PageData): Safe {
  const rows = calibration.map(
    ({ confirmed, from, said, until }: Band) =>
      html`<tr><td>${percent(from)} to ${percent(until)}</td><td class="n">${said}</td><td class="n">${confirmed}</td><td class="n">${right({ confirmed, refused: said - confirmed })}</td></tr>\n`,
  );
  const table_ =
    rows.length === 0
      ? html`<p>Nobody has judged a finding yet.</p>`
      : table(
          'Of those said to be so sure, how many were right',
          [['Said to be sure'], ['Judged', 'n'], ['Confirmed', 'n'], ['Right', 'n']],
          rows,
        );
  return section(
    'record',
    'How Signpost did',
    html`<p>This week ${judged(record.week)}; ${counted(record.writes, 'call')} that changed something on GitHub; people took something back on ${counted(record.vetoes, 'issue')}.</p>${table_}`,
  );
}

function decisions({ decisions, digest: { repository, zone }, site }: PageData): Safe {
  const rows: Safe[] = [];
  let left = roomForDecisions;
  for (const decision of decisions) {
    const row = decisionRow(decision, site, repository, zone);
    left -= row.html.length;
    if (left < 0) break;
    rows.push(row);
  }
  if (rows.length === 0) return section('decisions', 'Recent decisions', html`<p>None yet.</p>`);
  const caption = `The newest ${rows.length} decisions`;
  const heads = [['Day'], ['Issue'], ['Done'], ['Because'], ['People said']] as const;
  return section('decisions', 'Recent decisions', table(caption, heads, rows, 'stacked decisions'));
}

function decisionRow(
  { at, because, kind, number: issue, verdict }: Decision,
  site: string,
  repository: string,
  zone: string,
): Safe {
  const said =
    verdict === null ? '' : html`<span class="${verdict === 'confirmed' ? 'good' : 'bad'}">${verdict}</span>`;
  const why = short(because, longestBecause);
  return html`<tr><td class="d">${printDay(at, zone)}</td><td>${issue === null ? '' : link(site, repository, issue)}</td><td class="d">${kind}</td><td>${why}</td><td>${said}</td></tr>
`;
}

function short(text: string, longest = longestTitle): string {
  return text.length > longest ? `${text.slice(0, longest - 1).toWellFormed()}…` : text;
}

/** `#12` at home, `owner/name#12` elsewhere. */
function link(site: string, repository: string, issue: number, home = repository): Safe {
  const name = repository.toLowerCase() === home.toLowerCase() ? '' : repository;
  return html`<a href="${site}/${repository}/issues/${issue}">${name}#${issue}</a>`;
}
