import { sql } from 'kysely';
import type { Database, Transaction } from '../sql/database.ts';

/** A worker without a heartbeat for so long is dead; milliseconds of the database's clock. */
const heartbeatTimeout = 20_000;

/** Who this process is among the workers of one database. */
export interface WorkerIdentity {
  readonly worker: string;
  /** New with every registration: tells a worker from its successor of the same name. */
  readonly token: string;
}

/** Which repositories are with whom, as of one moment. */
export interface Leases {
  readonly mine: ReadonlySet<string>;
  readonly others: readonly string[];
  /** With nobody, though somebody had them before. */
  readonly free: readonly string[];
}

/** Hosts disagree about the time; the database has one. */
const now = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`;

/**
 * Locks who holds what until the transaction ends: two workers that fetched or freed the same repositories in
 * another order would wait for each other. PostgreSQL throws out one that stops within it for ten seconds, so
 * that the others go on.
 */
export async function lockLeases(trx: Transaction, schema: string): Promise<void> {
  await sql`select set_config('idle_in_transaction_session_timeout', '10s', true),
    pg_advisory_xact_lock(hashtext(${`signpost:leases:${schema}`}))`.execute(trx);
}

/** Registers the worker; what a predecessor of the same name held is free, for that one is dead. */
export async function register(trx: Transaction, { worker, token }: WorkerIdentity): Promise<void> {
  await evict(trx, worker);
  await trx
    .insertInto('workers')
    .values({ worker, token, seen: now })
    .onConflict((conflict) => conflict.column('worker').doUpdateSet({ token, seen: now }))
    .execute();
}

/**
 * Writes that the worker lives. `dead`: the others took its repositories. `replaced`: another has its name.
 */
export async function heartbeat(
  trx: Transaction,
  { worker, token }: WorkerIdentity,
): Promise<'alive' | 'dead' | 'replaced'> {
  const row = await trx
    .updateTable('workers')
    .set((e) => ({ seen: e.case().when('token', '=', token).then(now).else(e.ref('seen')).end() }))
    .where('worker', '=', worker)
    .returning('token')
    .executeTakeFirst();
  if (row === undefined) return 'dead';
  return row.token === token ? 'alive' : 'replaced';
}

/** Evicts the workers whose heartbeat has stopped; their repositories are free. */
export async function evictExpired(trx: Transaction): Promise<void> {
  const dead = await trx
    .deleteFrom('workers')
    .where('worker', 'in', (e) =>
      e
        .selectFrom('workers')
        .select('worker')
        .where('seen', '<', sql<number>`${now} - ${heartbeatTimeout}`)
        .forUpdate()
        .skipLocked(),
    )
    .returning('worker')
    .execute();
  for (const { worker } of dead) await evict(trx, worker);
}

/** Removes a worker and frees all that it holds. */
export async function evict(trx: Transaction, worker: string): Promise<void> {
  await trx.deleteFrom('workers').where('worker', '=', worker).execute();
  await trx.updateTable('leases').set({ worker: null }).where('worker', '=', worker).execute();
}

/** How many repositories each living worker may hold, for an even load. */
export async function fairShare(trx: Transaction): Promise<number> {
  const { leases, workers } = await trx
    .selectNoFrom((e) => [
      e
        .selectFrom('leases')
        .select((l) => l.fn.countAll<number>().as('n'))
        .as('leases'),
      e
        .selectFrom('workers')
        .select((w) => w.fn.countAll<number>().as('n'))
        .as('workers'),
    ])
    .executeTakeFirstOrThrow();
  return Math.ceil((leases ?? 0) / Math.max(1, workers ?? 1));
}

/** Reads who holds what at this moment, seen from `worker`. */
export async function readLeases({ db }: Pick<Database, 'db'>, worker: string): Promise<Leases> {
  const rows = await db.selectFrom('leases').select(['repository', 'worker']).execute();
  return {
    mine: new Set(rows.filter((row) => row.worker === worker).map((row) => row.repository)),
    others: rows.filter((row) => row.worker !== null && row.worker !== worker).map((row) => row.repository),
    free: rows.filter((row) => row.worker === null).map((row) => row.repository),
  };
}

/**
 * Keeps those repositories that the worker has, and takes those that nobody has, each with a new epoch.
 * Within `lockLeases`, so that nobody declares the worker dead before the transaction ends.
 *
 * @returns the epochs of all but those that another worker has; none when the worker was declared dead
 */
export async function acquireLeases(
  trx: Transaction,
  { worker, token }: WorkerIdentity,
  repositories: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (repositories.length === 0) return new Map();
  // The same for all, so that two transactions cannot wait for each other.
  const inOrder = [...repositories].sort();
  const { rows } = await sql<{ repository: string; epoch: number }>`
    insert into leases (repository, worker, epoch)
    select wanted, ${worker}, 1 from unnest(${inOrder}::text[]) as wanted
    where exists (select from workers where worker = ${worker} and token = ${token})
    on conflict (repository) do update
      set worker = ${worker}, epoch = case when leases.worker = ${worker} then leases.epoch else leases.epoch + 1 end
      where leases.worker is null or leases.worker = ${worker}
    returning repository, epoch
  `.execute(trx);
  return new Map(rows.map(({ repository, epoch }) => [repository, epoch]));
}

/** Frees those of the repositories that the worker holds. */
export async function releaseLeases(
  trx: Transaction,
  worker: string,
  repositories: readonly string[],
): Promise<void> {
  if (repositories.length === 0) return;
  await trx
    .updateTable('leases')
    .set({ worker: null })
    .where('worker', '=', worker)
    .where('repository', 'in', repositories)
    .execute();
}
