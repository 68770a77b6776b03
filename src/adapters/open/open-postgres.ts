import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { sql } from 'kysely';
import { PgBoss } from 'pg-boss';
import type { Clock } from '../../ports/clock.ts';
import { createBossQueue } from '../queue/boss.ts';
import { bossJobs } from '../queue/boss-jobs.ts';
import type { Database } from '../sql/database.ts';
import type { Jobs } from '../sql/job-table.ts';
import { migrate, requireCurrentSchema } from '../sql/migrate.ts';
import { postgresDatabase } from '../sql/postgres.ts';
import { type Opened, open } from './open.ts';

export interface PostgresStoreOptions {
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
  readonly role?: 'server' | 'tool';
  /** From 0 up to 1, for the jitter of retries; `Math.random` by default. */
  readonly random?: () => number;
  /** Failures in the background: a lost idle connection, a missed beat. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Opens the store and queue that several processes share.
 *
 * @throws Error in plain words when the schema is not this code's
 */
export async function openPostgres(options: PostgresStoreOptions): Promise<Opened> {
  const { database, jobs } = await connectPostgres(options);
  return open(database, jobs, options);
}

export async function connectPostgres(
  options: PostgresStoreOptions,
): Promise<{ database: Database; jobs: Jobs }> {
  const { url, schema = 'signpost', clock, role = 'server', onError = () => {} } = options;
  const worker = options.worker ?? `${hostname()}-${randomUUID().slice(0, 8)}`;
  const server = role === 'server';
  const application = `signpost ${worker}`;
  const database = postgresDatabase({ url, schema, application, onError });
  const boss = new PgBoss({
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
  return { database, jobs: bossJobs(database, { boss, schema, clock, worker, onError }) };
}

/** One process at a time creates or changes the schema; the lock ends with the transaction. */
async function lockSchema(db: Database['db'], schema: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`signpost:${schema}`}))`.execute(db);
  await sql`create schema if not exists ${sql.id(schema)}`.execute(db);
}
