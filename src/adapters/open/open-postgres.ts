import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { sql } from 'kysely';
import { PgBoss } from 'pg-boss';
import type { Clock } from '../../ports/clock.ts';
import { createBossQueue } from '../queue/boss.ts';
import { bossJobStore } from '../queue/boss-job-store.ts';
import type { Database } from '../sql/database.ts';
import type { JobStore } from '../sql/job-store.ts';
import { migrate, requireCurrentSchema } from '../sql/migrate.ts';
import { postgresDatabase } from '../sql/postgres.ts';
import { createStores, type StoreRole, type Stores } from './stores.ts';

export interface PostgresOptions {
  /** `postgres://user@host:port/database` */
  readonly url: string;
  /** Everything is in it, pg-boss' tables too; `signpost` by default. */
  readonly schema?: string;
  readonly clock: Clock;
  /**
   * Names this process among the workers. One that starts under the name of a dead one has its jobs back at
   * once; under a new name (the default) after some twenty seconds.
   */
  readonly worker?: string;
  /** `server` (default) migrates; `tool` only looks, or mends single jobs. */
  readonly role?: StoreRole;
  /** From 0 up to 1, for the jitter of retries; `Math.random` by default. */
  readonly random?: () => number;
  /** Takes failures in the background: a lost idle connection, a missed heartbeat. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Opens the store and queue that several processes share.
 *
 * @throws Error in plain words when the schema is not this code's
 */
export async function openPostgres(options: PostgresOptions): Promise<Stores> {
  const { database, jobs } = await connectPostgres(options);
  return { ...createStores(database, jobs, options), backup: null };
}

export async function connectPostgres(
  options: PostgresOptions,
): Promise<{ readonly database: Database; readonly jobs: JobStore }> {
  const { url, schema = 'signpost', clock, role = 'server', onError = () => {} } = options;
  const worker = options.worker ?? `${hostname()}-${randomUUID().slice(0, 8)}`;
  const server = role === 'server';
  const application = `signpost ${worker}`;
  const database = postgresDatabase({ url, schema, application, onError });
  const boss = createBoss(url, schema, application, server);
  boss.on('error', onError);
  try {
    if (server) await migrate(database, 'postgres', clock.now(), (db) => lockSchema(db, schema));
    else await requireCurrentSchema(database.db);
    await boss.start();
    if (server) await createBossQueue(boss);
  } catch (error) {
    await boss.stop({ graceful: false });
    await database.close();
    throw error;
  }
  return { database, jobs: bossJobStore(database, { boss, schema, clock, worker, onError }) };
}

/** pg-boss as a store of jobs and nothing more: no schedules, no instances, its upkeep by servers alone. */
function createBoss(url: string, schema: string, application: string, server: boolean): PgBoss {
  return new PgBoss({
    connectionString: url,
    schema,
    application_name: application,
    max: 2,
    schedule: false,
    supervise: server,
    migrate: server,
    registerInstance: false,
    openTelemetry: { enabled: false },
  });
}

/** One process at a time creates or changes the schema; the lock ends with the transaction. */
async function lockSchema(db: Database['db'], schema: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`signpost:${schema}`}))`.execute(db);
  await sql`create schema if not exists ${sql.id(schema)}`.execute(db);
}
