import type { Category } from '../model/signature.ts';
import type { Case } from './cases.ts';
import type {
  Count,
  DigestInput,
  DigestOptions,
  FailureRow,
  KnownFailure,
  Notable,
  Regression,
} from './digest.ts';
import type { Week } from './week.ts';

/** How many weeks before make the mean that a week is compared with. */
const meanWeeks = 4;
/** Facts that say where a failure happens. */
const facts = ['version', 'platform'];
/** A value stands out when so many reports name it, and so much more often than the others do. */
const leastNotable = 3;
const leastLift = 1.5;
const leastShare = 0.5;

export interface Counted {
  readonly weeks: readonly Week[];
  /** By issue number. */
  readonly weekOf: ReadonlyMap<number, Week>;
}

export function countOf(cases: readonly Case[]): Count {
  return { reports: cases.length, reporters: new Set(cases.map(({ author }) => author)).size };
}

/** A row for each failure that was seen this week or in the four before. */
export function failureRows(
  cases: readonly Case[],
  counted: Counted,
  { failures }: DigestInput,
): readonly FailureRow[] {
  const { weeks, weekOf } = counted;
  const thisWeek = weeks.at(-1);
  const all = cases.filter(({ number }) => weekOf.get(number) === thisWeek);
  const rows: FailureRow[] = [];
  for (const [id, members] of Map.groupBy(cases, ({ failure }) => failure)) {
    if (id === null) continue;
    const trend = byWeek(members, counted);
    if (trend.slice(-1 - meanWeeks).every((count) => count === 0)) continue;
    const now = members.filter(({ number }) => weekOf.get(number) === thisWeek);
    const others = all.filter(({ failure }) => failure !== id);
    const times = members.map(({ createdAt }) => createdAt);
    rows.push({
      ...(failures.get(id) ?? unknownPage(id)),
      ...countOf(now),
      id,
      mean: trend.slice(-1 - meanWeeks, -1).reduce((sum, count) => sum + count, 0) / meanWeeks,
      trend,
      firstSeen: Math.min(...times),
      lastSeen: Math.max(...times),
      notable: facts.flatMap((fact) => notable(fact, now, others)),
    });
  }
  return rows.toSorted((a, b) => b.reports - a.reports || b.mean - a.mean || (a.id < b.id ? -1 : 1));
}

/** A page that was taken away since: its id is all there is. */
function unknownPage(id: string): KnownFailure {
  return { title: id, category: null, url: null, fixedIn: null, root: null };
}

export function byWeek(cases: readonly Case[], { weeks, weekOf }: Counted): readonly number[] {
  const counts = new Map<Week, number>();
  for (const { number } of cases) {
    const week = weekOf.get(number);
    if (week !== undefined) counts.set(week, (counts.get(week) ?? 0) + 1);
  }
  return weeks.map((week) => counts.get(week) ?? 0);
}

/** The value that most of these reports name, if it says something about them. */
function notable(fact: string, cases: readonly Case[], others: readonly Case[]): Notable[] {
  const [mine, theirs] = [tally(fact, cases), tally(fact, others)];
  const of = total(mine);
  const best = [...mine].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0];
  if (best === undefined) return [];
  const [value, count] = best;
  // One added to each side: a rare version among few other reports is no news.
  const elsewhere = ((theirs.get(value) ?? 0) + 1) / (total(theirs) + 2);
  const share = count / of;
  if (count < leastNotable || share < leastShare || share / elsewhere < leastLift) return [];
  return [{ fact, value, with: count, of }];
}

function tally(fact: string, cases: readonly Case[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { memory } of cases) {
    const value = memory.facts[fact];
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

function total(counts: ReadonlyMap<string, number>): number {
  return counts.values().reduce((sum, count) => sum + count, 0);
}

export function categoriesOf(
  cases: readonly Case[],
  { failures }: DigestInput,
): readonly { readonly category: Category; readonly reports: number }[] {
  const counts = new Map<Category, number>();
  for (const { failure } of cases) {
    const category = failures.get(failure ?? '')?.category ?? null;
    if (category !== null) counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  return [...counts]
    .map(([category, reports]) => ({ category, reports }))
    .toSorted((a, b) => b.reports - a.reports || (a.category < b.category ? -1 : 1));
}

/** Reports from a version that has the fix. */
export function regressionsOf(
  cases: readonly Case[],
  { failures }: DigestInput,
  { compareVersions }: DigestOptions,
): readonly Regression[] {
  return cases.flatMap(({ failure, memory, number, regression }): Regression[] => {
    if (failure === null) return [];
    const { fixedIn, title } = failures.get(failure) ?? unknownPage(failure);
    const version = memory.facts.version ?? null;
    const back = fixedIn !== null && version !== null && compareVersions(version, fixedIn) >= 0;
    return regression || back ? [{ id: failure, title, number, version, fixedIn }] : [];
  });
}
