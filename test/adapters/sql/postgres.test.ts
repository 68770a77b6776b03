import { type Kysely, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database, Transaction } from '../../../src/adapters/sql/database.ts';
import { postgresDatabase } from '../../../src/adapters/sql/postgres.ts';
import type { Tables } from '../../../src/adapters/sql/schema.ts';
import { postgresUrl } from '../store/backends.ts';

describe.skipIf(postgresUrl === null)('transactions on PostgreSQL', () => {
  const table = sql.table(`turns_${process.pid}`);
  let database: Database;
  beforeEach(async () => {
    const options = { url: postgresUrl ?? '', schema: 'public', application: 'signpost test' };
    database = postgresDatabase({ ...options, onError: () => {} });
    await sql`create table ${table} as select n, 0 as times from generate_series(1, 2) n`.execute(
      database.db,
    );
  });
  afterEach(async () => {
    await sql`drop table ${table}`.execute(database.db);
    await database.close();
  });
  const count = (trx: Transaction, n: number) =>
    sql`update ${table} set times = times + 1 where n = ${n}`.execute(trx);
  const counts = async () => {
    const { rows } = await sql<{ times: number }>`select times from ${table} order by n`.execute(database.db);
    return rows.map(({ times }) => times);
  };

  it.each(['write', 'writeSoon'] as const)('that wait for each other are both made, by %s', async (write) => {
    let arrived = 0;
    let bothHere = (): void => {};
    const both = new Promise<void>((resolve) => {
      bothHere = resolve;
    });
    const inOrder = (first: number, second: number) =>
      database[write](async (trx) => {
        await count(trx, first);
        arrived += 1;
        if (arrived === 2) bothHere();
        await both;
        await count(trx, second);
      });
    await Promise.all([inOrder(1, 2), inOrder(2, 1)]);
    expect(await counts()).toEqual([2, 2]);
    // One of them was rolled back, and more than once where it came again before the other was woken.
    expect(arrived).toBeGreaterThanOrEqual(3);
  });

  it('wait for the disk where they must, and only there', async () => {
    const setting = async (db: Kysely<Tables>): Promise<unknown> => {
      const { rows } = await sql`show synchronous_commit`.execute(db);
      return Object(rows[0]).synchronous_commit;
    };
    expect(await database.write(setting)).toBe('on');
    expect(await database.writeOne(setting)).toBe('on');
    expect(await database.writeSoon(setting)).toBe('off');
    expect(await database.writeOneSoon(setting)).toBe('off');
  });

  it('have their statements parsed once, and bulk inserts each time', async () => {
    const kept = await database.write(async (trx) => {
      for (const n of [1, 2, 3]) await count(trx, n);
      for (const length of [10, 10, 120]) {
        const rows = sql.join(Array.from({ length }, (_, n) => sql`(${n}::int, 0)`));
        await sql`insert into ${table} values ${rows}`.execute(trx);
      }
      return sql<{ statement: string; times: number }>`
        select statement, generic_plans + custom_plans as times from pg_prepared_statements
      `.execute(trx);
    });
    const seen = kept.rows.filter(({ statement }) => statement.includes('turns_'));
    expect(seen.toSorted((a, b) => b.times - a.times)).toEqual([
      { statement: expect.stringMatching(/^update/), times: 3 },
      { statement: expect.stringMatching(/^insert/), times: 2 },
    ]);
  });

  it('keep no plan that reads a table from end to end because it was small', async () => {
    await sql`create index on ${table} (n)`.execute(database.db);
    const plan = await database.write(async (trx) => {
      for (let times = 0; times < 6; times += 1) await count(trx, 1);
      const { rows } = await sql<{ name: string }>`
        select name from pg_prepared_statements where statement like 'update%'
      `.execute(trx);
      return sql`explain execute ${sql.id(rows[0]?.name ?? '')} (1)`.execute(trx);
    });
    expect(JSON.stringify(plan.rows)).toMatch(/Index (?:Only )?Scan/);
  });

  it('that others always come before end in the error', async () => {
    let tries = 0;
    const always = database.write(async (trx) => {
      tries += 1;
      await count(trx, 1);
      await sql.raw(`do $$ begin raise exception 'no' using errcode = '40001'; end $$`).execute(trx);
    });
    await expect(always).rejects.toThrow('no');
    expect(tries).toBe(4);
    expect(await counts()).toEqual([0, 0]);
  });
});
