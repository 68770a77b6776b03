import { addToGroups, type FailureGroups } from '../../digest/index.ts';
import { add, type DuplicateIndex, type IndexableIssue, similarities } from '../../duplicates/index.ts';
import type { Issue } from '../../model/issue.ts';
import type { Report } from '../../model/report.ts';
import type { RepositoryHistory } from '../../repository/history.ts';
import { writeStateSoon } from '../../repository/state/entry.ts';
import { unknownGroups } from '../../repository/state/history-state.ts';
import type { JobContext } from '../context.ts';

/**
 * Adds a report that no page knows to the groups of its repository, and to `index` where it is not there yet. The index
 * holds the earlier issues, known ones included: they say which words are common. Requests and questions are no failures
 * and stay out.
 */
export function groupUnknown(
  groups: FailureGroups,
  index: DuplicateIndex,
  filing: IndexableIssue,
): FailureGroups {
  const { errors, kind } = filing.report;
  if (kind === 'feature' || (kind !== 'bug' && kind !== 'other' && errors.length === 0)) return groups;
  if (!index.slots.has(filing.number)) add(index, filing);
  return addToGroups(groups, filing.number, (numbers) => similarities(index, numbers));
}

/** A report that no page knows joins those it resembles: what the digest calls a new failure. */
export async function rememberUnknown(
  issue: Issue,
  report: Report,
  history: RepositoryHistory,
  store: JobContext['services']['store'],
): Promise<void> {
  const { author, closedAt, createdAt, number, repository } = issue;
  const before = history.unknown;
  history.unknown = groupUnknown(before, history.index, {
    number,
    author: author.login,
    createdAt,
    closedAt,
    report,
  });
  if (history.unknown !== before) await writeStateSoon(store, unknownGroups, repository, history.unknown);
}
