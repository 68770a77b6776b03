import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqlite } from '../../../src/adapters/open/index.ts';
import { type Backend, fastClock, sqliteBackend } from '../store/backends.ts';
import { delivery, newJob } from '../store/samples.ts';

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
    const stores = await openSqlite({ path, clock });
    await expect(openSqlite({ path, clock })).rejects.toThrow(
      new RegExp(
        `signpost.db is served by another process \\(pid ${process.pid} on .+\\).*stop that one first`,
      ),
    );
    await stores.store.close();
    await (await openSqlite({ path, clock })).store.close();
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

  it('gives up a job that took too many processes along', async () => {
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
