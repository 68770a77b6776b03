import { systemClock } from '../../adapters/clock.ts';
import { migrateStore } from '../../adapters/open/index.ts';
import { isPostgres } from '../../adapters/open/open-store.ts';
import type { Io } from '../io.ts';

/** Copies a SQLite store, whose server is stopped, into an empty PostgreSQL one; the file stays as it is. */
export async function run(
  [from = '', to = '']: readonly string[],
  options: Readonly<Record<string, unknown>>,
  io: Io,
): Promise<number> {
  if (isPostgres(from) || !isPostgres(to)) {
    io.stderr(
      'signpost: migrate-store goes from a SQLite file to PostgreSQL (expected <file> postgres://…)\n',
    );
    return 2;
  }
  const rows = await migrateStore({ path: from }, { url: to, clock: systemClock });
  if (options.json === true) io.stdout(`${JSON.stringify(rows)}\n`);
  else {
    for (const [table, count] of Object.entries(rows)) io.stdout(`${String(count).padStart(10)}  ${table}\n`);
    io.stdout('Copied. Set DATABASE_URL to the PostgreSQL store and start the server.\n');
  }
  return 0;
}
