import type { EmergingFailure, FailureRow } from '../digest.ts';
import { countPeople, formatChange, formatNumber, pluralise } from '../format.ts';
import { printDay } from '../week.ts';
import { columnChart, meter, sparkline } from './charts.ts';
import type { DashboardData } from './dashboard-data.ts';
import { html, type SafeHtml } from './html.ts';
import { issueLink, row, section, table, truncate } from './markup.ts';

export function overTime({ digest: { trend, weeks } }: DashboardData): SafeHtml {
  if (trend.every((value) => value === 0))
    return section('time', 'Failures over time', html`<p>No known failure in twelve weeks.</p>`);
  const columns = weeks.map((week, index) => ({ label: week.slice(5), value: trend[index] ?? 0 }));
  const rows = weeks.map((week, index) => row([week], [trend[index] ?? 0, 'n']));
  const numbers = table('Reports with a known failure, by week', [['Week'], ['Reports', 'n']], rows);
  return section(
    'time',
    'Failures over time',
    html`${columnChart(columns)}<details><summary>The numbers</summary>${numbers}</details>`,
  );
}

export function failures({ digest, site }: DashboardData): SafeHtml {
  const { repository, weeks, zone } = digest;
  if (digest.failures.length === 0)
    return section('failures', 'Known failures', html`<p>None in the last five weeks.</p>`);
  const rows = digest.failures.map((failure) => {
    const { firstSeen, lastSeen, mean, reporters, reports, root, trend } = failure;
    const thread = root === null ? '–' : issueLink(site, root.repository, root.number, repository);
    return row(
      [html`${failureLink(failure)}${notableFacts(failure)}`, 't'],
      [reports, 'n'],
      [reporters, 'n'],
      [formatChange(reports - mean), 'n'],
      [sparkline(trend, weeks)],
      [printDay(firstSeen, zone), 'd'],
      [printDay(lastSeen, zone), 'd'],
      [thread],
    );
  });
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

function failureLink({ title, url }: FailureRow): SafeHtml {
  return url !== null && /^https?:\/\//.test(url)
    ? html`<a href="${url}">${truncate(title)}</a>`
    : html`${truncate(title)}`;
}

function notableFacts({ notable }: FailureRow): SafeHtml {
  const lines = notable.map((one) => `${one.fact} ${one.value} in ${one.with} of ${one.of}`);
  return lines.length === 0 ? html`` : html`<br><small class="quiet">${lines.join('; ')}</small>`;
}

export function emerging({ digest: { emerging, repository }, site }: DashboardData): SafeHtml {
  if (emerging.length === 0)
    return section('new', 'New, and known to no page', html`<p>No reports that are like one another.</p>`);
  const list = (groups: readonly EmergingFailure[]) =>
    html`<ul>${groups.map((group) => html`<li>${groupLine(group, site, repository)}</li>`)}</ul>`;
  const active = emerging.filter(({ thisWeek, warning }) => thisWeek > 0 || warning !== null);
  const rest = emerging.filter((group) => !active.includes(group));
  const older = html`<details><summary>${pluralise(rest.length, 'older group')}</summary>${list(rest)}</details>`;
  return section(
    'new',
    'New, and known to no page',
    html`${active.length === 0 ? html`<p>None grew this week.</p>` : list(active)}${rest.length === 0 ? '' : older}`,
  );
}

function groupLine(
  { name, proposal, reporters, reports, shared: commonMessage, thisWeek, warning }: EmergingFailure,
  site: string,
  repository: string,
): SafeHtml {
  const why =
    warning === null
      ? ''
      : html` <strong class="bad">Early warning</strong>: ${warning.lately} in seven days where ${formatNumber(warning.usual)} a week were usual${warning.since === null ? '' : `, since version ${warning.since}`}.`;
  const page = {
    none: '',
    possible: ' A page can be drafted with signpost propose.',
    open: ' A page for it is proposed.',
  }[proposal];
  return html`${pluralise(reports, 'report')} by ${countPeople(reporters)} since ${issueLink(site, repository, name)}, ${thisWeek} this week${commonMessage === null ? '' : html`: <q>${truncate(commonMessage)}</q>`}.${why}${page}`;
}

export function facts({ facts }: DashboardData): SafeHtml {
  const names: Readonly<Record<string, readonly [caption: string, head: string]>> = {
    version: ['By version', 'Version'],
    platform: ['By platform', 'Platform'],
  };
  const tables = facts
    .filter(({ values }) => values.length > 0)
    .map(({ fact, values }) => {
      const most = Math.max(...values.map(({ reports }) => reports));
      const rows = values.map(({ reports, value }) => row([value], [reports, 'n'], [meter(reports, most)]));
      const [caption, head] = names[fact] ?? [fact, fact];
      const heads = [[head], ['Reports', 'n'], ['Beside the most frequent']] as const;
      return html`<div>${table(caption, heads, rows)}</div>`;
    });
  if (tables.length === 0) return html``;
  return section('facts', 'Where failures happen', html`<div class="two">${tables}</div>`);
}
