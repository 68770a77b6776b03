import { type RawBuilder, sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { Clock } from '../../ports/clock.ts';
import type { QueuedJob } from '../sql/job-table.ts';

/** pg-boss' name of our one queue. */
export const queue = 'work';

export interface BossOptions {
  readonly boss: PgBoss;
  readonly schema: string;
  readonly clock: Clock;
  /** A name that a restarted process has again; its predecessor's jobs then come back at once. */
  readonly worker: string;
  readonly onError: (error: unknown) => void;
}

/** What pg-boss carries for us: everything of the job but its id. */
export type Payload = Omit<QueuedJob, 'id'>;

/**
 * Creates our queue. `singleton`: one active job per `singletonKey`. pg-boss' own limits are set out of the
 * way: retries, delays and dead workers are handled here, the same as with SQLite.
 */
export async function createBossQueue(boss: PgBoss): Promise<void> {
  const sixHours = 6 * 3600;
  const tenYears = 10 * 365 * 24 * 3600;
  await boss.createQueue(queue, {
    policy: 'singleton',
    retryLimit: 10_000,
    retryDelay: 0,
    expireInSeconds: sixHours,
    retentionSeconds: tenYears,
  });
}

/** pg-boss' table, for what it has no call for. */
export function jobTable({ schema }: BossOptions): RawBuilder<unknown> {
  return sql.table(`${schema}.job`);
}
