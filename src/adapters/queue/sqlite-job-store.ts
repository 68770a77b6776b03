import { type Kysely, type Selectable, sql } from 'kysely';
import type { Clock } from '../../ports/clock.ts';
import type { LeasedJob } from '../../ports/queue.ts';
import { chunks, type Database } from '../sql/database.ts';
import { crashLimit, crashReport, fromJobColumns, type JobStore, toJobColumns } from '../sql/job-store.ts';
import type { Tables } from '../sql/schema.ts';
import { toJson } from '../sql/text.ts';

/** Jobs as rows beside the inbox. One process serves the file, so a running job is always this process's. */
export function sqliteJobStore(database: Database, clock: Clock): JobStore {
  const { db } = database;
  return {
    async enqueue(trx, jobs) {
      for (const some of chunks(jobs))
        await trx
          .insertInto('jobs')
          .values(
            some.map((job) => ({
              ...toJobColumns(job, toJson(job.data)),
              id: job.id === undefined ? null : Number(job.id),
              running: 0,
              crashes: 0,
            })),
          )
          .execute();
    },

    claim: (count) => claimJobs(database, clock.now(), count),

    async remove(db, { id }) {
      const gone = await db
        .deleteFrom('jobs')
        .where('id', '=', Number(id))
        .where('running', '=', 1)
        .executeTakeFirst();
      return Number(gone.numDeletedRows) > 0;
    },

    waiting: (repository, kind) => waitingKeys(db, repository, kind),

    depth: () => countJobs(db, clock.now()),

    async forget(trx, repository, number) {
      let gone = trx.deleteFrom('jobs').where('repository', '=', repository);
      if (number !== undefined) gone = gone.where('key', '=', `${repository}#${number}`);
      await gone.execute();
    },

    async rename(trx, from, to, rewrite) {
      const rows = await trx
        .selectFrom('jobs')
        .select(['id', 'key', 'data'])
        .where('repository', '=', from)
        .execute();
      for (const { id, key, data } of rows)
        await trx
          .updateTable('jobs')
          .set({ repository: to, key: String(rewrite(key)), data: toJson(rewrite(JSON.parse(data))) })
          .where('id', '=', id)
          .execute();
    },

    close: async () => {},
  };
}

/** Takes the most urgent jobs that may run, one of a key; none of a key of which one runs. */
async function claimJobs(
  { db, writeOneSoon }: Database,
  now: number,
  count: number,
): Promise<readonly LeasedJob[]> {
  const candidates = await db
    .selectFrom('jobs')
    .selectAll()
    // Said outright, not bound: only so are the partial indexes known to fit.
    .where(({ eb, lit }) => eb('running', '=', lit(0)))
    .where('not_before', '<=', now)
    .where(({ lit, not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('jobs as other')
            .select('other.id')
            .where('other.running', '=', lit(1))
            .whereRef('other.key', '=', 'jobs.key'),
        ),
      ),
    )
    .orderBy('priority')
    .orderBy('id')
    .limit(count * 4)
    .execute();
  const byKey = new Map<string, Selectable<Tables['jobs']>>();
  for (const row of candidates) if (byKey.size < count && !byKey.has(row.key)) byKey.set(row.key, row);
  const rows = [...byKey.values()];
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const claimed = await writeOneSoon((one) =>
    one
      .updateTable('jobs')
      .set({ running: 1 })
      .where('id', 'in', ids)
      .where('running', '=', 0)
      .returning('id')
      .execute(),
  );
  const ours = new Set(claimed.map((row) => row.id));
  return rows
    .filter((row) => ours.has(row.id))
    .map((row) => ({ ...fromJobColumns(row), id: String(row.id), lease: 1 }));
}

async function waitingKeys(
  db: Kysely<Tables>,
  repository: string,
  kind: string,
): ReturnType<JobStore['waiting']> {
  const rows = await db
    .selectFrom('jobs')
    .select(({ fn }) => ['key', fn.min('priority').as('priority')])
    .where('repository', '=', repository)
    .where('kind', '=', kind)
    .where('running', '=', 0)
    .groupBy('key')
    .execute();
  return new Map(rows.map(({ key, priority }) => [key, priority]));
}

async function countJobs(db: Kysely<Tables>, now: number): ReturnType<JobStore['depth']> {
  const row = await db
    .selectFrom('jobs')
    .select(({ fn, eb }) => [
      fn.countAll<number>().as('total'),
      fn.coalesce(fn.sum<number>('running'), eb.lit(0)).as('running'),
      fn.min('created_at').filterWhere('running', '=', 0).filterWhere('not_before', '<=', now).as('oldest'),
    ])
    .executeTakeFirstOrThrow();
  return { waiting: row.total - row.running, running: row.running, oldest: row.oldest };
}

/**
 * Puts back, at start, what ran when the last process died; gives up the jobs with which too many processes
 * died.
 */
export async function recoverJobs({ write }: Database, clock: Clock): Promise<void> {
  await write(async (trx) => {
    await sql`
      insert into dead_jobs (id, kind, repository, key, installation, data, priority, not_before, attempts, created_at, error, died_at)
      select cast(id as text), kind, repository, key, installation, data, priority, not_before, attempts, created_at,
        ${crashReport}, ${clock.now()}
      from jobs where running = 1 and crashes + 1 >= ${crashLimit}
    `.execute(trx);
    await trx
      .deleteFrom('jobs')
      .where('running', '=', 1)
      .where('crashes', '>=', crashLimit - 1)
      .execute();
    await trx
      .updateTable('jobs')
      .set((e) => ({ running: 0, crashes: e('crashes', '+', 1) }))
      .where('running', '=', 1)
      .execute();
  });
}
