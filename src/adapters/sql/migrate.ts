import type { Kysely } from 'kysely';
import type { Database } from './database.ts';
import { up as start } from './migrations/001-start.ts';
import { up as people } from './migrations/002-people.ts';
import { up as issueStates } from './migrations/003-issue-states.ts';
import type { DialectName, Tables } from './schema.ts';

interface Migration {
  readonly number: number;
  readonly name: string;
  up(db: Kysely<Tables>, dialect: DialectName): Promise<void>;
}

/** In order; an applied one is never edited, a change is a new file with the next number. */
const migrations: readonly Migration[] = [
  { number: 1, name: 'start', up: start },
  { number: 2, name: 'people', up: people },
  { number: 3, name: 'issue-states', up: issueStates },
];

/** Number of the newest migration this code knows. */
export const newestSchema = Math.max(...migrations.map((migration) => migration.number));

/** Number of the newest migration that was applied; 0 for an empty database. */
export async function schemaVersion(db: Kysely<Tables>): Promise<number> {
  const row = await db
    .selectFrom('migrations')
    .select((e) => e.fn.max('number').as('number'))
    .executeTakeFirst();
  return row?.number ?? 0;
}

/**
 * Brings the schema up to date in one transaction; forward only. `lock` begins that transaction, and keeps
 * other starting processes out where the transaction itself does not.
 */
export async function migrate(
  database: Database,
  dialect: DialectName,
  now: number,
  lock: (db: Kysely<Tables>) => Promise<void> = async () => {},
): Promise<void> {
  await database.write(async (trx) => {
    await lock(trx);
    await trx.schema
      .createTable('migrations')
      .ifNotExists()
      .addColumn('number', 'integer', (c) => c.primaryKey())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('applied_at', 'bigint', (c) => c.notNull())
      .execute();
    const version = await schemaVersion(trx);
    refuseNewer(version);
    for (const { number, name, up } of migrations) {
      if (number <= version) continue;
      await up(trx, dialect);
      await trx.insertInto('migrations').values({ number, name, applied_at: now }).execute();
    }
  });
}

function refuseNewer(version: number): void {
  if (version > newestSchema)
    throw new Error(
      `the database has schema ${version}, this Signpost knows schemas up to ${newestSchema}: run a newer Signpost`,
    );
}

/** For commands that look at a database without being its server. */
export async function requireCurrentSchema(db: Kysely<Tables>): Promise<void> {
  const version = await schemaVersion(db).catch(() => 0);
  refuseNewer(version);
  if (version < newestSchema)
    throw new Error(
      `the database has schema ${version}, this Signpost needs ${newestSchema}: start the server once, it migrates`,
    );
}
