import type { Services } from '../context.ts';
import type { JobOf } from '../jobs.ts';

/** The App left a repository, or the repository is gone: nothing of it is kept. */
export async function uninstall(
  { repository }: JobOf<'uninstall'>,
  { histories, store }: Services,
): Promise<void> {
  await store.forgetRepository(repository);
  histories.drop(repository);
}
