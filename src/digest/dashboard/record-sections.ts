import type { VerdictCounts } from '../digest.ts';
import { countPeople, formatChange, formatDuration, formatPercent, minJudged, pluralise } from '../format.ts';
import { printDay } from '../week.ts';
import type { DashboardData, Decision } from './dashboard-data.ts';
import { html, type SafeHtml } from './html.ts';
import { issueLink, row, section, table, truncate } from './markup.ts';

/** Keeps no more characters of markup: the file has to open at once, and the ledger has what is older. */
const maxDecisionsLength = 600_000;
const maxBecauseLength = 400;

export function keyFigures({ digest }: DashboardData): SafeHtml {
  const { duplicates, failures, issues, record } = digest;
  const mean = failures.reduce((sum, row) => sum + row.mean, 0);
  return html`<dl class="figures">
${keyFigure('Issues opened', issues.reports, countPeople(issues.reporters))}
${keyFigure('With a known failure', issues.recognised.reports, `${formatChange(issues.recognised.reports - mean)} against four weeks`)}
${keyFigure('Earlier report found', duplicates.found, `${duplicates.linked} told so`)}
${keyFigure('Findings that were right', formatPrecision(record.twelveWeeks), `${verdictsInWords(record.twelveWeeks)} in twelve weeks`)}
${keyFigure('Time to the comment', record.medianDelay === null ? '–' : formatDuration(record.medianDelay), pluralise(record.comments, 'comment'))}
</dl>`;
}

function keyFigure(name: string, value: string | number, remark: string): SafeHtml {
  return html`<div><dt>${name}</dt><dd>${value}<small>${remark}</small></dd></div>`;
}

export function trackRecord({ calibration, digest: { record } }: DashboardData): SafeHtml {
  const rows = calibration.map(({ confirmed, from, judged, until }) =>
    row(
      [`${formatPercent(from)} to ${formatPercent(until)}`],
      [judged, 'n'],
      [confirmed, 'n'],
      [formatPrecision({ confirmed, refused: judged - confirmed }), 'n'],
    ),
  );
  const bins =
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
    html`<p>This week ${verdictsInWords(record.week)}; ${pluralise(record.writes, 'call')} that changed something on GitHub; people took something back on ${pluralise(record.vetoes, 'issue')}.</p>${bins}`,
  );
}

/** Gives a share where it says something, else the counts. */
function formatPrecision({ confirmed, refused }: Pick<VerdictCounts, 'confirmed' | 'refused'>): string {
  const all = confirmed + refused;
  if (all === 0) return '–';
  return all < minJudged ? `${confirmed} of ${all}` : formatPercent(confirmed / all);
}

function verdictsInWords({ confirmed, refused }: VerdictCounts): string {
  return `${confirmed} confirmed, ${refused} refused`;
}

export function decisions({ decisions, digest: { repository, zone }, site }: DashboardData): SafeHtml {
  const rows: SafeHtml[] = [];
  let left = maxDecisionsLength;
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
): SafeHtml {
  const said =
    verdict === null ? '' : html`<span class="${verdict === 'confirmed' ? 'good' : 'bad'}">${verdict}</span>`;
  const why = truncate(because, maxBecauseLength);
  return row(
    [printDay(at, zone), 'd'],
    [issue === null ? '' : issueLink(site, repository, issue)],
    [kind, 'd'],
    [why],
    [said],
  );
}
