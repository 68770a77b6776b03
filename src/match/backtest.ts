import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { Signature } from '../model/signature.ts';
import { type Recogniser, recognise } from './recognise.ts';

/** An issue of the repository's history. */
export interface BacktestIssue {
  readonly number: number;
  readonly report: Report;
}

/** The comments that one signature would have led to. */
export interface Backtest {
  readonly signature: string;
  /** Issues on which a comment would have been posted. */
  readonly hits: readonly BacktestHit[];
  /**
   * Numbers of issues that only the new pages hit, and that only the committed ones hit; null without those
   * pages.
   */
  readonly added: readonly number[] | null;
  readonly lost: readonly number[] | null;
  /** The mean probability of the hits: the share that should be right. Null without hits. */
  readonly precision: number | null;
}

export interface BacktestHit extends Pick<Finding, 'probability' | 'evidence' | 'from'> {
  readonly number: number;
  readonly title: string;
}

/** Pages, and the recogniser that judges an issue by them: one trained without that issue. */
export interface Pages {
  readonly signatures: readonly Signature[];
  readonly recogniserFor: (issue: number) => Recogniser;
}

/**
 * Runs the pages over past issues at the threshold for comments. `before` are the committed pages, null where
 * there are none to compare with; signatures that only they have are listed too, with the hits that are lost.
 */
export function backtest(
  issues: readonly BacktestIssue[],
  after: Pages,
  before: Pages | null,
  threshold: number,
): readonly Backtest[] {
  const hitsAfter = hitsBySignature(issues, after, threshold);
  const hitsBefore = before === null ? null : hitsBySignature(issues, before, threshold);
  const ids = new Set([...after.signatures, ...(before?.signatures ?? [])].map(({ id }) => id));
  return [...ids].sort().map((signature) => {
    const hits = hitsAfter.get(signature) ?? [];
    const oldHits = hitsBefore?.get(signature) ?? [];
    const missing = (from: readonly BacktestHit[], others: readonly BacktestHit[]) =>
      from.filter(({ number }) => !others.some((one) => one.number === number)).map(({ number }) => number);
    const sum = hits.reduce((total, { probability }) => total + probability, 0);
    return {
      signature,
      hits,
      added: hitsBefore === null ? null : missing(hits, oldHits),
      lost: hitsBefore === null ? null : missing(oldHits, hits),
      precision: hits.length === 0 ? null : sum / hits.length,
    };
  });
}

function hitsBySignature(
  issues: readonly BacktestIssue[],
  { recogniserFor }: Pages,
  threshold: number,
): Map<string, BacktestHit[]> {
  const hits = issues.flatMap(({ number, report }) =>
    recognise(report, recogniserFor(number))
      .filter(({ probability }) => probability >= threshold)
      .map(({ id, probability, evidence, from }) => ({
        id,
        hit: { number, title: report.title, probability, evidence, from },
      })),
  );
  return new Map(
    Map.groupBy(hits, ({ id }) => id)
      .entries()
      .map(([id, list]) => [id, list.map(({ hit }) => hit)]),
  );
}

/**
 * Renders a backtest as Markdown for a check run's summary. Code spans keep reporters' words from notifying
 * anyone.
 */
export function backtestMarkdown(results: readonly Backtest[], issues: number): string {
  const shown = results.filter(({ hits, lost }) => hits.length > 0 || (lost ?? []).length > 0);
  const rows = results.map(({ signature, hits, added, lost, precision }) => {
    const cells = [String(hits.length), delta(added, '+'), delta(lost, '−'), percent(precision)];
    return `| ${signature} | ${cells.join(' | ')} |`;
  });
  const details = shown.map(({ signature, hits, added, lost }) => {
    const lines = hits.slice(0, maxListed).map(({ number, title, probability, evidence }) => {
      const isNew = added?.includes(number) ? ' **new**' : '';
      const matched = evidence.map(({ text }) => quoted(text)).join(', ');
      return `- \`#${number}\`${isNew} ${percent(probability)} ${quoted(title)}: ${matched}`;
    });
    if (hits.length > maxListed) lines.push(`- and ${hits.length - maxListed} more`);
    if (lost !== null && lost.length > 0)
      lines.push(`- no longer: ${lost.map((number) => `\`#${number}\``).join(', ')}`);
    const summary = `<summary>${signature}: ${hits.length} hits</summary>`;
    return `<details>${summary}\n\n${lines.join('\n')}\n\n</details>`;
  });
  return [
    `On ${issues} past issues these pages would have posted:`,
    `| signature | hits | new | lost | estimated precision |\n|---|---|---|---|---|\n${rows.join('\n')}`,
    ...details,
  ].join('\n\n');
}

/** Renders a backtest as a table for a terminal. */
export function backtestTable(results: readonly Backtest[], issues: number): string {
  const width = Math.max(9, ...results.map(({ signature }) => signature.length));
  const lines = results.flatMap(({ signature, hits, added, lost, precision }) => [
    [
      signature.padEnd(width),
      String(hits.length).padStart(5),
      delta(added, '+').padStart(5),
      delta(lost, '−').padStart(5),
      percent(precision).padStart(9),
    ].join(' '),
    ...hits.slice(0, maxListed).map(({ number, title, probability, evidence }) => {
      const mark = added?.includes(number) ? 'new ' : '';
      const matched = evidence.map(({ text }) => clip(text, 50)).join(' | ');
      return `    ${mark}#${number} ${percent(probability)} ${clip(title, 60)}  [${matched}]`;
    }),
    ...(lost ?? []).map((number) => `    lost #${number}`),
  ]);
  const head = `${'signature'.padEnd(width)}  hits   new  lost precision`;
  return `${[head, ...lines, `on ${issues} issues`].join('\n')}\n`;
}

const maxListed = 25;

function delta(numbers: readonly number[] | null, sign: string): string {
  if (numbers === null) return '–';
  return numbers.length === 0 ? '0' : `${sign}${numbers.length}`;
}

function percent(share: number | null): string {
  return share === null ? '–' : `${Math.round(share * 100)} %`;
}

function clip(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

/** A code span, in which nothing notifies, links or formats. A pipe would end a table's cell. */
function quoted(text: string): string {
  return `\`${clip(text, 80).replaceAll('`', "'").replaceAll('|', '¦')}\``;
}
