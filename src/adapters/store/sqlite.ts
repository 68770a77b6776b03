import { setImmediate, setTimeout } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { Kysely, type SqliteStatement } from 'kysely';
import type { Database, Trx } from './database.ts';
import type { Tables } from './schema.ts';
import { CleanSqliteDialect } from './text.ts';

/** Waiting time for another process's transaction, in milliseconds. */
const busyTimeout = 5_000;

/** Opens the file: WAL, and commits on disk before they are acknowledged. */
export function openFile(path: string, create: boolean): Sqlite.Database {
  const file = connect(path, create);
  file.pragma('journal_mode = WAL');
  file.pragma('synchronous = FULL');
  file.pragma('foreign_keys = ON');
  return file;
}

function connect(path: string, create: boolean): Sqlite.Database {
  try {
    return new Sqlite(path, { timeout: busyTimeout, fileMustExist: !create });
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

export function sqliteDatabase(file: Sqlite.Database): Database {
  const db = new Kysely<Tables>({
    dialect: new CleanSqliteDialect({ database: withCachedStatements(file) }),
  });
  return { db, ...groupCommit(db, file), close: () => db.destroy() };
}

/**
 * Preparing a statement takes longer than running it. Transactions begin `immediate`: one that reads first
 * and writes later would fail at once, without waiting, when another process wrote in between.
 */
function withCachedStatements(file: Sqlite.Database) {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => file.close(),
    prepare(sql: string): SqliteStatement {
      const known = statements.get(sql);
      if (known !== undefined) return known;
      const statement = file.prepare(sql === 'begin' ? 'begin immediate' : sql);
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

/** Waiting for the disk stops the whole process: so it is not done more than half of the time, up to here (ms). */
const longestPause = 20;

/**
 * Writes that arrive together share a transaction, and thus one wait for the disk; each is acknowledged
 * after the commit. When one of them fails, the transaction is rolled back and each runs alone. After a wait
 * for the disk as long a pause follows, in which durable writes gather; the others need not wait. As the log
 * is written in order, whatever came before a durable write is on disk with it.
 */
function groupCommit(db: Kysely<Tables>, file: Sqlite.Database) {
  const durable: Waiting[] = [];
  const soon: Waiting[] = [];
  let draining = false;
  let nextSync = 0;

  async function commit(batch: readonly Waiting[], synchronous: 'FULL' | 'NORMAL'): Promise<void> {
    try {
      file.pragma(`synchronous = ${synchronous}`);
      await db.transaction().execute(async (trx) => {
        for (const write of batch) await write.run(trx);
      });
    } catch (error) {
      if (batch.length > 1) for (const write of batch) await commit([write], synchronous);
      else batch[0]?.failed(error);
      return;
    }
    for (const write of batch) write.done();
  }

  async function commitToDisk(batch: readonly Waiting[]): Promise<void> {
    const began = performance.now();
    await commit(batch, 'FULL');
    const ended = performance.now();
    nextSync = ended + Math.min(ended - began, longestPause);
  }

  async function drain(): Promise<void> {
    draining = true;
    while (soon.length + durable.length > 0) {
      await setImmediate(); // lets the requests that arrived together join
      const due = durable.length > 0 && performance.now() >= nextSync;
      if (due) await commitToDisk([...soon.splice(0, 100), ...durable.splice(0, 100)]);
      else if (soon.length > 0) await commit(soon.splice(0, 100), 'NORMAL');
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
