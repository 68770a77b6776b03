import type { Clock } from '../../ports/clock.ts';
import type { DeadJob, Queue } from '../../ports/queue.ts';
import type { Database, Trx } from '../sql/database.ts';
import { fromColumns, type Jobs, jobColumns, type QueuedJob } from '../sql/job-table.ts';
import type { Tables } from '../sql/schema.ts';
import { toJson } from '../sql/text.ts';
import { maxAttempts, retryDelay } from './backoff.ts';

/**
 * The queue over either home of jobs. Retries are ours on both, so that delays and limits are the same: a
 * job that failed is taken out and put back, or buried, in one transaction.
 *
 * @param random from 0 up to 1, for the jitter
 */
export function openQueue(database: Database, jobs: Jobs, clock: Clock, random: () => number): Queue {
  const { db, write, writeOneSoon, writeSoon } = database;

  async function takeDead(trx: Trx, id: string): Promise<DeadJob | null> {
    const row = await trx.deleteFrom('dead_jobs').where('id', '=', id).returningAll().executeTakeFirst();
    return row === undefined ? null : deadJob(row);
  }

  /**
   * What could not be written, because the database was away: without it the job would stay out as long as
   * this process lives. Doing it twice is doing it once, for the job is gone the second time.
   */
  const unsettled: (() => Promise<unknown>)[] = [];

  async function settle(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      unsettled.push(work);
      throw error;
    }
  }

  return {
    send: (work) =>
      write((trx) => {
        const createdAt = clock.now();
        return jobs.enqueue(
          trx,
          work.map((job) => ({ ...job, attempts: 0, createdAt })),
        );
      }),

    async fetch(count) {
      for (let late = unsettled[0]; late !== undefined; late = unsettled[0]) {
        await late();
        unsettled.shift();
      }
      return jobs.claim(count);
    },

    waiting: jobs.waiting,

    complete: (job) => settle(() => writeOneSoon((one) => jobs.remove(one, job))),

    fail: (job, error, retryAt) =>
      settle(() =>
        writeSoon(async (trx) => {
          if (!(await jobs.remove(trx, job))) return;
          const attempts = job.attempts + (retryAt === undefined ? 1 : 0);
          const now = clock.now();
          if (attempts >= maxAttempts) await bury(trx, { ...job, attempts }, error, now);
          else {
            const notBefore = retryAt ?? now + retryDelay(attempts, random());
            await jobs.enqueue(trx, [{ ...job, attempts, notBefore }]);
          }
        }),
      ),

    bury: (job, error) =>
      settle(() =>
        writeSoon(async (trx) => {
          if (await jobs.remove(trx, job)) await bury(trx, job, error, clock.now());
        }),
      ),

    async dead() {
      const rows = await db.selectFrom('dead_jobs').selectAll().orderBy('died_at').orderBy('id').execute();
      return rows.map(deadJob);
    },

    revive: (id) =>
      write(async (trx) => {
        const job = await takeDead(trx, id);
        if (job === null) return false;
        const { id: _, ...fresh } = job;
        await jobs.enqueue(trx, [{ ...fresh, attempts: 0, notBefore: 0 }]);
        return true;
      }),

    drop: (id) => write(async (trx) => (await takeDead(trx, id)) !== null),

    async depth() {
      const { dead } = await db
        .selectFrom('dead_jobs')
        .select((e) => e.fn.countAll<number>().as('dead'))
        .executeTakeFirstOrThrow();
      return { ...(await jobs.depth()), dead };
    },
  };
}

/** Keeps a job that was given up until a person reads it. */
export async function bury(
  trx: Trx,
  job: QueuedJob & { readonly id: string },
  error: string,
  now: number,
): Promise<void> {
  await trx
    .insertInto('dead_jobs')
    .values({ ...jobColumns(job, toJson(job.data)), id: job.id, error, died_at: now })
    .execute();
}

function deadJob(row: Tables['dead_jobs']): DeadJob {
  return { ...fromColumns(row), id: row.id, error: row.error, diedAt: row.died_at };
}
