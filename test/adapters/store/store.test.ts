import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Stores } from '../../../src/adapters/open/index.ts';
import { newestSchema } from '../../../src/adapters/sql/migrate.ts';
import { type Backend, backends, fastClock } from './backends.ts';
import { delivery, entry, newJob, stateOf } from './samples.ts';

const clock = fastClock(1);

describe.each(backends)('store on %s', (_, create) => {
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

  it('accepts a delivery with its jobs once', async () => {
    const { store, queue } = stores;
    expect(await store.accept(delivery('g'), [newJob(1), newJob(2)])).toBe(true);
    expect(await store.accept(delivery('g'), [newJob(3)])).toBe(false);
    expect(await queue.depth()).toMatchObject({ waiting: 2, running: 0, oldest: 1_000 });
  });

  it('accepts one of many deliveries of a GUID that arrive at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => stores.store.accept(delivery('g'), [newJob(1)])),
    );
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await stores.queue.depth()).toMatchObject({ waiting: 1 });
  });

  it('accepts what comes close together, each delivery with its own jobs and answer', async () => {
    const { store, queue } = stores;
    const guids = ['a', 'b', 'c\0', 'b', 'd', 'c\uFFFD'];
    const answers = await Promise.all(guids.map((guid, n) => store.accept(delivery(guid), [newJob(n)])));
    expect(answers).toEqual([true, true, true, false, true, false]);
    const jobs = await queue.fetch(9);
    expect(jobs.map(({ key }) => key).toSorted()).toEqual([0, 1, 2, 4].map((n) => newJob(n).key));
    expect(await Promise.all(guids.map((guid) => store.accept(delivery(guid), [])))).not.toContain(true);
  });

  it('reads what is asked for at once, each under its own name', async () => {
    const { store } = stores;
    await Promise.all([store.put('a', 1), store.putSoon('b\0', { c: 2 })]);
    const read = ['b\0', 'gone', 'a', 'a', 'b\uFFFD'].map((key) => store.get(key));
    expect(await Promise.all(read)).toEqual([{ c: 2 }, null, 1, 1, { c: 2 }]);
  });

  it('takes back only the failing one of the writes that share a commit', async () => {
    const { store } = stores;
    const bad = Number.NaN; // a time that is none: not null violated, or not a bigint
    const answers = await Promise.allSettled([
      store.accept(delivery('a'), []),
      store.accept(delivery('b', { receivedAt: bad }), [newJob(1)]),
      store.accept(delivery('c'), []),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await store.accept(delivery('a'), [])).toBe(false);
    expect(await store.accept(delivery('b'), [])).toBe(true);
  });

  it('rejects, and does not fall over, after it was closed', async () => {
    const { store, budget } = await backend.open(clock, 'another').catch(() => stores);
    await store.close();
    await expect(store.accept(delivery('late'), [])).rejects.toThrow();
    await expect(budget.block(1, 5)).rejects.toThrow();
    if (store === stores.store) stores = await backend.open(clock);
  });

  it('prunes old deliveries', async () => {
    const { store } = stores;
    await store.accept(delivery('old', { receivedAt: 10 }), []);
    await store.accept(delivery('new', { receivedAt: 20 }), []);
    expect(await store.prune(20)).toBe(1);
    expect(await store.accept(delivery('new'), [])).toBe(false);
    expect(await store.accept(delivery('old'), [])).toBe(true);
  });

  it('finds states of issues by when they are due, and by when we commented', async () => {
    const { store } = stores;
    const said = (at: number) => ({ comment: { id: at, at } });
    await store.putIssueState(stateOf('acme/app', 1, { ...said(10), poll: { due: 300 } }));
    await store.putIssueState(stateOf('acme/app', 2, { ...said(30), poll: { due: 200 } }));
    await store.putIssueState(stateOf('acme/app', 3, { ...said(20), poll: { due: null } }));
    await store.putIssueState(stateOf('acme/app', 4));
    await store.putIssueState(stateOf('acme/other', 5, { ...said(40), poll: { due: 100 } }));
    const numbers = (states: readonly { number: number }[]) => states.map(({ number }) => number);
    expect(numbers(await store.due('acme/app', 299, 9))).toEqual([2]);
    expect(numbers(await store.due('acme/app', 300, 9))).toEqual([2, 1]);
    expect(numbers(await store.due('acme/app', 300, 1))).toEqual([2]);
    expect(numbers(await store.commented('acme/app', 2))).toEqual([2, 3]);
    // Our comment was deleted: that we commented stays true.
    await store.putIssueState(stateOf('acme/app', 2));
    expect(numbers(await store.commented('acme/app', 9))).toEqual([2, 3, 1]);
    expect(numbers(await store.due('acme/app', 999, 9))).toEqual([1]);
  });

  it('keeps the first installation time of a repository', async () => {
    const { store } = stores;
    const row = { repository: 'acme/app', installation: 1, installedAt: 5, paused: false };
    await store.putRepository(row);
    await store.putRepository({ ...row, installation: 2, installedAt: 99, paused: true });
    expect(await store.repository('acme/app')).toEqual({ ...row, installation: 2, paused: true });
    expect(await store.repository('acme/other')).toBeNull();
    expect(await store.repositories()).toHaveLength(1);
  });

  it('returns the state of an issue as it was put, the last one', async () => {
    const { store } = stores;
    const state = stateOf('acme/app', 7, {
      comment: { id: 9_007_199_254_740_991, at: 1_795_000_000_000 },
      facts: { version: '2.1.3' },
      deadEnd: { of: null, why: 'none', open: null },
    });
    await store.putIssueState(stateOf('acme/app', 7));
    await store.putIssueState(state);
    expect(await store.issueState('acme/app', 7)).toEqual(state);
    expect(await store.issueState('acme/app', 8)).toBeNull();
    await store.putIssueState(stateOf('acme/app', 5));
    await store.putIssueState(stateOf('acme/other', 6));
    expect(await store.issueStates('acme/app')).toEqual([stateOf('acme/app', 5), state]);
  });

  it('stores hostile text: NUL and lone surrogates replaced, all else as it is', async () => {
    const { store, queue } = stores;
    const hostile = 'a\0b\uD800c 😀 \\u0000 \'; drop table ledger; -- "';
    const mended = 'a\uFFFDb\uFFFDc 😀 \\u0000 \'; drop table ledger; -- "';
    await store.accept(delivery(hostile, { sender: hostile }), [newJob(1, { data: { text: hostile } })]);
    expect(await store.accept(delivery(mended), [])).toBe(false);
    expect((await queue.fetch(1))[0]?.data).toEqual({ text: mended });
    await store.put(hostile, { text: hostile });
    expect(await store.get(mended)).toEqual({ text: mended });
    await store.record(entry('acme/app', { cause: hostile, plan: { actions: [], withheld: [hostile] } }));
    const [row] = await store.ledger({ repository: 'acme/app' });
    expect(row).toMatchObject({ cause: mended, plan: { withheld: [mended] } });
  });

  it('reads the ledger by issue and time, oldest first', async () => {
    const { store } = stores;
    const ids = [
      await store.record(entry('acme/app', { at: 30 })),
      await store.record(entry('acme/app', { at: 10, number: null })),
      await store.record(entry('acme/app', { at: 20, number: 8 })),
      await store.record(entry('acme/other', { at: 15 })),
    ];
    expect(new Set(ids).size).toBe(4);
    const at = async (query: Parameters<typeof store.ledger>[0]) =>
      (await store.ledger(query)).map((row) => row.at);
    expect(await at({ repository: 'acme/app' })).toEqual([10, 20, 30]);
    expect(await at({ repository: 'acme/app', since: 20, until: 30 })).toEqual([20]);
    expect(await at({ repository: 'acme/app', number: 7 })).toEqual([30]);
  });

  it('keeps an intent open until it is settled, and counts the comments', async () => {
    const { store } = stores;
    const intent = { repository: 'acme/app', number: 7, kind: 'create-comment', key: 'hash', at: 50 };
    const id = await store.intend(intent);
    expect(await store.openIntents('acme/app', 7)).toEqual([{ ...intent, id }]);
    expect(await store.commentsSince('acme/app', 0)).toBe(0);
    await store.settle(id);
    expect(await store.openIntents('acme/app', 7)).toEqual([]);
    expect(await store.commentsSince('acme/app', 50)).toBe(1);
    expect(await store.commentsSince('acme/app', 51)).toBe(0);
  });

  it('keeps state by name and blobs by name and version', async () => {
    const { store } = stores;
    await store.put('cursor', { since: 1 });
    await store.putSoon('cursor', { since: 2 });
    await store.put('nothing', undefined);
    expect(await store.get('cursor')).toEqual({ since: 2 });
    expect(await store.get('nothing')).toBeNull();
    expect(await store.get('absent')).toBeNull();
    const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => i % 256);
    await store.putBlob('index', 'v1', bytes.subarray(1));
    expect(Buffer.from((await store.blob('index', 'v1')) ?? [])).toEqual(Buffer.from(bytes.subarray(1)));
    expect(await store.blob('index', 'v2')).toBeNull();
    await store.putBlob('index', 'v2', bytes);
    expect(await store.blob('index', 'v1')).toBeNull();
  });

  it('is all there after closing and opening again', async () => {
    await stores.store.accept(delivery('g'), [newJob(1)]);
    await stores.store.close();
    stores = await backend.open(clock);
    expect(await stores.store.accept(delivery('g'), [])).toBe(false);
    expect(await stores.queue.depth()).toMatchObject({ waiting: 1 });
    expect(await stores.store.schemaVersion()).toBe(newestSchema);
  });

  it('refuses a database that is newer than the code, and a command one that is older', async () => {
    await stores.store.close();
    await backend.sql("insert into migrations (number, name, applied_at) values (999, 'later', 0)");
    await expect(backend.open(clock)).rejects.toThrow(/has schema 999, this Signpost knows schemas up to /);
    await expect(backend.openTool(clock)).rejects.toThrow(/run a newer Signpost/);
    await backend.sql('delete from migrations where number = 999');
    await backend.sql('update migrations set number = -number');
    await expect(backend.openTool(clock)).rejects.toThrow(/start the server once/);
    await backend.sql('update migrations set number = -number');
    stores = await backend.open(clock);
  });

  it('lets a command look in and mend while the server runs', async () => {
    await stores.queue.send([newJob(1)]);
    const tool = await backend.openTool(clock);
    expect(await tool.queue.depth()).toMatchObject({ waiting: 1, running: 0 });
    expect(await tool.queue.dead()).toEqual([]);
    await tool.store.close();
    expect(await stores.queue.fetch(1)).toHaveLength(1);
  });
});
