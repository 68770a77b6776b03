import type { Clock } from '../../ports/clock.ts';
import type { Queue } from '../../ports/queue.ts';
import type { Database } from '../sql/database.ts';
import type { JobStore } from '../sql/job-store.ts';
import { maxAttempts, retryDelay } from './backoff.ts';
import { deadLetter, fromDeadJobRow, takeDeadJob } from './dead-letter.ts';

/**
 * The queue over either store of jobs. Retries are ours on both, so that delays and limits are the same: a
 * job that failed is taken out and put back, or given up, in one transaction.
 *
 * @param random from 0 up to 1, for the jitter
 */
export function openQueue(database: Database, jobs: JobStore, clock: Clock, random: () => number): Queue {
  const { db, write, writeOneSoon, writeSoon } = database;
  const settle = createSettler();
  return {
    send: (work) =>
      write((trx) => {
        const fresh = { attempts: 0, createdAt: clock.now() };
        return jobs.enqueue(
          trx,
          work.map((job) => ({ ...job, ...fresh })),
        );
      }),

    async fetch(count) {
      await settle.retryFailed();
      return jobs.claim(count);
    },

    waiting: jobs.waiting,

    complete: (job) => settle.run(() => writeOneSoon((one) => jobs.remove(one, job))),

    fail: (job, error, retryAt) =>
      settle.run(() =>
        writeSoon(async (trx) => {
          if (!(await jobs.remove(trx, job))) return;
          const attempts = job.attempts + (retryAt === undefined ? 1 : 0);
          const now = clock.now();
          if (attempts >= maxAttempts) await deadLetter(trx, { ...job, attempts }, error, now);
          else {
            const notBefore = retryAt ?? now + retryDelay(attempts, random());
            await jobs.enqueue(trx, [{ ...job, attempts, notBefore }]);
          }
        }),
      ),

    deadLetter: (job, error) =>
      settle.run(() =>
        writeSoon(async (trx) => {
          if (await jobs.remove(trx, job)) await deadLetter(trx, job, error, clock.now());
        }),
      ),

    async dead() {
      const rows = await db.selectFrom('dead_jobs').selectAll().orderBy('died_at').orderBy('id').execute();
      return rows.map(fromDeadJobRow);
    },

    revive: (id) =>
      write(async (trx) => {
        const job = await takeDeadJob(trx, id);
        if (job === null) return false;
        const { id: _, ...fresh } = job;
        await jobs.enqueue(trx, [{ ...fresh, attempts: 0, notBefore: 0 }]);
        return true;
      }),

    drop: (id) => write(async (trx) => (await takeDeadJob(trx, id)) !== null),

    async depth() {
      const { dead } = await db
        .selectFrom('dead_jobs')
        .select((e) => e.fn.countAll<number>().as('dead'))
        .executeTakeFirstOrThrow();
      return { ...(await jobs.depth()), dead };
    },
  };
}

interface Settler {
  run(work: () => Promise<unknown>): Promise<void>;
  /** Runs again what failed, oldest first. Rejects, and keeps the rest, when it still fails. */
  retryFailed(): Promise<void>;
}

/**
 * Keeps the ends of jobs that could not be written because the database was away: without them the jobs would
 * stay out as long as this process lives. Writing an end twice is writing it once, for the job is gone the
 * second time.
 */
function createSettler(): Settler {
  const failed: (() => Promise<unknown>)[] = [];
  return {
    async run(work) {
      try {
        await work();
      } catch (error) {
        failed.push(work);
        throw error;
      }
    },
    async retryFailed() {
      for (let next = failed[0]; next !== undefined; next = failed[0]) {
        await next();
        failed.shift();
      }
    },
  };
}
