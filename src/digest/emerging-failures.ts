import type { Case } from './cases.ts';
import type { Emerging, Unknown } from './digest.ts';
import { warn } from './emerging/warn.ts';
import { countOf } from './failures.ts';
import { type Period, within } from './record.ts';

/** Fewer reports may be like one another by chance. */
const leastShown = 3;
/** From so many reports on their common words are worth a rule. */
export const leastDrafted = 5;

/** The groups of a repository as its digest shows them: those that grew last come first. */
export function collect(
  { groups, proposed, shared }: Unknown,
  cases: readonly Case[],
  period: Period,
  compareVersions: (a: string, b: string) => number,
): readonly Emerging[] {
  // A report that a page knows by now is nothing new any more.
  const unknown = new Map(
    cases.filter(({ failure }) => failure === null).map((one) => [one.number, one] as const),
  );
  return groups.groups
    .flatMap(({ also = [], members: numbers, name }): Emerging[] => {
      const members = numbers
        .flatMap((number) => unknown.get(number) ?? [])
        .filter(({ createdAt }) => createdAt < period.until);
      if (members.length < leastShown) return [];
      const times = members.map(({ createdAt }) => createdAt);
      const versions = members.flatMap(({ memory }) => memory.facts.version ?? []);
      return [
        {
          name,
          shared: shared.get(name) ?? null,
          numbers: members.map(({ number }) => number),
          ...countOf(members),
          thisWeek: times.filter((at) => within(at, period)).length,
          warning: warn(times, period.until - 1, versions, compareVersions),
          proposal: [name, ...also].some((one) => proposed.has(one))
            ? 'open'
            : members.length >= leastDrafted
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
