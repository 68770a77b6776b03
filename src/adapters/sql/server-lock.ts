import { hostname } from 'node:os';
import Sqlite from 'better-sqlite3';

/**
 * Makes this process the only server of a SQLite file. The lock is an open write transaction on the file
 * `<path>.lock`, so the operating system ends it with the process, however it dies, and the database itself
 * stays readable. Returns what gives the lock back.
 *
 * @throws Error saying who holds it
 */
export function lockServer(path: string): () => void {
  const lockPath = `${path}.lock`;
  const lock = new Sqlite(lockPath, { timeout: 500 });
  try {
    lock.exec('create table if not exists holder (one integer primary key, pid integer, host text)');
    lock.prepare('insert or replace into holder values (1, ?, ?)').run(process.pid, hostname());
    lock.exec('begin immediate');
  } catch (error) {
    const holder = readHolder(lock);
    lock.close();
    if (!(error instanceof Sqlite.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) throw error;
    throw new Error(
      `${path} is served by another process${holder}, which holds ${lockPath}: stop that one first, or use PostgreSQL to run several`,
    );
  }
  return () => lock.close();
}

function readHolder(lock: Sqlite.Database): string {
  const row: unknown = lock.prepare('select pid, host from holder').get();
  if (typeof row !== 'object' || row === null || !('pid' in row) || !('host' in row)) return '';
  return ` (pid ${String(row.pid)} on ${String(row.host)})`;
}
