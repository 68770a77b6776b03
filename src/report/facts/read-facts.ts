import type { Fact } from '../../model/report.ts';
import type { Candidate, FactSources } from './candidate.ts';
import { platformFinder } from './find-platform.ts';
import { versionFinder } from './find-version.ts';
import { tableFinders } from './tables.ts';

const finders = [versionFinder, platformFinder, ...tableFinders];

/** The facts of a report, the best of each kind; those of the title first, then in order of position. */
export function readFacts(sources: FactSources): Fact[] {
  const facts: Fact[] = [];
  for (const { kind, find } of finders) {
    const best = find(sources).reduce<Candidate | null>(
      (best, candidate) => (best === null || candidate.weight > best.weight ? candidate : best),
      null,
    );
    if (best === null) continue;
    const { value, field, from, start, end } = best;
    facts.push({ kind, value, field, from, start, end });
  }
  return facts.sort((a, b) => (a.field === b.field ? a.start - b.start : a.field === 'title' ? -1 : 1));
}
