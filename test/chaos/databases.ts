import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Client } from 'pg';

/** An empty store for processes of the App. */
export interface Place {
  /** As `DATABASE_URL`. */
  readonly url: string;
  /** How many processes share it. */
  readonly processes: number;
  /** Jobs that wait or run, but for what is to be done at some later time: polls. */
  jobsLeft(): Promise<number>;
  /** Ends every connection of the App to it, as a restarting server does. */
  dropConnections(): Promise<void>;
  /** Why something was held back on an issue, one line a decision. */
  withheld(issue: number): Promise<readonly string[]>;
  remove(): Promise<void>;
}

export function sqlitePlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'signpost-chaos-'));
  const url = join(folder, 'signpost.sqlite');
  return {
    url,
    processes: 1,
    async jobsLeft() {
      const file = new Sqlite(url, { readonly: true });
      const left = file.prepare("select count(*) from jobs where kind <> 'poll-reactions'").pluck().get();
      file.close();
      return Number(left);
    },
    dropConnections: async () => {},
    async withheld(issue) {
      const file = new Sqlite(url, { readonly: true });
      const plans = file.prepare('select plan from ledger where number = ? order by id').pluck().all(issue);
      file.close();
      return plans.flatMap(withheldIn);
    },
    remove: async () => rmSync(folder, { recursive: true }),
  };
}

/** A database of its own beside the one that `server` names. */
export async function postgresPlace(server: string, processes: number): Promise<Place> {
  const name = `signpost_${process.pid}_${Date.now().toString(36)}`;
  const ask = async (statement: string, database = server): Promise<readonly unknown[]> => {
    const client = new Client({ connectionString: database });
    await client.connect();
    const { rows } = await client.query(statement).finally(() => client.end());
    return rows;
  };
  await ask(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    processes,
    async jobsLeft() {
      const [row] = await ask(
        "select count(*) as n from signpost.job where state <= 'active' and data ->> 'kind' <> 'poll-reactions'",
        url.href,
      );
      return Number(Object(row).n);
    },
    async dropConnections() {
      await ask(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
    },
    async withheld(issue) {
      const rows = await ask(
        `select plan from signpost.ledger where number = ${Number(issue)} order by id`,
        url.href,
      );
      return rows.flatMap((row) => withheldIn(Object(row).plan));
    },
    async remove() {
      await ask(`drop database ${name} with (force)`);
    },
  };
}

function withheldIn(plan: unknown): string[] {
  return JSON.parse(String(plan)).withheld;
}
