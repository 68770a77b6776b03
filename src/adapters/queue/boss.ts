import { type RawBuilder, sql } from 'kysely';
import { fromKysely, type PgBoss } from 'pg-boss';
import type { Clock } from '../../ports/clock.ts';
import type { Transaction } from '../sql/database.ts';
import type { QueuedJob } from '../sql/job-store.ts';

/** pg-boss' name of our one queue. */
export const queueName = 'work';

export interface BossOptions {
  readonly boss: PgBoss;
  readonly schema: string;
  readonly clock: Clock;
  /** A name that a restarted process has again; its predecessor's jobs then come back at once. */
  readonly worker: string;
  /** Takes what fails in the background, such as a heartbeat. */
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
  await boss.createQueue(queueName, {
    policy: 'singleton',
    retryLimit: 10_000,
    retryDelay: 0,
    expireInSeconds: sixHours,
    retentionSeconds: tenYears,
  });
}

/** pg-boss' table, for what it has no call for. */
export function jobTable({ schema }: Pick<BossOptions, 'schema'>): RawBuilder<unknown> {
  return sql.table(`${schema}.job`);
}

/** Puts back the jobs that run where nobody holds the repository: their worker is dead. */
export async function returnOrphans(
  trx: Transaction,
  options: Pick<BossOptions, 'boss' | 'schema'>,
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from ${jobTable(options)} where name = ${queueName} and state = 'active' and not exists (
      select from leases where leases.repository = group_id and leases.worker is not null)
  `.execute(trx);
  const ids = rows.map((row) => row.id);
  if (ids.length > 0)
    await options.boss.fail(queueName, ids, { message: 'the worker died' }, { db: fromKysely(trx) });
}

/** Finds up to `count` repositories that the worker holds and in which nothing runs. */
export async function idleRepositories(
  trx: Transaction,
  options: Pick<BossOptions, 'schema' | 'worker'>,
  count: number,
): Promise<readonly string[]> {
  const { rows } = await sql<{ repository: string }>`
    select repository from leases where worker = ${options.worker} and not exists (
      select from ${jobTable(options)}
      where name = ${queueName} and state = 'active' and group_id = leases.repository)
    limit ${count}
  `.execute(trx);
  return rows.map((row) => row.repository);
}
