import { describe, expect, it } from 'vitest';
import { migrateStore, openSqlite } from '../../../src/adapters/open/index.ts';
import { fastClock, postgresBackend, postgresUrl, sqliteBackend } from '../store/backends.ts';
import { delivery, entry, newJob, stateOf } from '../store/samples.ts';

const clock = fastClock(1);

describe.skipIf(postgresUrl === null)('moving from SQLite to PostgreSQL', () => {
  it('takes everything along', async () => {
    const [from, to] = [sqliteBackend(), postgresBackend()];
    const [, path] = from.address;
    const [url, schema] = to.address;
    const target = { url, schema, clock };
    const source = await openSqlite({ path, clock });
    const jobs = [newJob(1, { priority: 5 }), newJob(2, { notBefore: Date.now() + 3_600_000 }), newJob(3)];
    await source.store.accept(delivery('g'), jobs);
    await source.queue.fetch(1);
    await source.store.putRepository({
      repository: 'acme/app',
      installation: 1,
      installedAt: 3,
      paused: true,
    });
    for (let number = 0; number < 1_200; number += 1) {
      if (number < 3) await source.store.record(entry('acme/app', { at: number }));
    }
    await Promise.all(
      Array.from({ length: 1_200 }, (_, number) => source.store.putIssueState(stateOf('acme/app', number))),
    );
    const intent = await source.store.intend({
      repository: 'acme/app',
      number: 7,
      kind: 'create-comment',
      key: 'k',
      at: 1,
    });
    await source.store.put('cursor', { since: 9 });
    await source.store.putBlob('index', '1', Uint8Array.of(0, 255, 10));
    await source.budget.reserve(1, { kind: 'content', priority: 0, patience: 0 }, 5_000);

    await expect(migrateStore({ path }, target)).rejects.toThrow(/is served by another process/);
    await source.store.close();
    expect(await migrateStore({ path }, target)).toEqual({
      deliveries: 1,
      repositories: 1,
      issue_states: 1_200,
      ledger: 3,
      intents: 1,
      state: 1,
      blobs: 1,
      budgets: 1,
      dead_jobs: 0,
      jobs: 3,
    });
    await expect(migrateStore({ path }, target)).rejects.toThrow(/not empty \(there are deliveries\)/);

    const { store, queue, budget } = await to.open(clock);
    expect(await store.accept(delivery('g'), [])).toBe(false);
    expect(await store.repository('acme/app')).toMatchObject({ installedAt: 3, paused: true });
    expect(await store.issueState('acme/app', 1_199)).toEqual(stateOf('acme/app', 1_199));
    expect((await store.ledger({ repository: 'acme/app' })).map(({ at }) => at)).toEqual([0, 1, 2]);
    expect(await store.openIntents('acme/app', 7)).toMatchObject([{ id: intent }]);
    expect(await store.record(entry('acme/app'))).toBeGreaterThan(3);
    expect(await store.get('cursor')).toEqual({ since: 9 });
    expect([...((await store.blob('index', '1')) ?? [])]).toEqual([0, 255, 10]);
    expect(await budget.left(1, 5_000)).toMatchObject({ content: 499 });
    expect((await queue.fetch(10)).map((job) => job.key)).toEqual(['acme/app#3', 'acme/app#1']);
    expect(await queue.depth()).toMatchObject({ waiting: 1, running: 2 });
    await store.close();
    await Promise.all([from.destroy(), to.destroy()]);
  });
});
