import { type Groups, place } from '../../digest/index.ts';
import { add, type DuplicateIndex, type IndexableIssue, similarities } from '../../duplicates/index.ts';
import type { Issue } from '../../model/issue.ts';
import type { Report } from '../../model/report.ts';
import type { Past } from '../../repository/history.ts';
import { groupsKey } from '../../repository/state.ts';
import type { Scene } from '../context.ts';

/**
 * Adds a report that no page knows to the groups of its repository, and to `index` where it is not there yet. The index
 * holds the earlier issues, known ones included: they say which words are common. Requests and questions are no failures
 * and stay out.
 */
export function sight(groups: Groups, index: DuplicateIndex, filing: IndexableIssue): Groups {
  const { errors, kind } = filing.report;
  if (kind === 'feature' || (kind !== 'bug' && kind !== 'other' && errors.length === 0)) return groups;
  if (!index.slots.has(filing.number)) add(index, filing);
  return place(groups, filing.number, (numbers) => similarities(index, numbers));
}

/** A report that no page knows joins those it resembles: what the digest calls a new failure. */
export async function group(
  issue: Issue,
  report: Report,
  past: Past,
  store: Scene['ports']['store'],
): Promise<void> {
  const { author, closedAt, createdAt, number, repository } = issue;
  const before = past.unknown;
  past.unknown = sight(before, past.index, { number, author: author.login, createdAt, closedAt, report });
  if (past.unknown !== before) await store.putSoon(groupsKey(repository), past.unknown);
}
