import type { EmergingFailure, UnknownFailures } from './digest.ts';
import { earlyWarning } from './emerging/early-warning.ts';
import { countReports } from './failures.ts';
import type { IssueSummary } from './issue-summaries.ts';
import { isWithin, type Period } from './week.ts';

/** Shows no smaller group: fewer reports may be alike by chance. */
const minShown = 3;
/** Drafts no signature from fewer reports: their common words say too little. */
export const minDrafted = 5;

/** The groups of a repository as its digest shows them: warnings first, then those that grew most. */
export function emergingFailures(
  { groups, proposed, commonMessages }: UnknownFailures,
  issues: readonly IssueSummary[],
  period: Period,
  compareVersions: (a: string, b: string) => number,
): readonly EmergingFailure[] {
  // A report that a page knows by now is nothing new any more.
  const unknown = new Map(
    issues.filter(({ failure }) => failure === null).map((one) => [one.number, one] as const),
  );
  return groups.groups
    .flatMap(({ also = [], members: numbers, name }): EmergingFailure[] => {
      const members = numbers
        .flatMap((number) => unknown.get(number) ?? [])
        .filter(({ createdAt }) => createdAt < period.until);
      if (members.length < minShown) return [];
      const times = members.map(({ createdAt }) => createdAt);
      const versions = members.flatMap(({ memory }) => memory.facts.version ?? []);
      return [
        {
          name,
          shared: commonMessages.get(name) ?? null,
          numbers: members.map(({ number }) => number),
          ...countReports(members),
          thisWeek: times.filter((at) => isWithin(at, period)).length,
          warning: earlyWarning(times, period.until - 1, versions, compareVersions),
          proposal: [name, ...also].some((one) => proposed.has(one))
            ? 'open'
            : members.length >= minDrafted
              ? 'possible'
              : 'none',
        },
      ];
    })
    .toSorted(
      (a, b) =>
        Number(b.warning !== null) - Number(a.warning !== null) ||
        b.thisWeek - a.thisWeek ||
        b.reports - a.reports ||
        a.name - b.name,
    );
}
