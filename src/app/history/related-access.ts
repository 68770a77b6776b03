import { LRUCache } from 'lru-cache';
import type { Config } from '../../model/config.ts';
import { lazyOf } from '../../model/lazy.ts';
import type { GitHub } from '../../ports/github.ts';
import { GitHubError } from '../../ports/github-error.ts';
import type { HistoryCache } from '../../repository/histories.ts';
import type { RepositoryHistory } from '../../repository/history.ts';
import type { JobContext } from '../context.ts';

/** How long an answer counts, in milliseconds. */
const readableFor = 3_600_000;
/** So many answers are remembered; any other is asked for again, one call each. */
const mostAnswers = 1000;

/** Repositories that the settings call related, the repository itself excepted. */
export function foreign(home: string, related: readonly string[]): readonly string[] {
  return related.filter((name) => name.toLowerCase() !== home.toLowerCase());
}

/** Not there, or not ours to read; GraphQL says so with status 200. */
export function isUnreadable(error: unknown): error is GitHubError {
  if (!(error instanceof GitHubError)) return false;
  return error.failure === 'forbidden' || [200, 404, 410, 451].includes(error.status ?? 0);
}

/** The history of another repository, to be searched beside the repository's own. */
export interface RelatedHistory {
  readonly repository: string;
  readonly history: RepositoryHistory;
}

/** Whether an installation could read a repository, and when that was asked. */
interface Readability {
  readonly at: number;
  readonly readable: boolean;
}

const answersOf = lazyOf((_: HistoryCache) => new LRUCache<string, Readability>({ max: mostAnswers }));

/**
 * Histories of related repositories, as far as they were read and this installation can read them today: what another
 * installation of the same App knows of a private repository is none of its business.
 */
export async function relatedHistories(context: JobContext, config: Config): Promise<RelatedHistory[]> {
  const found: RelatedHistory[] = [];
  for (const repository of foreign(context.row.repository, config.duplicates.related)) {
    if (!(await isReadable(repository, context))) continue;
    const history = await knownHistory(repository, context.services.histories, context.github);
    if (history !== null) found.push({ repository, history });
  }
  return found;
}

async function isReadable(repository: string, { github, services, row }: JobContext): Promise<boolean> {
  const { clock, histories } = services;
  const known = answersOf(histories);
  const key = `${row.installation} ${repository}`;
  const before = known.get(key);
  const at = clock.now();
  if (before !== undefined && at - before.at < readableFor) return before.readable;
  // A short list that rejects where there is nothing to read.
  const readable = await github.labels(repository).then(
    () => true,
    (error: unknown) => {
      if (isUnreadable(error)) return false;
      throw error;
    },
  );
  known.set(key, { at, readable });
  return readable;
}

/** The history of a repository; null where nothing was read yet. */
export async function knownHistory(
  repository: string,
  histories: HistoryCache,
  github: GitHub,
): Promise<RepositoryHistory | null> {
  const history = await histories.of(repository, github);
  return history.index.slots.size > 0 ? history : null;
}
