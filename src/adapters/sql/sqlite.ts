import Sqlite from 'better-sqlite3';
import { Kysely, type SqliteStatement } from 'kysely';
import type { Database } from './database.ts';
import { busyTimeout, groupCommit } from './group-commit.ts';
import type { Tables } from './schema.ts';
import { CleanSqliteDialect } from './text.ts';

/** Opens the file: WAL, and commits on disk before they are acknowledged. */
export function openFile(path: string, create: boolean): Sqlite.Database {
  const file = connect(path, create);
  file.pragma('journal_mode = WAL');
  file.pragma('synchronous = FULL');
  file.pragma('foreign_keys = ON');
  // Kilobytes: what is read is read by key, and 16,000 for each connection would go to pages nobody needs
  // again.
  file.pragma('cache_size = -4000');
  return file;
}

function connect(path: string, create: boolean): Sqlite.Database {
  try {
    return new Sqlite(path, { timeout: busyTimeout, fileMustExist: !create });
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/**
 * @param paused whether durable writes leave time for other work between two waits for the disk, see
 *   `groupCommit`
 */
export function sqliteDatabase(file: Sqlite.Database, paused: boolean): Database {
  const db = new Kysely<Tables>({
    dialect: new CleanSqliteDialect({ database: withCachedStatements(file) }),
  });
  // One transaction more costs little here: those that come during a wait for the disk share the next.
  return { db, ...groupCommit(db, file, paused), batchDelay: 0, close: () => db.destroy() };
}

/**
 * Preparing a statement takes longer than running it. Transactions begin `immediate`: one that reads first
 * and writes later would fail without waiting when another connection wrote in between. That beginning does
 * not wait either, because SQLite waits by stopping the thread; the group commit tries again.
 */
function withCachedStatements(file: Sqlite.Database) {
  const statements = new Map<string, SqliteStatement>();
  const begin: SqliteStatement = file.prepare('begin immediate');
  const impatient = file.prepare('pragma busy_timeout = 0');
  const patient = file.prepare(`pragma busy_timeout = ${busyTimeout}`);
  const beginAtOnce: SqliteStatement = {
    reader: false,
    all: () => [],
    iterate: () => [].values(),
    run() {
      impatient.get();
      try {
        return begin.run([]);
      } finally {
        patient.get();
      }
    },
  };
  return {
    close: () => file.close(),
    prepare(sql: string): SqliteStatement {
      const known = statements.get(sql);
      if (known !== undefined) return known;
      const statement = sql === 'begin' ? beginAtOnce : file.prepare(sql);
      if (statements.size >= 500) statements.clear();
      statements.set(sql, statement);
      return statement;
    },
  };
}
