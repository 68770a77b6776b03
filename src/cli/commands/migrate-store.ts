import { command } from '../command.ts';
import { InputError } from '../input-error.ts';
import { copyStore, isPostgres } from '../open.ts';

/** Copies a SQLite store, whose server is stopped, into an empty PostgreSQL one; the file stays as it is. */
export const run = command(async ([from = '', to = ''], options, io) => {
  if (isPostgres(from) || !isPostgres(to))
    throw new InputError(
      'migrate-store goes from a SQLite file to PostgreSQL (expected <file> postgres://…)',
    );
  const rows = await copyStore(from, to);
  if (options.json === true) io.stdout(`${JSON.stringify(rows)}\n`);
  else {
    for (const [table, count] of Object.entries(rows)) io.stdout(`${String(count).padStart(10)}  ${table}\n`);
    io.stdout('Copied. Set DATABASE_URL to the PostgreSQL store and start the server.\n');
  }
  return 0;
});
