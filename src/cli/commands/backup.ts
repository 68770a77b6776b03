import { systemClock } from '../../adapters/clock.ts';
import { openSqlite } from '../../adapters/open/index.ts';
import { isPostgres } from '../../adapters/open/open-store.ts';
import { loadDotEnv } from '../../process/environment.ts';
import type { Io } from '../io.ts';

/** Copies the SQLite store into a file while a server uses it. The copy is itself a store. */
export async function run(
  [file = '']: readonly string[],
  options: Readonly<Record<string, unknown>>,
  io: Io,
): Promise<number> {
  loadDotEnv();
  const path = process.env.DATABASE_URL || 'signpost.sqlite';
  if (isPostgres(path)) {
    io.stderr('signpost: backup is for SQLite; a PostgreSQL database is copied with pg_dump\n');
    return 2;
  }
  const { store, backup } = await openSqlite({ path, clock: systemClock, role: 'tool' });
  try {
    await backup(file);
    const schema = await store.schemaVersion();
    io.stdout(
      options.json === true
        ? `${JSON.stringify({ from: path, to: file, schema })}\n`
        : `${path} is copied to ${file} (schema version ${schema})\n`,
    );
    return 0;
  } finally {
    await store.close();
  }
}
