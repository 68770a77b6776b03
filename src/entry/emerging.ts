import { type Groups, place } from '../digest/index.ts';
import { add, alike, type DuplicateIndex, type Filing } from '../duplicates/index.ts';

/**
 * Adds a report that no page knows to the groups of its repository, and to `index` where it is not there yet. The index
 * holds the earlier issues, known ones included: they say which words are common. Requests and questions are no failures
 * and stay out.
 */
export function sight(groups: Groups, index: DuplicateIndex, filing: Filing): Groups {
  const { errors, kind } = filing.report;
  if (kind === 'feature' || (kind !== 'bug' && kind !== 'other' && errors.length === 0)) return groups;
  if (!index.slots.has(filing.number)) add(index, filing);
  return place(groups, filing.number, (numbers) => alike(index, numbers));
}
