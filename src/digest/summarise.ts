import type { Digest, DigestInput, DigestOptions } from './digest.ts';
import { emergingFailures } from './emerging-failures.ts';
import { countByCategory, countByWeek, countReports, failureRows, findRegressions } from './failures.ts';
import { summariseIssues } from './issue-summaries.ts';
import { countDuplicates, learnedLines, trackRecord } from './track-record.ts';
import { boundsOf, isWithin, weeksUntil } from './week.ts';

/** The trend goes back so many weeks, this one included. */
const trendWeeks = 12;

/** Adds up one week of a repository. Counts nothing of later weeks. */
export function summarise(input: DigestInput, options: DigestOptions): Digest {
  const { week, zone } = options;
  const weeks = weeksUntil(week, trendWeeks);
  const periods = weeks.map((one) => boundsOf(one, zone));
  const period = boundsOf(week, zone);
  const twelveWeeks = { from: periods[0]?.from ?? period.from, until: period.until };
  const issues = summariseIssues(input, options).filter(({ createdAt }) => createdAt < period.until);
  const now = issues.filter(({ createdAt }) => isWithin(createdAt, period));
  const known = issues.filter(({ failure }) => failure !== null);
  const recognised = now.filter(({ failure }) => failure !== null);
  return {
    repository: input.repository,
    week,
    zone,
    ...period,
    issues: { ...countReports(now), recognised: countReports(recognised) },
    weeks,
    trend: countByWeek(known, periods),
    failures: failureRows(issues, periods, input),
    categories: countByCategory(recognised, input),
    regressions: findRegressions(recognised, input, options),
    emerging: emergingFailures(input.unknown, issues, period, options.compareVersions),
    duplicates: countDuplicates(input, issues, period),
    record: trackRecord(input, issues, period, twelveWeeks),
    learned: learnedLines(input, period),
    waiting: input.waiting,
  };
}
