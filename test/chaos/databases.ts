import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

/** An empty store for processes of the App. */
export interface Place {
  /** As `DATABASE_URL`. */
  readonly url: string;
  /** How many processes share it. */
  readonly processes: number;
  /** Ends every connection of the App to it, as a restarting server does. */
  dropConnections(): Promise<void>;
  remove(): Promise<void>;
}

export function sqlitePlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'signpost-chaos-'));
  return {
    url: join(folder, 'signpost.sqlite'),
    processes: 1,
    dropConnections: async () => {},
    remove: async () => rmSync(folder, { recursive: true }),
  };
}

/** A database of its own beside the one that `server` names. */
export async function postgresPlace(server: string, processes: number): Promise<Place> {
  const name = `signpost_${process.pid}_${Date.now().toString(36)}`;
  const ask = async (statement: string): Promise<void> => {
    const client = new Client({ connectionString: server });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await ask(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    processes,
    dropConnections: () =>
      ask(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`),
    remove: () => ask(`drop database ${name} with (force)`),
  };
}
