import type { Store } from '../../ports/store.ts';
import type { Database } from './database.ts';
import { toJson } from './text.ts';

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
  return {
    async get(key) {
      const row = await db.selectFrom('state').select('value').where('key', '=', key).executeTakeFirst();
      return row === undefined ? null : JSON.parse(row.value);
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
