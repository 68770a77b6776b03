import type { DeadJob } from '../../ports/queue.ts';
import type { Transaction } from '../sql/database.ts';
import { fromJobColumns, type QueuedJob, toJobColumns } from '../sql/job-store.ts';
import type { Tables } from '../sql/schema.ts';
import { toJson } from '../sql/text.ts';

/** Keeps a job that was given up until a person reads it. */
export async function deadLetter(
  trx: Transaction,
  job: QueuedJob & { readonly id: string },
  error: string,
  now: number,
): Promise<void> {
  await trx
    .insertInto('dead_jobs')
    .values({ ...toJobColumns(job, toJson(job.data)), id: job.id, error, died_at: now })
    .execute();
}

/** Takes a dead job out; null when there is none of that id. */
export async function takeDeadJob(trx: Transaction, id: string): Promise<DeadJob | null> {
  const row = await trx.deleteFrom('dead_jobs').where('id', '=', id).returningAll().executeTakeFirst();
  return row === undefined ? null : fromDeadJobRow(row);
}

export function fromDeadJobRow(row: Tables['dead_jobs']): DeadJob {
  return { ...fromJobColumns(row), id: row.id, error: row.error, diedAt: row.died_at };
}
