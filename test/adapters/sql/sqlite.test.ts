import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqlite } from '../../../src/adapters/open/index.ts';
import { type Backend, fastClock, sqliteBackend } from '../store/backends.ts';
import { delivery } from '../store/samples.ts';

const clock = fastClock(1);

describe('a write to SQLite', () => {
  let backend: Backend;
  let path: string;
  beforeEach(() => {
    backend = sqliteBackend();
    path = backend.address[1];
  });
  afterEach(() => backend.destroy());

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

  it('waits for the disk before it acknowledges', async () => {
    const { store } = await openSqlite({ path, clock });
    await store.accept(delivery('a'), []);
    expect(await backend.sql('pragma journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    // Another connection sees at once what was acknowledged.
    expect(await backend.sql('select guid from deliveries')).toEqual([{ guid: 'a' }]);
    await store.close();
  });
});
