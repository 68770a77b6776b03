import { type RawBuilder, sql } from 'kysely';
import { fromKysely, type JobInsert } from 'pg-boss';
import type { Clock } from '../../ports/clock.ts';
import type { Job } from '../../ports/queue.ts';
import { chunks, type Database, type Transaction } from '../sql/database.ts';
import type { JobStore, QueuedJob } from '../sql/job-store.ts';
import { clean, toJson } from '../sql/text.ts';
import { type BossOptions, jobTable, type Payload, queueName } from './boss.ts';
import { createJobClaimer } from './claim-jobs.ts';

/**
 * Jobs in pg-boss. The group of a job is its repository; a worker fetches only of repositories that it holds
 * or takes in the same transaction. pg-boss' table is read here, and written only through pg-boss, but for
 * renaming, which it does not know.
 */
export function bossJobStore(database: Database, options: BossOptions): JobStore {
  const { boss, clock } = options;
  const table = jobTable(options);
  const claimer = createJobClaimer(database, options);
  const retryCounts = new WeakMap<Job, number>();

  return {
    async enqueue(trx, jobs) {
      for (const some of chunks(jobs))
        await boss.insert(
          queueName,
          some.map((job) => toBossJob(job, clock)),
          { db: fromKysely(trx) },
        );
    },

    async claim(count) {
      const claimed = await claimer.claim(count);
      for (const { job, retryCount } of claimed) retryCounts.set(job, retryCount);
      return claimed.map(({ job }) => job);
    },

    async remove(db, job) {
      const retryCount = retryCounts.get(job);
      if (retryCount === undefined) return false;
      const result = await boss.deleteJob(queueName, { id: job.id, retryCount }, { db: fromKysely(db) });
      return affected(result) === 1;
    },

    async waiting(repository, kind) {
      const { rows } = await sql<{ key: string; priority: number }>`
        select singleton_key as key, -max(priority) as priority from ${table}
        where name = ${queueName} and state < 'active' and group_id = ${repository} and data ->> 'kind' = ${kind}
        group by singleton_key
      `.execute(database.db);
      return new Map(rows.map(({ key, priority }) => [key, priority]));
    },

    depth: () => countJobs(database.db, table),

    async forget(trx, repository, number) {
      const { rows } = await sql<{ id: string }>`
        select id from ${table} where name = ${queueName} and group_id = ${repository}
          ${number === undefined ? sql`` : sql`and singleton_key = ${`${repository}#${number}`}`}
      `.execute(trx);
      const ids = rows.map((row) => row.id);
      if (ids.length > 0) await boss.deleteJob(queueName, ids, { db: fromKysely(trx) });
      if (number === undefined) await trx.deleteFrom('leases').where('repository', '=', repository).execute();
    },

    rename: (trx, from, to, rewrite) => renameJobs(trx, table, { from, to, rewrite }),

    async close() {
      await claimer.close();
      await boss.stop({ graceful: false });
    },
  };
}

async function countJobs(db: Database['db'], table: RawBuilder<unknown>): ReturnType<JobStore['depth']> {
  const { rows } = await sql<{ waiting: number; running: number; oldest: number | null }>`
    select
      count(*) filter (where state < 'active') as waiting,
      count(*) filter (where state = 'active') as running,
      min((data ->> 'createdAt')::bigint) filter (where state < 'active' and start_after <= now()) as oldest
    from ${table} where name = ${queueName} and state <= 'active'
  `.execute(db);
  return rows[0] ?? { waiting: 0, running: 0, oldest: null };
}

/** Writes into pg-boss' own table, which has no call for that. */
async function renameJobs(
  trx: Transaction,
  table: RawBuilder<unknown>,
  { from, to, rewrite }: { from: string; to: string; rewrite: (value: unknown) => unknown },
): Promise<void> {
  const { rows } = await sql<{ id: string; key: string; data: unknown }>`
    select id, singleton_key as key, data from ${table} where name = ${queueName} and group_id = ${from}
  `.execute(trx);
  for (const { id, key, data } of rows)
    await sql`
      update ${table} set group_id = ${to}, singleton_key = ${rewrite(key)}, data = ${toJson(rewrite(data))}::jsonb
      where name = ${queueName} and id = ${id}
    `.execute(trx);
  await trx.deleteFrom('leases').where('repository', '=', to).execute();
  await trx.updateTable('leases').set({ repository: to }).where('repository', '=', from).execute();
}

/** How many jobs pg-boss' answer says it changed; its types do not. */
function affected(result: object): number {
  if ('affected' in result && typeof result.affected === 'number') return result.affected;
  throw new Error('pg-boss no longer says how many jobs it changed');
}

function toBossJob(job: QueuedJob, clock: Clock): JobInsert<Payload> {
  const { id, kind, repository, key, installation, data, priority, notBefore, attempts, createdAt } = job;
  const payload = { kind, repository, key, installation, data, priority, notBefore, attempts, createdAt };
  // Whole milliseconds: PostgreSQL's intervals know no exponents.
  const wait = Math.ceil((notBefore - clock.now()) / (clock.rate ?? 1));
  return {
    ...(id === undefined ? {} : { id }),
    data: JSON.parse(toJson(payload)),
    priority: -priority,
    singletonKey: clean(key),
    // pg-boss wants a name; work for no repository has none.
    group: { id: clean(repository) || '-' },
    // Seconds of the database's clock.
    ...(wait > 0 ? { startAfter: wait / 1000 } : {}),
  };
}
