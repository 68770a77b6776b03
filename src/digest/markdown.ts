import type { IssueRef } from '../model/issue.ts';
import type { Digest, Emerging, FailureRow, Notable, OwnRecord, Verdicts, Waiting } from './digest.ts';
import {
  cell,
  counted,
  duration,
  leastJudged,
  number,
  percent,
  plain,
  type Quote,
  signed,
  sparkline,
} from './text.ts';
import { printDay } from './week.ts';

/** What is read in two minutes; the rest is counted, and stands in JSON and CSV. */
const mostFailures = 15;
const mostLines = 10;
const longestTitle = 90;

/** The title of the issue that carries a digest. */
export function digestTitle({ repository, week }: Pick<Digest, 'repository' | 'week'>): string {
  return `Signpost digest ${week} of ${repository}`;
}

/**
 * The digest as GitHub renders it, some pages at most. Sections without content are left out: a quiet week is a few
 * lines. `quote` makes people's words safe.
 */
export function renderMarkdown(digest: Digest, quote: Quote): string {
  const seen = digest.failures.filter(({ reports }) => reports > 0);
  const parts = [
    summary(digest),
    seen.length > 0 ? chart(digest) : '',
    section('Known failures', [table(digest, seen, quote), categories(digest), ...where(seen, quote)]),
    quietFailures(digest),
    section('Fixed, and back again', [regressions(digest, quote)]),
    section('New, and known to no page', [emerging(digest, quote)]),
    section('Duplicates', [duplicates(digest)]),
    section('How Signpost did', [record(digest.record)]),
    section('Learned from what people said', [learned(digest)]),
    section('Waits for a person', [waiting(digest.waiting, quote)]),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function summary({ failures, from, issues, until, week, zone }: Digest): string {
  const { recognised } = issues;
  const days = `${printDay(from, zone)} to ${printDay(until - 1, zone)}, ${zone}`;
  if (issues.reports === 0) return `**${week}** (${days}): no issue was opened.`;
  const opened = `**${week}** (${days}): ${counted(issues.reports, 'issue')} by ${counted(issues.reporters, 'person', 'people')}`;
  if (recognised.reports === 0) return `${opened}, none with a known failure.`;
  const mean = failures.reduce((sum, row) => sum + row.mean, 0);
  const change = `${signed(recognised.reports - mean)} against the mean of the four weeks before`;
  return `${opened}; ${recognised.reports} with a known failure, by ${counted(recognised.reporters, 'person', 'people')} (${change}).`;
}

/** mermaid as GitHub draws it: text in quotes, a range that is never empty. All words are ours. */
function chart({ trend, weeks }: Digest): string {
  const most = Math.max(1, ...trend);
  return [
    '```mermaid',
    'xychart-beta',
    '    title "Reports with a known failure, by week"',
    `    x-axis [${weeks.map((week) => `"${week.slice(5)}"`).join(', ')}]`,
    `    y-axis "reports" 0 --> ${most}`,
    `    bar [${trend.join(', ')}]`,
    '```',
  ].join('\n');
}

function section(heading: string, blocks: readonly string[]): string {
  const full = blocks.filter((block) => block !== '');
  return full.length === 0 ? '' : [`### ${heading}`, ...full].join('\n\n');
}

function table({ repository, zone }: Digest, rows: readonly FailureRow[], quote: Quote): string {
  if (rows.length === 0) return '';
  const lines = rows.slice(0, mostFailures).map((row) => {
    const root = row.root === null ? '–' : link(row.root, repository);
    const cells = [
      failureTitle(row),
      row.reports,
      row.reporters,
      `${signed(row.reports - row.mean)} (${number(row.mean)})`,
      cell(quote(sparkline(row.trend))),
      printDay(row.firstSeen, zone),
      printDay(row.lastSeen, zone),
      root,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const more = rows.length - mostFailures;
  return [
    '| Failure | Reports | People | Change (mean of 4 weeks) | 12 weeks | First seen | Last seen | Open thread |',
    '|---|---:|---:|---:|---|---|---|---|',
    ...lines,
    ...(more > 0 ? ['', `${counted(more, 'failure')} more with fewer reports.`] : []),
  ].join('\n');
}

function failureTitle({ title, url }: Pick<FailureRow, 'title' | 'url'>): string {
  const text = plain(title);
  return url === null ? text : `[${text}](<${url.replace(/[<>|\s\\]/g, encodeURIComponent)}>)`;
}

/** Says something where there are several. */
function categories({ categories }: Digest): string {
  if (categories.length < 2) return '';
  return `By category: ${categories.map(({ category, reports }) => `${category} ${reports}`).join(', ')}.`;
}

/** Versions and platforms that stand out, a line for each failure. */
function where(rows: readonly FailureRow[], quote: Quote): string[] {
  const lines = rows
    .filter(({ notable }) => notable.length > 0)
    .map(({ notable, title }) => `- ${plain(title)}: ${notable.map((one) => said(one, quote)).join('; ')}`);
  return lines.length === 0 ? [] : [['Where they happen:', '', ...lines.slice(0, mostLines)].join('\n')];
}

function said({ fact, of, value, with: count }: Notable, quote: Quote): string {
  return `${fact} ${quote(value, 40)} in ${count} of the ${of} reports that name one`;
}

function quietFailures({ failures }: Digest): string {
  const quiet = failures.filter(({ reports }) => reports === 0);
  if (quiet.length === 0) return '';
  const named = quiet.slice(0, mostLines).map(({ mean, title }) => `${plain(title)} (mean ${number(mean)})`);
  return `Not seen this week: ${[...named, ...more(quiet)].join('; ')}.`;
}

function regressions({ regressions }: Digest, quote: Quote): string {
  return list(regressions, ({ fixedIn, number: issue, title, version }) => {
    const on = version === null ? '' : ` on ${quote(version, 40)}`;
    return `#${issue}${on}: ${plain(title)}${fixedIn === null ? '' : `, fixed in ${quote(fixedIn, 40)}`}`;
  });
}

function emerging({ emerging, repository }: Digest, quote: Quote): string {
  const lively = emerging.filter(({ thisWeek, warning }) => thisWeek > 0 || warning !== null);
  return list(
    lively,
    (group) =>
      `${grown(group)}${group.shared === null ? '' : `: ${quote(group.shared, longestTitle)}`}${prospects(group, repository, quote)}`,
  );
}

function grown({ name, reporters, reports, thisWeek, warning }: Emerging): string {
  const size = `${counted(reports, 'report')} by ${counted(reporters, 'person', 'people')} since #${name}, ${thisWeek} this week`;
  return warning === null ? size : `**Early warning**, ${size}`;
}

/** Why there is a warning, and what can be done about the group. */
function prospects({ proposal, warning }: Emerging, repository: string, quote: Quote): string {
  const since = warning?.since == null ? '' : `, since version ${quote(warning.since, 40)}`;
  const why =
    warning === null
      ? ''
      : `. ${warning.lately} in seven days where ${number(warning.usual)} a week were usual${since}`;
  const page = {
    none: '',
    possible: `. A page can be drafted: \`signpost propose ${repository}\``,
    open: '. A page for it is proposed',
  }[proposal];
  return `${why}${page}.`;
}

function duplicates({ duplicates }: Digest): string {
  const { closed, confirmed, found, linked, refused, reopened } = duplicates;
  if (found + linked + confirmed + refused + closed === 0) return '';
  const closing = closed === 0 ? '' : ` Signpost closed ${closed}; ${reopened} of them open again.`;
  return `${found} of the week’s issues had an earlier report; ${linked} told so in a comment. People confirmed ${confirmed} and refused ${refused}.${closing}`;
}

function record({ comments, medianDelay, twelveWeeks, vetoes, week, writes }: OwnRecord): string {
  if (comments + writes + vetoes + verdicts(week) + verdicts(twelveWeeks) === 0) return '';
  const delay =
    medianDelay === null ? '' : `, in the median ${duration(medianDelay)} after the issue was opened`;
  return [
    `- ${counted(comments, 'comment')}${delay}; ${counted(writes, 'call')} that changed something on GitHub`,
    `- This week ${judged(week)}; in twelve weeks ${judged(twelveWeeks)}`,
    ...(vetoes > 0
      ? [`- On ${counted(vetoes, 'issue')} of the week people took back a finding or a label`]
      : []),
  ].join('\n');
}

function learned({ learned, repository }: Digest): string {
  if (learned.length === 0) return '';
  const back = `To go back: \`signpost models rollback ${repository}\`.`;
  return `${list(learned, plain)}\n\n${back}`;
}

function verdicts({ confirmed, refused }: Verdicts): number {
  return confirmed + refused;
}

function judged({ confirmed, precision, refused }: Verdicts): string {
  if (precision === null) return 'nobody judged a finding';
  const share = confirmed + refused < leastJudged ? '' : ` (precision ${percent(precision)})`;
  return `${counted(confirmed, 'finding')} confirmed and ${refused} refused${share}`;
}

function waiting(waiting: readonly Waiting[], quote: Quote): string {
  return list(waiting, ({ number: issue, title, what }) => {
    const named = title === null ? '' : `: ${quote(title, longestTitle)}`;
    return `${issue === null ? '' : `#${issue}, `}${what}${named}`;
  });
}

function list<T>(items: readonly T[], line: (item: T) => string): string {
  return [...items.slice(0, mostLines).map(line), ...more(items)].map((text) => `- ${text}`).join('\n');
}

function more(items: readonly unknown[]): string[] {
  return items.length > mostLines ? [`${items.length - mostLines} more`] : [];
}

/** `#12` at home, `owner/name#12` elsewhere: a bare number would mean a stranger. */
function link(to: IssueRef, home: string): string {
  return `${to.repository.toLowerCase() === home.toLowerCase() ? '' : to.repository}#${to.number}`;
}
