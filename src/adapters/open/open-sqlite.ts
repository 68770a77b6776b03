import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../../ports/clock.ts';
import { recoverJobs, sqliteJobStore } from '../queue/sqlite-job-store.ts';
import type { Database } from '../sql/database.ts';
import type { JobStore } from '../sql/job-store.ts';
import { migrate, requireCurrentSchema } from '../sql/migrate.ts';
import { lockServer } from '../sql/server-lock.ts';
import { openFile, sqliteDatabase } from '../sql/sqlite.ts';
import { type Backup, createStores, type StoreRole, type Stores } from './stores.ts';

export interface SqliteOptions {
  /** The file; `:memory:` for one that ends with the process. */
  readonly path: string;
  readonly clock: Clock;
  /**
   * `server` (default) is alone on its file: it migrates it and takes over the jobs of a dead predecessor.
   * `tool` works beside a server: `jobs`, `doctor`, `backup`, and the thread that takes deliveries in.
   */
  readonly role?: StoreRole;
  /** From 0 up to 1, for the jitter of retries; `Math.random` by default. */
  readonly random?: () => number;
  /** Hears of stored rows that cannot be read and are left out. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Opens (as a server: creates) the embedded store and its queue.
 *
 * @throws Error in plain words when another server has the file or the schema is not this code's
 */
export async function openSqlite(options: SqliteOptions): Promise<Stores & { readonly backup: Backup }> {
  const { database, jobs, backup } = await connectSqlite(options);
  return { ...createStores(database, jobs, options), backup };
}

export async function connectSqlite(
  options: SqliteOptions,
): Promise<{ readonly database: Database; readonly jobs: JobStore; readonly backup: Backup }> {
  const { path, clock, role = 'server' } = options;
  const unlock = role === 'server' && path !== ':memory:' ? takeOver(path) : () => {};
  try {
    const file = openFile(path, role === 'server');
    const { close, ...rest } = sqliteDatabase(file, role === 'server');
    const database: Database = {
      ...rest,
      async close() {
        await close();
        unlock();
      },
    };
    await prepare(database, role, clock).catch(async (error: unknown) => {
      await database.close();
      throw error;
    });
    const backup: Backup = async (to) => void (await file.backup(to));
    return { database, jobs: sqliteJobStore(database, clock), backup };
  } catch (error) {
    unlock();
    throw error;
  }
}

function takeOver(path: string): () => void {
  mkdirSync(dirname(path), { recursive: true });
  return lockServer(path);
}

async function prepare(database: Database, role: StoreRole, clock: Clock): Promise<void> {
  if (role === 'tool') return requireCurrentSchema(database.db);
  await migrate(database, 'sqlite', clock.now());
  await recoverJobs(database, clock);
}
