import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrateStore, openSqlite } from '../../../src/adapters/open/index.ts';
import { type Backend, fastClock, postgresBackend, postgresUrl, sqliteBackend } from './backends.ts';
import { delivery, entry, newJob, stateOf } from './samples.ts';

const clock = fastClock(1);
const busy = join(import.meta.dirname, '../queue/busy-process.ts');

describe('a SQLite file', () => {
  let backend: Backend;
  let path: string;
  beforeEach(() => {
    backend = sqliteBackend();
    path = backend.address[1];
  });
  afterEach(() => backend.destroy());

  it('has one server; the second is told who has it', async () => {
    const opened = await openSqlite({ path, clock });
    await expect(openSqlite({ path, clock })).rejects.toThrow(
      new RegExp(
        `signpost.db is served by another process \\(pid ${process.pid} on .+\\).*stop that one first`,
      ),
    );
    await opened.store.close();
    await (await openSqlite({ path, clock })).store.close();
  });

  it('does not stop the thread while another connection writes', async () => {
    const { store } = await openSqlite({ path, clock });
    const other = new Sqlite(path);
    other.exec('begin immediate');
    let turns = 0;
    const ticking = setInterval(() => {
      turns += 1;
    }, 5);
    const began = performance.now();
    const written = store.put('colour', 'green').then(() => performance.now() - began);
    setTimeout(() => other.exec('commit'), 300);
    expect(await written).toBeGreaterThan(250);
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(20);
    expect(await store.get('colour')).toBe('green');
    other.close();
    await store.close();
  });

  it('is free again when its server is killed, and what ran there comes back at once', async () => {
    const child = spawn(process.execPath, [busy, 'sqlite', path, 'a', join(path, '..')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    await expect(openSqlite({ path, clock })).rejects.toThrow(`pid ${child.pid}`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const { store, queue } = await openSqlite({ path, clock });
    expect(await queue.depth()).toMatchObject({ running: 0 });
    await store.close();
  });

  it('buries a job that took too many processes along', async () => {
    const { store, queue } = await openSqlite({ path, clock });
    await queue.send([newJob(1)]);
    await queue.fetch(1);
    await backend.sql('update jobs set crashes = 24');
    await store.close();
    const again = await openSqlite({ path, clock });
    expect(await again.queue.dead()).toMatchObject([
      { key: 'acme/app#1', error: 'the process died 25 times while this job ran' },
    ]);
    expect(await again.queue.depth()).toMatchObject({ waiting: 0, running: 0, dead: 1 });
    await again.store.close();
  });

  it('waits for the disk before it acknowledges', async () => {
    const { store } = await openSqlite({ path, clock });
    await store.accept(delivery('a'), []);
    expect(await backend.sql('pragma journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    // Another connection sees at once what was acknowledged.
    expect(await backend.sql('select guid from deliveries')).toEqual([{ guid: 'a' }]);
    await store.close();
  });

  it('is backed up while it is written to', async () => {
    const { store, queue, backup } = await openSqlite({ path, clock });
    const writes = Array.from({ length: 300 }, (_, n) => store.accept(delivery(`g${n}`), [newJob(n)]));
    await writes[0];
    const copy = join(path, '../copy.db');
    await Promise.all([backup(copy), ...writes]);
    await store.close();
    const restored = await openSqlite({ path: copy, clock });
    const { waiting } = await restored.queue.depth();
    expect(waiting).toBeGreaterThan(0);
    // A delivery is in the copy with its job or not at all.
    const known = [];
    for (let n = 0; n < 300; n += 1) if (!(await restored.store.accept(delivery(`g${n}`), []))) known.push(n);
    expect(known).toHaveLength(waiting);
    expect(queue).toBeDefined();
    await restored.store.close();
  });

  it('says which file is missing when a command looks for it', async () => {
    await expect(openSqlite({ path: `${path}.none`, clock, role: 'tool' })).rejects.toThrow(
      /signpost\.db\.none/,
    );
  });
});

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
