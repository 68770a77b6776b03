import DataLoader from 'dataloader';
import type { Store } from '../../ports/store.ts';
import type { Database } from '../sql/database.ts';
import { clean, toJson } from '../sql/text.ts';

/** Small state by name, and binary state with a version. */
export function state({
  db,
  writeOne,
  writeOneSoon,
}: Database): Pick<Store, 'get' | 'put' | 'putSoon' | 'blob' | 'putBlob'> {
  const putWith =
    (writing: Database['writeOne']): Store['put'] =>
    (key, value) =>
      writing(async (one) => {
        const json = { value: toJson(value) };
        await one
          .insertInto('state')
          .values({ key, ...json })
          .onConflict((conflict) => conflict.column('key').doUpdateSet(json))
          .execute();
      });
  // What is asked for in one turn of the event loop is read by one statement.
  const values = new DataLoader<string, string | null>(
    async (keys) => {
      const rows = await db.selectFrom('state').selectAll().where('key', 'in', keys).execute();
      const found = new Map(rows.map(({ key, value }) => [key, value]));
      return keys.map((key) => found.get(clean(key)) ?? null);
    },
    { cache: false, maxBatchSize: 50 },
  );
  return {
    async get(key) {
      const value = await values.load(key);
      return value === null ? null : JSON.parse(value);
    },

    put: putWith(writeOne),
    putSoon: putWith(writeOneSoon),

    async blob(key, version) {
      const row = await db
        .selectFrom('blobs')
        .select('bytes')
        .where('key', '=', key)
        .where('version', '=', version)
        .executeTakeFirst();
      return row?.bytes ?? null;
    },

    putBlob: (key, version, bytes) =>
      writeOne(async (one) => {
        const columns = { version, bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
        await one
          .insertInto('blobs')
          .values({ key, ...columns })
          .onConflict((conflict) => conflict.column('key').doUpdateSet(columns))
          .execute();
      }),
  };
}
