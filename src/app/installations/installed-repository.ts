import type { RepositoryRow } from '../../ports/store.ts';
import type { Services } from '../context.ts';

/** The repository's row; one that was never announced (a lost event) is looked up by the App itself. Null: not there. */
export async function installedRepository(
  repository: string,
  { app, log, store }: Services,
): Promise<RepositoryRow | null> {
  const known = await store.repository(repository);
  if (known !== null) return known;
  const installation = await app.installation(repository);
  if (installation === null) {
    log.info({ repository }, 'not installed there; nothing is done');
    return null;
  }
  const row = {
    repository,
    installation: installation.id,
    installedAt: installation.createdAt,
    paused: false,
  };
  await store.putRepository(row);
  return row;
}
