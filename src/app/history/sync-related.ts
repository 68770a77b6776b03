import type { LinkEvent } from '../../duplicates/index.ts';
import type { Config } from '../../model/config.ts';
import type { RepositoryRow } from '../../ports/store.ts';
import type { RepositoryHistory } from '../../repository/history.ts';
import { readState, writeState } from '../../repository/state/entry.ts';
import { relatedReadAt } from '../../repository/state/sync-state.ts';
import type { JobContext, Services } from '../context.ts';
import { type NewJobOf, newJob } from '../jobs.ts';
import { foreign, isUnreadable, knownHistory } from './related-access.ts';
import { sync } from './sync.ts';

/** How often what is new in related repositories is read, in milliseconds: no webhook tells of it. */
export const relatedEvery = 86_400_000;

/** One job for each repository that the settings call related: it reads its issues. */
export function relatedJobs(
  home: Pick<RepositoryRow, 'repository' | 'installation'>,
  { duplicates }: Config,
): NewJobOf<'sync-related'>[] {
  return foreign(home.repository, duplicates.related).map((related) =>
    newJob('sync-related', home, { related }),
  );
}

export async function sendRelatedJobs({ settings: repositories, send, store }: Services): Promise<void> {
  for (const row of await store.repositories()) {
    const settings = await repositories.known(row.repository);
    if (settings !== null) await send(relatedJobs(row, settings.config));
  }
}

/**
 * Reads the past of a related repository as the home's installation sees it: all of it the first time, then what changed.
 * Nothing to do where the App is installed there, since its own sync and webhooks keep that.
 */
export async function syncRelated(context: JobContext<'sync-related'>): Promise<void> {
  const { github, job, services: ports } = context;
  const { clock, compute, log, histories, store } = ports;
  const { related } = job.data;
  if ((await store.repository(related)) !== null) return;
  const readAt = clock.now();
  const since = await readState(store, relatedReadAt, related);
  try {
    const before = await knownHistory(related, histories, github);
    if (since !== null && before !== null) {
      await readChanges(related, since, before, context);
      await histories.put(related, before, readAt);
    } else {
      const useful = (known: RepositoryHistory): void => histories.replace(related, known);
      const history = await sync(related, { github, store, compute, useful });
      if (history === null) return;
      await histories.put(related, history, readAt);
    }
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    log.warn({ repository: job.repository, related, why: error.message }, 'related repository not readable');
    return;
  }
  await writeState(store, relatedReadAt, related, readAt);
  log.info({ repository: job.repository, related }, 'related repository read');
}

async function readChanges(
  related: string,
  since: number,
  history: RepositoryHistory,
  context: JobContext,
): Promise<void> {
  const { github, services: ports } = context;
  const changed = (await github.issuesSince(related, since)).filter(({ author }) => !author.bot);
  for (const issue of changed) await ports.histories.addIssue({ ...issue, repository: related }, history);
  const { links } = history.clusters;
  const events = changed
    .filter(({ number, state }) => state === 'open' && links.has(number))
    .map(({ number, updatedAt }): LinkEvent => ({ kind: 'reopened', number, at: updatedAt }));
  const marked = changed.filter(
    ({ number, stateReason }) => stateReason === 'duplicate' && !links.has(number),
  );
  const threads = await github.threads(marked);
  marked.forEach(({ closedAt, number, updatedAt }, i) => {
    const target = threads[i]?.duplicateOf;
    if (target?.repository.toLowerCase() === related.toLowerCase())
      events.push({ kind: 'marked', number, of: target.number, at: closedAt ?? updatedAt });
  });
  for (const event of events) await ports.histories.follow(related, history, event);
}
