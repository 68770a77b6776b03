import { setImmediate, setTimeout } from 'node:timers/promises';
import type Sqlite from 'better-sqlite3';
import type { Kysely } from 'kysely';
import type { Database, Transaction } from './database.ts';
import type { Tables } from './schema.ts';

/** The longest wait for another connection's transaction, in milliseconds. */
export const busyTimeout = 5_000;

/**
 * Waiting for the disk stops the whole thread: so it is not done more than half of the time, up to here (ms).
 */
const longestPause = 20;
const largestBatch = 100;

interface PendingWrite {
  run(trx: Transaction): Promise<void>;
  committed(): void;
  failed(error: unknown): void;
}

/**
 * Lets writes that arrive together share a transaction, and thus one wait for the disk; each is acknowledged
 * after the commit. When one of them fails, the transaction is rolled back and each runs alone. After a wait
 * for the disk as long a pause follows, in which durable writes gather and the thread does its other work;
 * the others need not wait. As the log is written in order, whatever came before a durable write is on disk
 * with it.
 *
 * @param paused false: durable writes follow one another without a pause
 */
export function groupCommit(
  db: Kysely<Tables>,
  file: Sqlite.Database,
  paused: boolean,
): Pick<Database, 'write' | 'writeSoon' | 'writeOne' | 'writeOneSoon'> {
  const durable: PendingWrite[] = [];
  const soon: PendingWrite[] = [];
  const full = file.prepare('pragma synchronous = FULL');
  const normal = file.prepare('pragma synchronous = NORMAL');
  let draining = false;
  let nextSync = 0;

  async function commitToDisk(batch: readonly PendingWrite[]): Promise<void> {
    const began = performance.now();
    await commit(db, batch, full);
    const ended = performance.now();
    if (paused) nextSync = ended + Math.min(ended - began, longestPause);
  }

  async function drain(): Promise<void> {
    draining = true;
    while (soon.length + durable.length > 0) {
      await setImmediate(); // lets the requests that arrived together join
      const due = durable.length > 0 && performance.now() >= nextSync;
      if (due) await commitToDisk([...soon.splice(0, largestBatch), ...durable.splice(0, largestBatch)]);
      else if (soon.length > 0) await commit(db, soon.splice(0, largestBatch), normal);
      else await setTimeout(1);
    }
    draining = false;
  }

  const addTo =
    (pending: PendingWrite[]): Database['write'] =>
    (work) =>
      new Promise((resolve, reject) => {
        let committed = () => {};
        pending.push({
          async run(trx) {
            const result = await work(trx);
            committed = () => resolve(result);
          },
          committed: () => committed(),
          failed: reject,
        });
        if (!draining) void drain();
      });

  const write = addTo(durable);
  const writeSoon = addTo(soon);
  return { write, writeSoon, writeOne: write, writeOneSoon: writeSoon };
}

/**
 * Commits a batch in one transaction, or each write alone when that fails. Waits for other connections
 * without stopping the thread.
 */
async function commit(
  db: Kysely<Tables>,
  batch: readonly PendingWrite[],
  synchronous: Sqlite.Statement,
): Promise<void> {
  const began = performance.now();
  for (;;) {
    try {
      synchronous.run();
      await db.transaction().execute(async (trx) => {
        for (const write of batch) await write.run(trx);
      });
      for (const write of batch) write.committed();
      return;
    } catch (error) {
      const busy = Object(error).code === 'SQLITE_BUSY' && performance.now() - began < busyTimeout;
      if (busy) await setTimeout(1);
      else if (batch.length === 1) return batch[0]?.failed(error);
      else break;
    }
  }
  for (const write of batch) await commit(db, [write], synchronous);
}
