import { readCases } from './cases.ts';
import type { Digest, DigestInput, DigestOptions } from './digest.ts';
import { collect } from './emerging-failures.ts';
import { byWeek, categoriesOf, countOf, failureRows, regressionsOf } from './failures.ts';
import { duplicatesOf, learnedIn, ownRecord } from './record.ts';
import { boundsOf, type Week, weekOf, weeksUntil } from './week.ts';

/** How far the trend goes back, this week included. */
const trendWeeks = 12;

/** What one week of a repository adds up to. Later weeks of the input are left out of every count. */
export function summarise(input: DigestInput, options: DigestOptions): Digest {
  const { week, zone } = options;
  const period = boundsOf(week, zone);
  const weeks = weeksUntil(week, trendWeeks);
  const long = { from: boundsOf(weeks[0] ?? week, zone).from, until: period.until };
  const cases = readCases(input, options).filter(({ createdAt }) => createdAt < period.until);
  const dated = new Map<number, Week>(
    cases.map(({ number, createdAt }) => [number, weekOf(createdAt, zone)]),
  );
  const counted = { weeks, weekOf: dated };
  const now = cases.filter(({ number }) => dated.get(number) === week);
  const known = cases.filter(({ failure }) => failure !== null);
  const recognised = now.filter(({ failure }) => failure !== null);
  return {
    repository: input.repository,
    week,
    zone,
    ...period,
    issues: { ...countOf(now), recognised: countOf(recognised) },
    weeks,
    trend: byWeek(known, counted),
    failures: failureRows(cases, counted, input),
    categories: categoriesOf(recognised, input),
    regressions: regressionsOf(recognised, input, options),
    emerging: collect(input.unknown, cases, period, options.compareVersions),
    duplicates: duplicatesOf(input, cases, period),
    record: ownRecord(input, cases, period, long),
    learned: learnedIn(input, period),
    waiting: input.waiting,
  };
}
