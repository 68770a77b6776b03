import { z } from 'zod';
import type { Clock } from '../ports/clock.ts';
import type { GitHub } from '../ports/github.ts';
import type { Store } from '../ports/store.ts';
import { addIssue, loadHistory, type RepositoryHistory } from './history.ts';

export type Changes = Pick<GitHub, 'issuesSince'>;

/** How the stored history came about. */
const savedShape = z.object({
  /** Grows with each save and each load: who holds an older one is no longer the holder. */
  generation: z.number().catch(0),
  /** What changed at or after that time (epoch ms) may be missing; null: nothing was ever saved. */
  at: z.number().nullable().catch(null),
});
export type Saved = Readonly<z.output<typeof savedShape>>;

/** GitHub's lists are a moment late. */
const overlap = 60_000;

/** As it was saved, and what GitHub says has changed since; `changed`: that was anything. */
export async function openHistory(
  store: Store,
  clock: Clock,
  repository: string,
  saved: Saved,
  github: Changes,
): Promise<{ readonly history: RepositoryHistory; readonly changed: boolean }> {
  await writeSaved(store, repository, saved);
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

export async function readSaved(store: Pick<Store, 'get'>, repository: string): Promise<Saved> {
  return savedShape.parse((await store.get(savedKey(repository))) ?? {});
}

export function writeSaved(store: Pick<Store, 'put'>, repository: string, saved: Saved): Promise<void> {
  return store.put(savedKey(repository), saved);
}

function savedKey(repository: string): string {
  return `past:${repository}`;
}
