import { Kysely, sql } from 'kysely';
import { Pool, types } from 'pg';
import type { Database } from './database.ts';
import { createStatementPreparer } from './prepared-statements.ts';
import type { Tables } from './schema.ts';
import { CleanPostgresDialect } from './text.ts';

export interface ConnectionOptions {
  /** `postgres://user@host:port/database` */
  readonly url: string;
  readonly schema: string;
  /** What `pg_stat_activity` shows. */
  readonly application: string;
  /** Takes the loss of a connection; the pool opens new ones. */
  readonly onError: (error: unknown) => void;
}

/**
 * Two transactions that waited for each other, or came between each other: rolled back, and fine when run
 * again.
 */
const retryable = new Set(['40P01', '40001']);
const mostTries = 4;

const int8 = 20;
const numeric = 1700;

/**
 * A plan that is kept must do when its table has grown: none that reads a small table from end to end. What
 * such a plan is said to cost then must not have it compiled.
 */
const plannerSettings = sql.raw('set enable_seqscan to off; set jit to off');

/**
 * Milliseconds. Sharing a transaction spares the processors much, and GitHub waits ten seconds for its
 * answer.
 */
const batchDelay = 20;

/** At most so many of each kind: most work reads, or writes what may come to disk a moment later. */
const connections = { soon: 8, durable: 4 };

/**
 * The database over two pools: connections whose commits wait for the disk, and connections whose commits do
 * not.
 */
export function postgresDatabase(options: ConnectionOptions): Database {
  const soon = connect(options, connections.soon, 'off');
  const durable = connect(options, connections.durable, 'on');
  return {
    db: soon.db,
    write: (work) => withRetries(() => durable.db.transaction().execute(work)),
    writeSoon: (work) => withRetries(() => soon.db.transaction().execute(work)),
    writeOne: (statement) => withRetries(() => statement(durable.db)),
    writeOneSoon: (statement) => withRetries(() => statement(soon.db)),
    batchDelay,
    async close() {
      await Promise.all([soon.close(), durable.close()]);
    },
  };
}

/** @param synchronousCommit whether a commit waits for the disk */
function connect(
  { url, schema, application, onError }: ConnectionOptions,
  max: number,
  synchronousCommit: 'on' | 'off',
): Pick<Database, 'db' | 'close'> {
  const pool = new Pool({
    connectionString: url,
    application_name: application,
    max,
    connectionTimeoutMillis: 10_000,
    // Counts and times are far below 2^53.
    types: {
      getTypeParser: (oid, format) =>
        oid === int8 || oid === numeric ? Number : types.getTypeParser(oid, format),
    },
  });
  pool.on('error', onError);
  // The pool listens to idle connections only: one that is lost in use would end the process.
  pool.on('connect', (client) => client.on('error', onError));
  pool.on('connect', createStatementPreparer());
  const db = new Kysely<Tables>({
    dialect: new CleanPostgresDialect({
      pool,
      onCreateConnection: async (connection) => {
        await connection.executeQuery(
          sql`set search_path to ${sql.id(schema)}; set synchronous_commit to ${sql.lit(synchronousCommit)}; ${plannerSettings}`.compile(
            db,
          ),
        );
      },
    }),
  });
  return {
    db,
    async close() {
      await db.destroy();
      // One that was never used is not known to Kysely.
      if (!pool.ending) await pool.end();
    },
  };
}

async function withRetries<T>(transaction: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (tries === mostTries || !retryable.has(String(Object(error).code))) throw error;
    }
  }
}
