import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../../ports/clock.ts';
import { recoverJobs, sqliteJobs } from '../queue/sqlite-jobs.ts';
import type { Database } from '../sql/database.ts';
import type { Jobs } from '../sql/job-table.ts';
import { migrate, requireCurrentSchema } from '../sql/migrate.ts';
import { lockServer } from '../sql/server-lock.ts';
import { openFile, sqliteDatabase } from '../sql/sqlite.ts';
import { type Opened, open } from './open.ts';

export interface SqliteOptions {
  /** The file; `:memory:` for one that ends with the process. */
  readonly path: string;
  readonly clock: Clock;
  /**
   * `server` (default) is alone on its file: it migrates it and takes over the jobs of a dead predecessor.
   * `tool` reads and writes beside a server: `jobs`, `doctor`, `backup`, and the thread that takes deliveries in.
   */
  readonly role?: 'server' | 'tool';
  /** From 0 up to 1, for the jitter of retries; `Math.random` by default. */
  readonly random?: () => number;
  /** Hears of stored rows that cannot be read and are left out. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Opens (as a server: creates) the embedded store and its queue. `backup` copies the database into a file
 * while it is in use.
 *
 * @throws Error in plain words when another server has the file or the schema is not this code's
 */
export async function openSqlite(
  options: SqliteOptions,
): Promise<Opened & { backup(file: string): Promise<void> }> {
  const { database, jobs, backup } = await connectSqlite(options);
  return { ...open(database, jobs, options), backup };
}

export async function connectSqlite(
  options: SqliteOptions,
): Promise<{ database: Database; jobs: Jobs; backup(file: string): Promise<void> }> {
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
    try {
      if (role === 'server') {
        await migrate(database, 'sqlite', clock.now());
        await recoverJobs(database, clock);
      } else {
        await requireCurrentSchema(database.db);
      }
    } catch (error) {
      await database.close();
      throw error;
    }
    const backup = async (to: string): Promise<void> => {
      await file.backup(to);
    };
    return { database, jobs: sqliteJobs(database, clock), backup };
  } catch (error) {
    unlock();
    throw error;
  }
}

function takeOver(path: string): () => void {
  mkdirSync(dirname(path), { recursive: true });
  return lockServer(path);
}
