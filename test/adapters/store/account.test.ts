import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Stores } from '../../../src/adapters/open/index.ts';
import { type Backend, backends, fastClock } from './backends.ts';

const clock = fastClock(1);
const content = { kind: 'content', priority: 0, patience: 3_600_000 } as const;

describe.each(backends)('account on %s', (name, create) => {
  let backend: Backend;
  let stores: Stores;
  beforeEach(async () => {
    backend = create();
    stores = await backend.open(clock);
  });
  afterEach(async () => {
    await stores.store.close();
    await backend.destroy();
  });

  it('books each second once for callers that ask at once, of one process or of several', async () => {
    const others = name === 'SQLite' ? [] : [await backend.open(clock, 'b'), await backend.open(clock, 'c')];
    const all = [stores, ...others];
    const booked = await Promise.all(
      Array.from({ length: 60 }, (_, i) => all[i % all.length]?.budget.reserve(1, content, 50_000)),
    );
    const times = booked.map((reservation) => reservation?.at ?? 0).sort((a, b) => a - b);
    expect(times).toEqual(Array.from({ length: 60 }, (_, i) => 50_000 + i * 1_000));
    expect(await stores.budget.left(1, 50_000)).toEqual({ requests: null, content: 440 });
    for (const other of others) await other.store.close();
  });

  it('keeps installations apart', async () => {
    const { budget } = stores;
    await budget.block(1, 99_000);
    await budget.observe(1, { limit: 5_000, remaining: 4_000, resetAt: 99_000_000 });
    expect(await budget.reserve(1, content, 1_000)).toEqual({ at: 99_000, granted: true });
    expect(await budget.reserve(2, content, 1_000)).toEqual({ at: 1_000, granted: true });
    expect(await budget.left(1, 1_000)).toEqual({ requests: 3_999, content: 499 });
  });

  it.skipIf(name === 'SQLite')(
    'knows what another process has booked, heard, and been told to wait',
    async () => {
      const other = await backend.open(clock, 'b');
      const [here, there] = [stores.budget, other.budget];
      const read = { kind: 'read', priority: 0, patience: 0 } as const;
      await here.observe(1, { limit: 5_000, remaining: 1, resetAt: 900_000 });
      expect(await here.reserve(1, read, 1_000)).toEqual({ at: 1_000, granted: true });
      await there.observe(1, { limit: 5_000, remaining: 4_000, resetAt: 1_800_000 });
      expect(await here.reserve(1, read, 1_000)).toEqual({ at: 1_000, granted: true });
      await there.block(1, 50_000);
      expect(await here.reserve(1, read, 1_000)).toEqual({ at: 50_000, granted: false });
      expect(await there.reserve(1, read, 50_000)).toEqual({ at: 50_000, granted: true });
      expect(await here.left(1, 50_000)).toEqual({ requests: 3_998, content: 500 });
      await other.store.close();
    },
  );

  it('is as it was after closing and opening again', async () => {
    await stores.budget.reserve(1, content, 1_000);
    await stores.store.close();
    stores = await backend.open(clock);
    expect(await stores.budget.reserve(1, content, 1_000)).toEqual({ at: 2_000, granted: true });
  });

  it('rejects, and goes on, when the store fails', async () => {
    await backend.sql('alter table budgets rename to elsewhere');
    await expect(stores.budget.reserve(1, content, 1_000)).rejects.toThrow(/budgets/);
    await backend.sql('alter table elsewhere rename to budgets');
    expect(await stores.budget.reserve(1, content, 1_000)).toEqual({ at: 1_000, granted: true });
  });
});
