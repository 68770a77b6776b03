import { type Groups, place } from '../digest/index.ts';
import { alike, analyse, type DuplicateIndex, type Filing, prepare } from '../duplicates/index.ts';

/** A group of hundreds is recognised by this many of its members, and a small one is all among them. */
const neighbours = 100;

/**
 * Adds a report that no page knows to the groups of its repository. `index` holds the earlier issues, known ones included:
 * they say which words are common. Requests and questions are no failures and stay out.
 */
export function sight(groups: Groups, index: DuplicateIndex, filing: Filing): Groups {
  const { errors, kind } = filing.report;
  if (kind !== 'bug' && kind !== 'other' && errors.length === 0) return groups;
  return place(groups, filing.number, alike(index, prepare(index, analyse(filing)), neighbours));
}
