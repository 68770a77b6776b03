import type { Category } from '../model/signature.ts';
import { countValues, mostFrequentFirst } from './counts.ts';
import type {
  DigestInput,
  DigestOptions,
  FailureRow,
  KnownFailure,
  NotableFact,
  Regression,
  ReportCount,
} from './digest.ts';
import { type IssueSummary, valuesOf } from './issue-summaries.ts';
import { isWithin, type Period } from './week.ts';

/** Compares a week with the mean of so many weeks before it. */
const meanWeeks = 4;
/** Facts that say where a failure happens. */
export const placeFacts = ['version', 'platform'];
/** A value stands out when so many reports name it, and so much more often than the others do. */
const minNotable = 3;
const minLift = 1.5;
const minShare = 0.5;

export function countReports(issues: readonly IssueSummary[]): ReportCount {
  return { reports: issues.length, reporters: new Set(issues.map(({ author }) => author)).size };
}

/** Counts reports by week. */
export function countByWeek(issues: readonly IssueSummary[], weeks: readonly Period[]): readonly number[] {
  return weeks.map((week) => issues.filter(({ createdAt }) => isWithin(createdAt, week)).length);
}

/** Makes a row for each failure that was seen in the last week or in the four before. */
export function failureRows(
  issues: readonly IssueSummary[],
  weeks: readonly Period[],
  { failures }: DigestInput,
): readonly FailureRow[] {
  const thisWeek = weeks.at(-1);
  const now = issues.filter(({ createdAt }) => thisWeek !== undefined && isWithin(createdAt, thisWeek));
  const rows: FailureRow[] = [];
  for (const [id, all] of Map.groupBy(issues, ({ failure }) => failure)) {
    if (id === null) continue;
    const trend = countByWeek(all, weeks);
    if (trend.slice(-1 - meanWeeks).every((count) => count === 0)) continue;
    const reports = now.filter(({ failure }) => failure === id);
    const others = now.filter(({ failure }) => failure !== id);
    const times = all.map(({ createdAt }) => createdAt);
    rows.push({
      ...(failures.get(id) ?? unknownPage(id)),
      ...countReports(reports),
      id,
      mean: trend.slice(-1 - meanWeeks, -1).reduce((sum, count) => sum + count, 0) / meanWeeks,
      trend,
      firstSeen: Math.min(...times),
      lastSeen: Math.max(...times),
      notable: placeFacts.flatMap((fact) => notableFact(fact, reports, others)),
    });
  }
  return rows.toSorted((a, b) => b.reports - a.reports || b.mean - a.mean || (a.id < b.id ? -1 : 1));
}

/** Stands in for a signature page that was taken away: its id is all there is. */
function unknownPage(id: string): KnownFailure {
  return { title: id, category: null, url: null, fixedIn: null, root: null };
}

/** Finds the value that most of these reports name, if it says something about them. */
function notableFact(
  fact: string,
  reports: readonly IssueSummary[],
  others: readonly IssueSummary[],
): NotableFact[] {
  const [own, elsewhere] = [countValues(valuesOf(fact, reports)), countValues(valuesOf(fact, others))];
  const [best] = mostFrequentFirst(own);
  if (best === undefined) return [];
  const [value, count] = best;
  const share = count / total(own);
  // Adds one to each side: a rare version among few other reports is no news.
  const usual = ((elsewhere.get(value) ?? 0) + 1) / (total(elsewhere) + 2);
  if (count < minNotable || share < minShare || share / usual < minLift) return [];
  return [{ fact, value, with: count, of: total(own) }];
}

function total(counts: ReadonlyMap<string, number>): number {
  return counts.values().reduce((sum, count) => sum + count, 0);
}

export function countByCategory(
  issues: readonly IssueSummary[],
  { failures }: DigestInput,
): readonly { readonly category: Category; readonly reports: number }[] {
  const categories = issues.flatMap(({ failure }) => failures.get(failure ?? '')?.category ?? []);
  return mostFrequentFirst(countValues(categories)).map(([category, reports]) => ({ category, reports }));
}

/** Finds reports from a version that has the fix. */
export function findRegressions(
  issues: readonly IssueSummary[],
  { failures }: DigestInput,
  { compareVersions }: DigestOptions,
): readonly Regression[] {
  return issues.flatMap(({ failure, memory, number, regression }): Regression[] => {
    if (failure === null) return [];
    const { fixedIn, title } = failures.get(failure) ?? unknownPage(failure);
    const version = memory.facts.version ?? null;
    const fixedBefore = fixedIn !== null && version !== null && compareVersions(version, fixedIn) >= 0;
    return regression || fixedBefore ? [{ id: failure, title, number, version, fixedIn }] : [];
  });
}
