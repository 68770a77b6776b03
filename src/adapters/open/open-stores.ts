import { existsSync } from 'node:fs';
import type { Clock } from '../../ports/clock.ts';
import { openPostgres } from './open-postgres.ts';
import { openSqlite } from './open-sqlite.ts';
import { isPostgres } from './store-url.ts';
import type { StoreRole, Stores } from './stores.ts';

/** What only PostgreSQL needs to know. */
export interface WorkerOptions {
  /** Names this process among the workers; default, and null: a new name. */
  readonly worker?: string | null;
  /** Takes failures in the background: a lost idle connection, a missed heartbeat. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Opens the stores that `DATABASE_URL` names.
 *
 * @throws Error in plain words when the schema is not this code's, or another server has the file
 */
export function openStores(
  url: string,
  clock: Clock,
  role: StoreRole,
  { onError, worker }: WorkerOptions = {},
): Promise<Stores> {
  if (!isPostgres(url)) return openSqlite({ path: url, clock, role });
  return openPostgres({ url, clock, role, ...(onError && { onError }), ...(worker != null && { worker }) });
}

/**
 * Opens the stores for a command that may come before the first `serve`: creates a file that is not there.
 */
export async function openOrCreateStores(url: string, clock: Clock): Promise<Stores> {
  if (!isPostgres(url) && !existsSync(url)) await (await openStores(url, clock, 'server')).store.close();
  return openStores(url, clock, 'tool');
}
