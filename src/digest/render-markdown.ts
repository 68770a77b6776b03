import type { IssueRef } from '../model/issue.ts';
import type {
  ActionItem,
  Digest,
  EmergingFailure,
  FailureRow,
  NotableFact,
  TrackRecord,
  VerdictCounts,
} from './digest.ts';
import { escapeCell, escapeMarkdown, type Quote } from './escape-markdown.ts';
import {
  countPeople,
  formatChange,
  formatDuration,
  formatNumber,
  formatPercent,
  minJudged,
  pluralise,
  sparkline,
} from './format.ts';
import { printDay } from './week.ts';

/** Shows what is read in two minutes; counts the rest, which stands in JSON and CSV. */
const maxFailures = 15;
const maxLines = 10;
const maxTitleLength = 90;

/** The title of the issue that carries a digest. */
export function digestTitle({ repository, week }: Pick<Digest, 'repository' | 'week'>): string {
  return `Signpost digest ${week} of ${repository}`;
}

/**
 * Renders the digest as Markdown of GitHub, some pages at most. Leaves out sections without content: a quiet
 * week is a few lines. `quote` makes people's words safe.
 */
export function renderMarkdown(digest: Digest, quote: Quote): string {
  const seen = digest.failures.filter(({ reports }) => reports > 0);
  const parts = [
    summary(digest),
    seen.length > 0 ? chart(digest) : '',
    section('Known failures', [table(digest, seen, quote), categories(digest), ...notableFacts(seen, quote)]),
    quietFailures(digest),
    section('Fixed, and back again', [regressions(digest, quote)]),
    section('New, and known to no page', [emerging(digest, quote)]),
    section('Duplicates', [duplicates(digest)]),
    section('How Signpost did', [trackRecord(digest.record)]),
    section('Learned from what people said', [learned(digest)]),
    section('Waits for a person', [actionItems(digest.waiting, quote)]),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function summary({ failures, from, issues, until, week, zone }: Digest): string {
  const { recognised } = issues;
  const days = `${printDay(from, zone)} to ${printDay(until - 1, zone)}, ${zone}`;
  if (issues.reports === 0) return `**${week}** (${days}): no issue was opened.`;
  const opened = `**${week}** (${days}): ${pluralise(issues.reports, 'issue')} by ${countPeople(issues.reporters)}`;
  if (recognised.reports === 0) return `${opened}, none with a known failure.`;
  const mean = failures.reduce((sum, row) => sum + row.mean, 0);
  const change = `${formatChange(recognised.reports - mean)} against the mean of the four weeks before`;
  return `${opened}; ${recognised.reports} with a known failure, by ${countPeople(recognised.reporters)} (${change}).`;
}

/**
 * Draws a chart of mermaid, as GitHub has it: text in quotes, a range that is never empty. All words are
 * ours.
 */
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
  const lines = rows.slice(0, maxFailures).map((row) => {
    const root = row.root === null ? '–' : link(row.root, repository);
    const cells = [
      failureTitle(row),
      row.reports,
      row.reporters,
      `${formatChange(row.reports - row.mean)} (${formatNumber(row.mean)})`,
      escapeCell(quote(sparkline(row.trend))),
      printDay(row.firstSeen, zone),
      printDay(row.lastSeen, zone),
      root,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const more = rows.length - maxFailures;
  return [
    '| Failure | Reports | People | Change (mean of 4 weeks) | 12 weeks | First seen | Last seen | Open thread |',
    '|---|---:|---:|---:|---|---|---|---|',
    ...lines,
    ...(more > 0 ? ['', `${pluralise(more, 'failure')} more with fewer reports.`] : []),
  ].join('\n');
}

function failureTitle({ title, url }: Pick<FailureRow, 'title' | 'url'>): string {
  const text = escapeMarkdown(title);
  return url === null ? text : `[${text}](<${url.replace(/[<>|\s\\]/g, encodeURIComponent)}>)`;
}

/** Counts by category where there are several. */
function categories({ categories }: Digest): string {
  if (categories.length < 2) return '';
  return `By category: ${categories.map(({ category, reports }) => `${category} ${reports}`).join(', ')}.`;
}

/** Names versions and platforms that stand out, a line for each failure. */
function notableFacts(rows: readonly FailureRow[], quote: Quote): string[] {
  const lines = rows
    .filter(({ notable }) => notable.length > 0)
    .map(
      ({ notable, title }) =>
        `- ${escapeMarkdown(title)}: ${notable.map((one) => factInWords(one, quote)).join('; ')}`,
    );
  return lines.length === 0 ? [] : [['Where they happen:', '', ...lines.slice(0, maxLines)].join('\n')];
}

function factInWords({ fact, of, value, with: count }: NotableFact, quote: Quote): string {
  return `${fact} ${quote(value, 40)} in ${count} of the ${of} reports that name one`;
}

function quietFailures({ failures }: Digest): string {
  const quiet = failures.filter(({ reports }) => reports === 0);
  if (quiet.length === 0) return '';
  const named = quiet
    .slice(0, maxLines)
    .map(({ mean, title }) => `${escapeMarkdown(title)} (mean ${formatNumber(mean)})`);
  return `Not seen this week: ${[...named, ...more(quiet)].join('; ')}.`;
}

function regressions({ regressions }: Digest, quote: Quote): string {
  return list(regressions, ({ fixedIn, number: issue, title, version }) => {
    const on = version === null ? '' : ` on ${quote(version, 40)}`;
    return `#${issue}${on}: ${escapeMarkdown(title)}${fixedIn === null ? '' : `, fixed in ${quote(fixedIn, 40)}`}`;
  });
}

function emerging({ emerging, repository }: Digest, quote: Quote): string {
  const active = emerging.filter(({ thisWeek, warning }) => thisWeek > 0 || warning !== null);
  return list(
    active,
    (group) =>
      `${groupInWords(group)}${group.shared === null ? '' : `: ${quote(group.shared, maxTitleLength)}`}${prospects(group, repository, quote)}`,
  );
}

function groupInWords({ name, reporters, reports, thisWeek, warning }: EmergingFailure): string {
  const size = `${pluralise(reports, 'report')} by ${countPeople(reporters)} since #${name}, ${thisWeek} this week`;
  return warning === null ? size : `**Early warning**, ${size}`;
}

/** Says why there is a warning, and what can be done about the group. */
function prospects({ proposal, warning }: EmergingFailure, repository: string, quote: Quote): string {
  const since = warning?.since == null ? '' : `, since version ${quote(warning.since, 40)}`;
  const why =
    warning === null
      ? ''
      : `. ${warning.lately} in seven days where ${formatNumber(warning.usual)} a week were usual${since}`;
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

function trackRecord({ comments, medianDelay, twelveWeeks, vetoes, week, writes }: TrackRecord): string {
  if (comments + writes + vetoes + countVerdicts(week) + countVerdicts(twelveWeeks) === 0) return '';
  const delay =
    medianDelay === null ? '' : `, in the median ${formatDuration(medianDelay)} after the issue was opened`;
  return [
    `- ${pluralise(comments, 'comment')}${delay}; ${pluralise(writes, 'call')} that changed something on GitHub`,
    `- This week ${verdictsInWords(week)}; in twelve weeks ${verdictsInWords(twelveWeeks)}`,
    ...(vetoes > 0
      ? [`- On ${pluralise(vetoes, 'issue')} of the week people took back a finding or a label`]
      : []),
  ].join('\n');
}

function learned({ learned, repository }: Digest): string {
  if (learned.length === 0) return '';
  const back = `To go back: \`signpost models rollback ${repository}\`.`;
  return `${list(learned, escapeMarkdown)}\n\n${back}`;
}

function countVerdicts({ confirmed, refused }: VerdictCounts): number {
  return confirmed + refused;
}

function verdictsInWords({ confirmed, precision, refused }: VerdictCounts): string {
  if (precision === null) return 'nobody judged a finding';
  const share = confirmed + refused < minJudged ? '' : ` (precision ${formatPercent(precision)})`;
  return `${pluralise(confirmed, 'finding')} confirmed and ${refused} refused${share}`;
}

function actionItems(items: readonly ActionItem[], quote: Quote): string {
  return list(items, ({ number: issue, title, what }) => {
    const named = title === null ? '' : `: ${quote(title, maxTitleLength)}`;
    return `${issue === null ? '' : `#${issue}, `}${what}${named}`;
  });
}

function list<T>(items: readonly T[], line: (item: T) => string): string {
  return [...items.slice(0, maxLines).map(line), ...more(items)].map((text) => `- ${text}`).join('\n');
}

function more(items: readonly unknown[]): string[] {
  return items.length > maxLines ? [`${items.length - maxLines} more`] : [];
}

/** Refers to `#12` at home, to `owner/name#12` elsewhere: a bare number would mean another issue. */
function link(to: IssueRef, home: string): string {
  return `${to.repository.toLowerCase() === home.toLowerCase() ? '' : to.repository}#${to.number}`;
}
