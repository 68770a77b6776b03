import { sql } from 'kysely';
import { fromKysely, type JobInsert } from 'pg-boss';
import type { Clock } from '../../ports/clock.ts';
import type { Job } from '../../ports/queue.ts';
import { chunks, type Database } from '../sql/database.ts';
import type { Jobs, QueuedJob } from '../sql/job-table.ts';
import { clean, toJson } from '../sql/text.ts';
import { type BossOptions, jobTable, type Payload, queue } from './boss.ts';
import { createClaims } from './boss-claims.ts';

/**
 * Jobs in pg-boss. The group of a job is its repository; a worker fetches only of repositories that it holds
 * or takes in the same transaction. pg-boss' table is read here, and written only through pg-boss, but for
 * renaming, which it does not know.
 */
export function bossJobs(database: Database, options: BossOptions): Jobs {
  const { boss, clock } = options;
  const table = jobTable(options);
  const claims = createClaims(database, options);
  const attempts = new WeakMap<Job, number>();

  return {
    async enqueue(trx, jobs) {
      for (const some of chunks(jobs))
        await boss.insert(
          queue,
          some.map((job) => insertion(job, clock)),
          { db: fromKysely(trx) },
        );
    },

    async claim(count) {
      const claimed = await claims.claim(count);
      for (const { job, retryCount } of claimed) attempts.set(job, retryCount);
      return claimed.map(({ job }) => job);
    },

    async remove(db, job) {
      const retryCount = attempts.get(job);
      if (retryCount === undefined) return false;
      const answer = await boss.deleteJob(queue, { id: job.id, retryCount }, { db: fromKysely(db) });
      return affected(answer) === 1;
    },

    async waiting(repository, kind) {
      const { rows } = await sql<{ key: string; priority: number }>`
        select singleton_key as key, -max(priority) as priority from ${table}
        where name = ${queue} and state < 'active' and group_id = ${repository} and data ->> 'kind' = ${kind}
        group by singleton_key
      `.execute(database.db);
      return new Map(rows.map(({ key, priority }) => [key, priority]));
    },

    async depth() {
      const { rows } = await sql<{ waiting: number; running: number; oldest: number | null }>`
        select
          count(*) filter (where state < 'active') as waiting,
          count(*) filter (where state = 'active') as running,
          min((data ->> 'createdAt')::bigint) filter (where state < 'active' and start_after <= now()) as oldest
        from ${table} where name = ${queue} and state <= 'active'
      `.execute(database.db);
      return rows[0] ?? { waiting: 0, running: 0, oldest: null };
    },

    async forget(trx, repository, number) {
      const { rows } = await sql<{ id: string }>`
        select id from ${table} where name = ${queue} and group_id = ${repository}
          ${number === undefined ? sql`` : sql`and singleton_key = ${`${repository}#${number}`}`}
      `.execute(trx);
      const ids = rows.map((row) => row.id);
      if (ids.length > 0) await boss.deleteJob(queue, ids, { db: fromKysely(trx) });
      if (number === undefined) await trx.deleteFrom('leases').where('repository', '=', repository).execute();
    },

    async rename(trx, from, to, rewrite) {
      const { rows } = await sql<{ id: string; key: string; data: unknown }>`
        select id, singleton_key as key, data from ${table} where name = ${queue} and group_id = ${from}
      `.execute(trx);
      for (const { id, key, data } of rows)
        await sql`
          update ${table} set group_id = ${to}, singleton_key = ${rewrite(key)}, data = ${toJson(rewrite(data))}::jsonb
          where name = ${queue} and id = ${id}
        `.execute(trx);
      await trx.deleteFrom('leases').where('repository', '=', to).execute();
      await trx.updateTable('leases').set({ repository: to }).where('repository', '=', from).execute();
    },

    async close() {
      await claims.close();
      await boss.stop({ graceful: false });
    },
  };
}

/** How many jobs pg-boss' answer says it changed; its types do not. */
function affected(answer: object): number {
  if ('affected' in answer && typeof answer.affected === 'number') return answer.affected;
  throw new Error('pg-boss no longer says how many jobs it changed');
}

function insertion(job: QueuedJob, clock: Clock): JobInsert<Payload> {
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
