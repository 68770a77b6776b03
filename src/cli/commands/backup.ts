import { command } from '../command.ts';
import { InputError } from '../input-error.ts';
import { isPostgres, storeUrl, withStores } from '../open.ts';

/** Copies the SQLite store into a file while a server uses it. The copy is itself a store. */
export const run = command(async ([file = ''], options, io) => {
  const url = storeUrl();
  if (isPostgres(url))
    throw new InputError('backup is for SQLite; a PostgreSQL database is copied with pg_dump');
  const schema = await withStores(
    async ({ backup, store }) => {
      await backup?.(file);
      return store.schemaVersion();
    },
    { url },
  );
  io.stdout(
    options.json === true
      ? `${JSON.stringify({ from: url, to: file, schema })}\n`
      : `${url} is copied to ${file} (schema version ${schema})\n`,
  );
  return 0;
});
