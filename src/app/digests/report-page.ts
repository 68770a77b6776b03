import { createHash } from 'node:crypto';
import { renderDashboard, weekOf } from '../../digest/index.ts';
import type { Store } from '../../ports/store.ts';
import type { RepositorySettings } from '../../repository/settings.ts';
import { loadDashboardData } from './digest-input.ts';

/** The maintainers' page of a repository as it is now, from the store alone: looking at it asks GitHub nothing. */
export async function livePage(
  repository: string,
  settings: RepositorySettings,
  store: Store,
  now: number,
): Promise<string> {
  const week = weekOf(now, settings.config.digest.on.zone);
  const data = await loadDashboardData(repository, week, settings, { store, github: null }, now);
  return renderDashboard(data, (text) => createHash('sha256').update(text).digest('base64'));
}
