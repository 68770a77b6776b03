import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Client } from 'pg';
import { systemClock } from '../../../src/adapters/clock.ts';
import { openPostgres, openSqlite, type Stores } from '../../../src/adapters/open/index.ts';
import type { Clock } from '../../../src/ports/clock.ts';

/** One empty store of a kind, for one test. */
export interface Backend {
  readonly name: 'SQLite' | 'PostgreSQL';
  /** As a server; `worker` matters to PostgreSQL alone. */
  open(clock: Clock, worker?: string): Promise<Stores>;
  /** As a command beside a server. */
  openTool(clock: Clock): Promise<Stores>;
  /** Every row of every table as text: what a search for a planted name looks through. */
  dump(): Promise<string>;
  /** For what no port offers: an older or newer schema, a look at a table. */
  sql(statement: string): Promise<unknown[]>;
  /** Arguments for a child process that opens the same store. */
  readonly address: readonly [kind: string, place: string];
  destroy(): Promise<void>;
}

/** The server that tests use; null where none answers. `DATABASE_URL` names one that has to answer. */
export const postgresUrl = await findPostgres();

if (postgresUrl === null)
  console.log('no PostgreSQL at 127.0.0.1:5432 and no DATABASE_URL: its tests are skipped');

const kinds = { SQLite: sqliteBackend, PostgreSQL: postgresBackend };

/** For `describe.each`. */
export const backends: readonly (readonly [Backend['name'], () => Backend])[] =
  postgresUrl === null
    ? [['SQLite', kinds.SQLite]]
    : [
        ['SQLite', kinds.SQLite],
        ['PostgreSQL', kinds.PostgreSQL],
      ];

/** A clock that runs `rate` times as fast as the machine's. */
export function fastClock(rate: number): Clock {
  const start = Date.now();
  return {
    rate,
    yield: systemClock.yield,
    now: () => start + Math.round((Date.now() - start) * rate),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms / rate)),
  };
}

async function findPostgres(): Promise<string | null> {
  const { DATABASE_URL } = process.env;
  const url = DATABASE_URL ?? 'postgres://root@127.0.0.1:5432/test';
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    await client.end();
    return url;
  } catch (error) {
    if (DATABASE_URL !== undefined) throw error;
    return null;
  }
}

export function sqliteBackend(): Backend {
  const folder = mkdtempSync(join(tmpdir(), 'signpost-store-'));
  const path = join(folder, 'signpost.db');
  const all = (statement: string): unknown[] => {
    const file = new Sqlite(path);
    const prepared = file.prepare(statement);
    const rows = prepared.reader ? prepared.all() : [prepared.run()];
    file.close();
    return rows;
  };
  return {
    name: 'SQLite',
    address: ['sqlite', path],
    open: (clock) => openSqlite({ path, clock }),
    openTool: (clock) => openSqlite({ path, clock, role: 'tool' }),
    async dump() {
      const tables = all("select name from sqlite_master where type = 'table'");
      return tables.map((table) => JSON.stringify(all(`select * from ${nameOf(table)}`))).join('\n');
    },
    sql: async (statement) => all(statement),
    destroy: async () => rmSync(folder, { recursive: true }),
  };
}

let schemas = 0;

export function postgresBackend(): Backend {
  const url = postgresUrl ?? '';
  const schema = `signpost_test_${process.pid}_${Date.now().toString(36)}_${++schemas}`;
  const all = async (statement: string): Promise<unknown[]> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(`set search_path to ${schema}`);
    const { rows } = await client.query<Record<string, unknown>>(statement);
    await client.end();
    return rows;
  };
  return {
    name: 'PostgreSQL',
    address: [url, schema],
    open: (clock, worker) =>
      openPostgres({ url, schema, clock, ...(worker === undefined ? {} : { worker }) }),
    openTool: (clock) => openPostgres({ url, schema, clock, role: 'tool' }),
    async dump() {
      const tables = await all(
        `select table_name as name from information_schema.tables where table_schema = '${schema}'`,
      );
      const rows = await Promise.all(tables.map((table) => all(`select t::text from ${nameOf(table)} t`)));
      return JSON.stringify(rows);
    },
    sql: all,
    destroy: async () => {
      await all(`drop schema if exists ${schema} cascade`);
    },
  };
}

function nameOf(row: unknown): string {
  if (typeof row === 'object' && row !== null && 'name' in row) return String(row.name);
  throw new Error('a table without a name');
}
