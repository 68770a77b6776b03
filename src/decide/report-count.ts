import type { CountedReport } from '../model/counted-report.ts';
import { quote } from './quote.ts';

/** The finding key of the count on a root. */
export const reportCountKey = 'ledger:root';
/** Links in the comment, to the newest reports. */
const maxLinks = 300;
const maxRows = 30;

/** The part of a root's comment that counts the reports pointed here, by version and platform, with links. */
export function reportCountPart(reports: readonly CountedReport[]): string {
  const count = reports.length;
  const newest = reports.toSorted((a, b) => b.number - a.number).slice(0, maxLinks);
  const more = count - newest.length;
  const links = grouped(newest, environment)
    .map(([where, own]) => `- ${where}: ${own.map(({ number }) => `#${number}`).join(', ')}`)
    .join('\n');
  return [
    '<!-- signpost ledger: the reports that were pointed to this thread, counted; edited in place -->',
    `**${count === 1 ? 'One report points' : `${count} reports point`} here.** This comment is ` +
      'kept up to date; each report adds its version and platform, and nothing else is posted.',
    '<details><summary>By version and platform, with links</summary>\n\n' +
      `${table('Version', reports, ({ version }) => version)}\n\n` +
      `${table('Platform', reports, ({ platform }) => platform)}\n\n` +
      `${links}${more > 0 ? `\n- and ${more} earlier` : ''}\n\n</details>`,
  ].join('\n\n');
}

function environment({ platform, version }: CountedReport): string {
  return [version ?? 'no version', platform ?? 'no platform'].map((text) => quote(text, 40)).join(', ');
}

function table(
  heading: string,
  reports: readonly CountedReport[],
  of: (report: CountedReport) => string | null,
): string {
  const rows = grouped(reports, (report) => of(report) ?? 'not said');
  const shown = rows.slice(0, maxRows).map(([value, own]) => `| ${cell(value)} | ${own.length} |`);
  const rest = rows.slice(maxRows).reduce((sum, [, own]) => sum + own.length, 0);
  return [
    `| ${heading} | Reports |`,
    '| --- | ---: |',
    ...shown,
    ...(rest > 0 ? [`| others | ${rest} |`] : []),
  ].join('\n');
}

function cell(value: string): string {
  return quote(value.replaceAll('|', '/'), 40);
}

/** Groups reports, the largest group first, equal ones by name. */
function grouped(
  reports: readonly CountedReport[],
  by: (report: CountedReport) => string,
): readonly (readonly [string, readonly CountedReport[]])[] {
  return [...Map.groupBy(reports, by)].toSorted(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
}
