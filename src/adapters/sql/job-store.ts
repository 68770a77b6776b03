import type { Kysely } from 'kysely';
import type { Job, LeasedJob, NewJob } from '../../ports/queue.ts';
import type { Transaction } from './database.ts';
import type { JobColumns, Tables } from './schema.ts';

/** A job on its way into a table; without an id it is new. */
export interface QueuedJob extends NewJob {
  readonly id?: string;
  readonly attempts: number;
  readonly createdAt: number;
}

/** Holds the waiting and running jobs: a table in SQLite, pg-boss in PostgreSQL. */
export interface JobStore {
  enqueue(trx: Transaction, jobs: readonly QueuedJob[]): Promise<void>;
  /**
   * Up to `count` jobs that may run now, one of a key, the most urgent first; they are running from then on.
   */
  claim(count: number): Promise<readonly LeasedJob[]>;
  /** Takes a running job out, in one statement. False when this worker does not hold it any more. */
  remove(db: Kysely<Tables>, job: Job): Promise<boolean>;
  waiting(repository: string, kind: string): Promise<ReadonlyMap<string, number>>;
  depth(): Promise<{ readonly waiting: number; readonly running: number; readonly oldest: number | null }>;
  /** Drops the jobs of a repository, or of one issue of it. */
  forget(trx: Transaction, repository: string, number?: number): Promise<void>;
  /** Gives the jobs of a repository its new name; `rewrite` does so in a job's key and data. */
  rename(trx: Transaction, from: string, to: string, rewrite: (value: unknown) => unknown): Promise<void>;
  close(): Promise<void>;
}

export function toJobColumns(job: QueuedJob, data: string): JobColumns {
  return {
    kind: job.kind,
    repository: job.repository,
    key: job.key,
    installation: job.installation,
    data,
    priority: job.priority,
    not_before: job.notBefore,
    attempts: job.attempts,
    created_at: job.createdAt,
  };
}

export function fromJobColumns(row: JobColumns): Omit<Job, 'id'> {
  return {
    kind: row.kind,
    repository: row.repository,
    key: row.key,
    installation: row.installation,
    data: JSON.parse(row.data),
    priority: row.priority,
    notBefore: row.not_before,
    attempts: row.attempts,
    createdAt: row.created_at,
  };
}

/** A job that was running when its process died so many times is taken for the cause, and given up. */
export const crashLimit = 25;
export const crashReport = `the process died ${crashLimit} times while this job ran`;
