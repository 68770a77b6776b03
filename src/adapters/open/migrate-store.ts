import { sql } from 'kysely';
import { chunks, type Database, type Transaction } from '../sql/database.ts';
import { fromJobColumns, type QueuedJob } from '../sql/job-store.ts';
import { connectPostgres, type PostgresOptions } from './open-postgres.ts';
import { connectSqlite } from './open-sqlite.ts';

/** Every table but the jobs, which pg-boss holds on the other side, and what is PostgreSQL's own. */
const tables = [
  'deliveries',
  'repositories',
  'issue_states',
  'ledger',
  'intents',
  'state',
  'blobs',
  'budgets',
  'dead_jobs',
] as const;

/**
 * Copies everything from a SQLite file, whose server must be stopped, into an empty PostgreSQL store, in one
 * transaction there. Returns the number of rows by table, jobs included. The file stays as it is.
 *
 * @throws Error in plain words when the file is in use or the target holds something
 */
export async function migrateStore(
  from: { readonly path: string },
  to: PostgresOptions,
): Promise<Readonly<Record<string, number>>> {
  const source = await connectSqlite({ path: from.path, clock: to.clock });
  try {
    const target = await connectPostgres(to);
    try {
      return await target.database.write(async (trx) => {
        const counts: Record<string, number> = {};
        for (const table of tables) {
          await requireEmpty(trx, table);
          counts[table] = await copyTable(source.database, trx, table);
        }
        for (const table of ['ledger', 'intents'] as const)
          await sql`
            select setval(pg_get_serial_sequence(${table}, 'id'), (select coalesce(max(id), 0) + 1 from ${sql.table(table)}), false)
          `.execute(trx);
        const jobs = await waitingJobs(source.database);
        await target.jobs.enqueue(trx, jobs);
        return { ...counts, jobs: jobs.length };
      });
    } finally {
      await target.jobs.close();
      await target.database.close();
    }
  } finally {
    await source.database.close();
  }
}

async function requireEmpty(trx: Transaction, table: (typeof tables)[number]): Promise<void> {
  const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(trx);
  if (rows.length > 0)
    throw new Error(`the PostgreSQL store is not empty (there are ${table}): copy into a new schema`);
}

async function copyTable(
  source: Database,
  trx: Transaction,
  table: (typeof tables)[number],
): Promise<number> {
  const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(source.db);
  for (const some of chunks(rows)) {
    const columns = Object.keys(some[0] ?? {});
    const values = some.map((row) => sql`(${sql.join(columns.map((column) => row[column]))})`);
    await sql`
      insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))}) values ${sql.join(values)}
    `.execute(trx);
  }
  return rows.length;
}

/** The server is stopped, so none of them runs. */
async function waitingJobs({ db }: Database): Promise<readonly QueuedJob[]> {
  const rows = await db.selectFrom('jobs').selectAll().orderBy('id').execute();
  return rows.map(fromJobColumns);
}
