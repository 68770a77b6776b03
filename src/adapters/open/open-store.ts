import { existsSync } from 'node:fs';
import type { Clock } from '../../ports/clock.ts';
import type { Opened } from './open.ts';
import { openPostgres } from './open-postgres.ts';
import { openSqlite } from './open-sqlite.ts';

export function isPostgres(url: string): boolean {
  return /^postgres(ql)?:\/\//.test(url);
}

/** A SQLite file that a second connection finds as well. */
export function isFile(url: string): boolean {
  return !isPostgres(url) && url !== ':memory:';
}

/** The store that `DATABASE_URL` names: PostgreSQL by URL, SQLite by path. A `tool` looks beside a server. */
export function openStore(
  url: string,
  clock: Clock,
  role: 'server' | 'tool',
  { onError, worker }: { readonly onError?: (error: unknown) => void; readonly worker?: string | null } = {},
): Promise<Opened> {
  if (!isPostgres(url)) return openSqlite({ path: url, clock, role, ...(onError && { onError }) });
  return openPostgres({ url, clock, role, ...(onError && { onError }), ...(worker != null && { worker }) });
}

/** The store for a command that may come before the first `serve`: a file that is not there is made. */
export async function openOrMakeStore(url: string, clock: Clock): Promise<Opened> {
  if (!isPostgres(url) && !existsSync(url)) await (await openStore(url, clock, 'server')).store.close();
  return openStore(url, clock, 'tool');
}
