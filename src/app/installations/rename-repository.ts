import type { Services } from '../context.ts';
import type { JobOf } from '../jobs.ts';

/** A repository was renamed or moved: everything that is kept of it goes by its new name. */
export async function renameRepository(
  { data, repository }: JobOf<'rename'>,
  services: Services,
): Promise<void> {
  const { histories, settings, store } = services;
  await histories.save();
  await store.renameRepository(data.from, repository);
  for (const name of [data.from, repository]) {
    histories.drop(name);
    settings.drop(name);
  }
}
