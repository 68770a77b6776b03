import type { IssueState } from '../model/issue-state.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { Verdict } from '../model/verdict.ts';
import type { DigestInput, DuplicateCounts, TrackRecord, VerdictCounts } from './digest.ts';
import type { IssueSummary } from './issue-summaries.ts';
import { isWithin, type Period } from './week.ts';

const closingRoute = 'PATCH /repos/{owner}/{repo}/issues/{issue_number}';

/** Adds up how Signpost did in the week; its precision for all twelve weeks as well. */
export function trackRecord(
  input: DigestInput,
  issues: readonly IssueSummary[],
  week: Period,
  twelveWeeks: Period,
): TrackRecord {
  const delays = commentedIn(issues, week)
    .map(({ memory, createdAt }) => (memory.comment?.at ?? createdAt) - createdAt)
    .toSorted((a, b) => a - b);
  return {
    comments: delays.length,
    week: verdictsIn(input.verdicts, week),
    twelveWeeks: verdictsIn(input.verdicts, twelveWeeks),
    vetoes: issues.filter(({ createdAt, memory }) => isWithin(createdAt, week) && vetoed(memory)).length,
    medianDelay: median(delays),
    writes: entriesIn(input.entries, week).reduce((sum, { calls }) => sum + calls.length, 0),
  };
}

function vetoed({ feedback: { refused }, labels: { refused: refusedLabels } }: IssueState): boolean {
  return refused.length + refusedLabels.length > 0;
}

export function countDuplicates(
  { entries, verdicts }: DigestInput,
  issues: readonly IssueSummary[],
  week: Period,
): DuplicateCounts {
  const said = verdicts.filter(({ at, finding }) => isWithin(at, week) && finding.startsWith('duplicate:'));
  const { confirmed, refused } = countVerdicts(said);
  const closed = new Set(
    entriesIn(entries, week)
      .filter(({ calls }) => calls.some(({ route, status }) => route === closingRoute && status < 300))
      .map(({ number }) => number),
  );
  return {
    found: issues.filter(({ createdAt, duplicate }) => isWithin(createdAt, week) && duplicate !== null)
      .length,
    linked: commentedIn(issues, week).filter(({ memory }) =>
      memory.findingKeys.some((finding) => finding.startsWith('duplicate:')),
    ).length,
    confirmed,
    refused,
    closed: closed.size,
    reopened: issues.filter(({ number, memory }) => closed.has(number) && memory.status === 'open').length,
  };
}

/** Lists what the ledger says of models that were learned from verdicts, oldest first. */
export function learnedLines({ entries }: DigestInput, period: Period): readonly string[] {
  return entriesIn(entries, period).flatMap(({ plan }) => plan.learned ?? []);
}

function entriesIn(entries: readonly LedgerEntry[], period: Period): readonly LedgerEntry[] {
  return entries.filter(({ at }) => isWithin(at, period));
}

function commentedIn(issues: readonly IssueSummary[], period: Period): readonly IssueSummary[] {
  return issues.filter(({ memory }) => memory.comment !== null && isWithin(memory.comment.at, period));
}

function verdictsIn(verdicts: readonly Verdict[], period: Period): VerdictCounts {
  return countVerdicts(verdicts.filter(({ at }) => isWithin(at, period)));
}

/** Counts the last verdict on each finding of each issue. */
function countVerdicts(verdicts: readonly Verdict[]): VerdictCounts {
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
