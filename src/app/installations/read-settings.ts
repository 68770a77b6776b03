import type { JobContext } from '../context.ts';
import { relatedJobs } from '../history/sync-related.ts';

/** Settings, pages, templates or labels changed. */
export async function readSettings({ github, row, services }: JobContext): Promise<void> {
  const { log, send, settings } = services;
  const { repository } = row;
  const { config, problems } = await settings.refresh(repository, github);
  await send(relatedJobs(row, config));
  log.info({ repository, problems: problems.length }, 'settings read');
}
