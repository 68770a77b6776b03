import type { IssueState } from '../model/issue-state.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Case } from './cases.ts';
import type { DigestInput, Duplicates, OwnRecord, Verdicts } from './digest.ts';

/** A stretch of time in epoch milliseconds, its end not included. */
export interface Period {
  readonly from: number;
  readonly until: number;
}

const closing = 'PATCH /repos/{owner}/{repo}/issues/{issue_number}';

/** What came of Signpost's own doing. `long` is the time for which precision is told as well. */
export function ownRecord(input: DigestInput, cases: readonly Case[], week: Period, long: Period): OwnRecord {
  const delays = commentedIn(cases, week)
    .map(({ memory, createdAt }) => (memory.comment?.at ?? createdAt) - createdAt)
    .toSorted((a, b) => a - b);
  return {
    comments: delays.length,
    week: verdictsIn(input.verdicts, week),
    twelveWeeks: verdictsIn(input.verdicts, long),
    vetoes: cases.filter(({ createdAt, memory }) => within(createdAt, week) && vetoed(memory)).length,
    medianDelay: median(delays),
    writes: entriesIn(input.entries, week).reduce((sum, { calls }) => sum + calls.length, 0),
  };
}

function vetoed({ feedback: { refused }, labels: { refused: refusedLabels } }: IssueState): boolean {
  return refused.length + refusedLabels.length > 0;
}

export function duplicatesOf(
  { entries, verdicts }: DigestInput,
  cases: readonly Case[],
  week: Period,
): Duplicates {
  const said = verdicts.filter(({ at, finding }) => within(at, week) && finding.startsWith('duplicate:'));
  const { confirmed, refused } = tally(said);
  const closed = new Set(
    entriesIn(entries, week)
      .filter(({ calls }) => calls.some(({ route, status }) => route === closing && status < 300))
      .map(({ number }) => number),
  );
  return {
    found: cases.filter(({ createdAt, duplicate }) => within(createdAt, week) && duplicate !== null).length,
    linked: commentedIn(cases, week).filter(({ memory }) =>
      memory.findingKeys.some((finding) => finding.startsWith('duplicate:')),
    ).length,
    confirmed,
    refused,
    closed: closed.size,
    reopened: cases.filter(({ number, memory }) => closed.has(number) && memory.status === 'open').length,
  };
}

/** What the ledger says of models that were learned from verdicts, oldest first. */
export function learnedIn({ entries }: DigestInput, period: Period): readonly string[] {
  return entriesIn(entries, period).flatMap(({ plan }) => plan.learned ?? []);
}

export function within(at: number, { from, until }: Period): boolean {
  return at >= from && at < until;
}

function entriesIn(entries: readonly LedgerEntry[], period: Period): readonly LedgerEntry[] {
  return entries.filter(({ at }) => within(at, period));
}

function commentedIn(cases: readonly Case[], period: Period): readonly Case[] {
  return cases.filter(({ memory }) => memory.comment !== null && within(memory.comment.at, period));
}

function verdictsIn(verdicts: readonly Verdict[], period: Period): Verdicts {
  return tally(verdicts.filter(({ at }) => within(at, period)));
}

/** The last word on each finding of each issue counts. */
function tally(verdicts: readonly Verdict[]): Verdicts {
  const last = new Map<string, Verdict['kind']>();
  for (const { number, finding, kind } of verdicts.toSorted((a, b) => a.at - b.at))
    last.set(`${number} ${finding}`, kind);
  const confirmed = last
    .values()
    .filter((kind) => kind === 'confirmed')
    .toArray().length;
  const refused = last.size - confirmed;
  return { confirmed, refused, precision: last.size === 0 ? null : confirmed / last.size };
}

function median(sorted: readonly number[]): number | null {
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
