import type { Job } from '../../ports/queue.ts';
import type { RepositoryRow } from '../../ports/store.ts';
import type { Services } from '../context.ts';
import { readableState } from '../issues/readable-state.ts';
import { leaveReportCount } from '../issues/report-count.ts';

/** The repository's row; one that was never announced (a lost event) is looked up by the App itself. */
export async function installedRepository(
  job: Job,
  { app, log, store }: Services,
): Promise<RepositoryRow | null> {
  const known = await store.repository(job.repository);
  if (known !== null) return known;
  const installation = await app.installation(job.repository);
  if (installation === null) {
    log.info({ repository: job.repository }, 'not installed there; nothing is done');
    return null;
  }
  const row = {
    repository: job.repository,
    installation: installation.id,
    installedAt: installation.createdAt,
    paused: false,
  };
  await store.putRepository(row);
  return row;
}

/** GitHub's times are whole seconds: an issue opened in the second of the installation is not older than it. */
export function wholeSeconds(at: number): number {
  return Math.floor(at / 1000) * 1000;
}

export async function leaveReportCountOf({ data, repository }: Job, ports: Services): Promise<void> {
  const row = await ports.store.repository(repository);
  if (row !== null)
    await leaveReportCount(
      { services: ports, row },
      await readableState(ports.store, repository, Number(data.number)),
    );
}

/** Everything that is kept of an issue, what its words are in the repository's past included. */
export async function forgetIssue(
  repository: string,
  number: number,
  { histories, store }: Services,
): Promise<void> {
  await store.forgetIssue(repository, number);
  await histories.forget(repository, number);
}
