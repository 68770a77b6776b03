import type { JobContext, Services } from '../context.ts';
import { relatedJobs } from '../history/sync-related.ts';
import { type JobOf, newJob } from '../jobs.ts';

/** The App came to a repository: reads its settings, and has its issues read. */
export async function install(job: JobOf<'install'>, services: Services): Promise<void> {
  const { app, githubOf, send, settings, store } = services;
  const { data, repository } = job;
  const installation = job.installation ?? (await app.installation(repository))?.id;
  if (installation === undefined) return;
  const place = { repository, installation };
  await store.putRepository({
    ...place,
    installedAt: wholeSeconds(data.since ?? job.createdAt),
    // Only a person resumes: what was paused stays so when the App comes back.
    paused: (await store.repository(repository))?.paused ?? false,
  });
  const { config } = await settings.refresh(repository, await githubOf(installation, job.priority));
  await send([newJob('sync', place, {}), ...relatedJobs(place, config)]);
  // Its event was lost, and with it those of its issues.
  if (data.since !== undefined) await send([newJob('fill-gaps', place, {})]);
}

/** The App left a repository, or the repository is gone: nothing of it is kept. */
export async function uninstall(
  { repository }: JobOf<'uninstall'>,
  { histories, store }: Services,
): Promise<void> {
  await store.forgetRepository(repository);
  histories.drop(repository);
}

export async function rename({ data, repository }: JobOf<'rename'>, services: Services): Promise<void> {
  const { histories, settings, store } = services;
  await histories.save();
  await store.renameRepository(data.from, repository);
  for (const name of [data.from, repository]) {
    histories.drop(name);
    settings.drop(name);
  }
}

/** Settings, pages, templates or labels changed. */
export async function readSettings({ github, row, services }: JobContext): Promise<void> {
  const { log, send, settings } = services;
  const { repository } = row;
  const { config, problems } = await settings.refresh(repository, github);
  await send(relatedJobs(row, config));
  log.info({ repository, problems: problems.length }, 'settings read');
}

/** GitHub's times are whole seconds: an issue opened in the second of the installation is not older than it. */
function wholeSeconds(at: number): number {
  return Math.floor(at / 1000) * 1000;
}
