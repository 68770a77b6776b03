import type { Services } from '../context.ts';
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

/** GitHub's times are whole seconds: an issue opened in the second of the installation is not older than it. */
function wholeSeconds(at: number): number {
  return Math.floor(at / 1000) * 1000;
}
