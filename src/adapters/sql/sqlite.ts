import { setImmediate, setTimeout } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { Kysely, type SqliteStatement } from 'kysely';
import type { Database, Trx } from './database.ts';
import type { Tables } from './schema.ts';
import { CleanSqliteDialect } from './text.ts';

/** Waiting time for another connection's transaction, in milliseconds. */
const busyTimeout = 5_000;

/** Opens the file: WAL, and commits on disk before they are acknowledged. */
export function openFile(path: string, create: boolean): Sqlite.Database {
  const file = connect(path, create);
  file.pragma('journal_mode = WAL');
  file.pragma('synchronous = FULL');
  file.pragma('foreign_keys = ON');
  // Kilobytes: what is read is read by key, and 16,000 for each connection would go to pages nobody needs again.
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

/** @param rests whether durable writes leave time for other work between two waits for the disk, see `groupCommit` */
export function sqliteDatabase(file: Sqlite.Database, rests: boolean): Database {
  const db = new Kysely<Tables>({
    dialect: new CleanSqliteDialect({ database: withCachedStatements(file) }),
  });
  // One transaction more costs little here: those that come during a wait for the disk share the next.
  return { db, ...groupCommit(db, file, rests), gatherFor: 0, close: () => db.destroy() };
}

/**
 * Preparing a statement takes longer than running it. Transactions begin `immediate`: one that reads first and writes later
 * would fail without waiting when another connection wrote in between. That beginning does not wait either, because SQLite
 * waits by stopping the thread; the group commit tries again.
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

interface Waiting {
  run(trx: Trx): Promise<void>;
  done(): void;
  failed(error: unknown): void;
}

/** Waiting for the disk stops the whole thread: so it is not done more than half of the time, up to here (ms). */
const longestPause = 20;

/**
 * Writes that arrive together share a transaction, and thus one wait for the disk; each is acknowledged
 * after the commit. When one of them fails, the transaction is rolled back and each runs alone. After a wait
 * for the disk as long a pause follows, in which durable writes gather and the thread does its other work; the
 * others need not wait. As the log is written in order, whatever came before a durable write is on disk with it.
 */
function groupCommit(db: Kysely<Tables>, file: Sqlite.Database, rests: boolean) {
  const durable: Waiting[] = [];
  const soon: Waiting[] = [];
  const full = file.prepare('pragma synchronous = FULL');
  const normal = file.prepare('pragma synchronous = NORMAL');
  let draining = false;
  let nextSync = 0;

  async function commit(batch: readonly Waiting[], synchronous: Sqlite.Statement): Promise<void> {
    const began = performance.now();
    for (;;) {
      try {
        synchronous.run();
        await db.transaction().execute(async (trx) => {
          for (const write of batch) await write.run(trx);
        });
        for (const write of batch) write.done();
        return;
      } catch (error) {
        const busy = Object(error).code === 'SQLITE_BUSY' && performance.now() - began < busyTimeout;
        if (busy) await setTimeout(1);
        else if (batch.length === 1) return batch[0]?.failed(error);
        else break;
      }
    }
    for (const write of batch) await commit([write], synchronous);
  }

  async function commitToDisk(batch: readonly Waiting[]): Promise<void> {
    const began = performance.now();
    await commit(batch, full);
    const ended = performance.now();
    if (rests) nextSync = ended + Math.min(ended - began, longestPause);
  }

  async function drain(): Promise<void> {
    draining = true;
    while (soon.length + durable.length > 0) {
      await setImmediate(); // lets the requests that arrived together join
      const due = durable.length > 0 && performance.now() >= nextSync;
      if (due) await commitToDisk([...soon.splice(0, 100), ...durable.splice(0, 100)]);
      else if (soon.length > 0) await commit(soon.splice(0, 100), normal);
      else await setTimeout(1);
    }
    draining = false;
  }

  const into =
    (waiting: Waiting[]): Database['write'] =>
    (work) =>
      new Promise((resolve, reject) => {
        let settle = () => {};
        waiting.push({
          async run(trx) {
            const result = await work(trx);
            settle = () => resolve(result);
          },
          done: () => settle(),
          failed: reject,
        });
        if (!draining) void drain();
      });

  const write = into(durable);
  const writeSoon = into(soon);
  return { write, writeSoon, writeOne: write, writeOneSoon: writeSoon };
}
