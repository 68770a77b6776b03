import type { Clock } from '../ports/clock.ts';
import type { GitHub } from '../ports/github.ts';
import type { Store } from '../ports/store.ts';
import { addIssue, loadHistory, type RepositoryHistory } from './history.ts';
import { writeState } from './state/entry.ts';
import { type SavedHistory, savedHistory } from './state/history-state.ts';

export type Changes = Pick<GitHub, 'issuesSince'>;

/** GitHub's lists are a moment late. */
const overlap = 60_000;

/** As it was saved, and what GitHub says has changed since; `changed`: that was anything. */
export async function openHistory(
  store: Store,
  clock: Clock,
  repository: string,
  saved: SavedHistory,
  github: Changes,
): Promise<{ readonly history: RepositoryHistory; readonly changed: boolean }> {
  await writeState(store, savedHistory, repository, saved);
  const history = await loadHistory(store, repository);
  if (saved.at === null) return { history, changed: false };
  const issues = await github.issuesSince(repository, saved.at - overlap);
  for (const issue of issues) {
    if (issue.author.bot) continue;
    await clock.yield();
    await addIssue(issue, history);
  }
  return { history, changed: issues.length > 0 };
}
