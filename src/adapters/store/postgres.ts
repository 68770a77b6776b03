import { Kysely, sql } from 'kysely';
import { Pool, types } from 'pg';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';
import { CleanPostgresDialect } from './text.ts';

export interface PostgresOptions {
  /** `postgres://user@host:port/database` */
  readonly url: string;
  readonly schema: string;
  /** What `pg_stat_activity` shows. */
  readonly application: string;
  /** Connections lost while idle are reported here; the pool opens new ones. */
  readonly onError: (error: unknown) => void;
}

/** Two transactions that waited for each other, or came between each other: rolled back, and fine when run again. */
const again = new Set(['40P01', '40001']);
const mostTries = 4;

const int8 = 20;
const numeric = 1700;

export function postgresDatabase({ url, schema, application, onError }: PostgresOptions): Database {
  const pool = new Pool({
    connectionString: url,
    application_name: application,
    max: 10,
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
  const db = new Kysely<Tables>({
    dialect: new CleanPostgresDialect({
      pool,
      onCreateConnection: async (connection) => {
        await connection.executeQuery(sql`set search_path to ${sql.id(schema)}`.compile(db));
      },
    }),
  });
  return {
    db,
    write: (work) => repeated(() => db.transaction().execute(work)),
    writeSoon: (work) =>
      repeated(() =>
        db.transaction().execute(async (trx) => {
          await sql`set local synchronous_commit = off`.execute(trx);
          return work(trx);
        }),
      ),
    close: () => db.destroy(),
  };
}

async function repeated<T>(transaction: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (tries === mostTries || !again.has(String(Object(error).code))) throw error;
    }
  }
}
