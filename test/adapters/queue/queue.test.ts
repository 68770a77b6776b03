import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Stores } from '../../../src/adapters/open/index.ts';
import { maxAttempts, retryDelay } from '../../../src/adapters/queue/backoff.ts';
import type { LeasedJob, Queue } from '../../../src/ports/queue.ts';
import { type Backend, backends, fastClock } from '../store/backends.ts';
import { newJob } from '../store/samples.ts';

const clock = fastClock(20_000);
/** PostgreSQL counts from the beginning of the transaction: some of our milliseconds. */
const slack = 20_000 * 50;

async function fetchSoon(queue: Queue): Promise<LeasedJob> {
  // Tries, not seconds: a machine may stand still.
  for (let tries = 0; tries < 2_000; tries += 1) {
    const [job] = await queue.fetch(1);
    if (job !== undefined) return job;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('no job came');
}

describe.each(backends)('queue on %s', (_, create) => {
  let backend: Backend;
  let stores: Stores;
  let queue: Queue;
  beforeEach(async () => {
    backend = create();
    stores = await backend.open(clock);
    queue = stores.queue;
  });
  afterEach(async () => {
    await stores.store.close();
    await backend.destroy();
  });

  it('gives a job out as it was sent, once', async () => {
    const sent = newJob(1, {
      data: { a: 'text', b: 1.5, c: true, d: null },
      installation: null,
      priority: 3,
    });
    const before = clock.now();
    await queue.send([sent]);
    const after = clock.now();
    const [job] = await queue.fetch(5);
    expect(job).toMatchObject({ ...sent, attempts: 0 });
    expect(job?.createdAt).toBeGreaterThanOrEqual(before);
    expect(job?.createdAt).toBeLessThanOrEqual(after);
    expect(await queue.fetch(5)).toEqual([]);
    expect(await queue.depth()).toMatchObject({ waiting: 0, running: 1, dead: 0, oldest: null });
    if (job !== undefined) await queue.complete(job);
    expect(await queue.depth()).toMatchObject({ waiting: 0, running: 0 });
  });

  it('never has two jobs of one key out, whatever their priority', async () => {
    await queue.send([newJob(1), newJob(1, { priority: -5 }), newJob(1), newJob(2), newJob(2)]);
    const first = await queue.fetch(5);
    expect(first.map((job) => job.key).sort()).toEqual(['acme/app#1', 'acme/app#2']);
    expect(await queue.fetch(5)).toEqual([]);
    const [one] = first.filter((job) => job.key === 'acme/app#1');
    if (one !== undefined) await queue.complete(one);
    expect((await queue.fetch(5)).map((job) => job.key)).toEqual(['acme/app#1']);
  });

  it('tells what of a repository has not begun, and how urgent it is', async () => {
    const elsewhere = { repository: 'acme/other', key: 'acme/other#1' };
    await queue.send([newJob(1), newJob(2, { priority: -1 }), newJob(2, { priority: 5 })]);
    await queue.send([newJob(1), newJob(3, { kind: 'comment' }), newJob(1, elsewhere)]);
    const [urgent] = await queue.fetch(1);
    expect(urgent?.priority).toBe(-1);
    expect(await queue.waiting('acme/app', 'triage')).toEqual(
      new Map([
        ['acme/app#1', 0],
        ['acme/app#2', 5],
      ]),
    );
  });

  it('gives out the urgent first, and the older among equals', async () => {
    await queue.send([newJob(1, { priority: 100 })]);
    await queue.send([newJob(2, { priority: 0 })]);
    await queue.send([newJob(3, { priority: 0 })]);
    const order = [];
    for (let i = 0; i < 3; i += 1) order.push((await fetchSoon(queue)).key);
    expect(order).toEqual(['acme/app#2', 'acme/app#3', 'acme/app#1']);
  });

  it('holds a job back until its time', async () => {
    const before = clock.now();
    const notBefore = before + 10_000_000; // half a second of ours
    await queue.send([newJob(1, { notBefore })]);
    expect(await queue.fetch(1)).toEqual([]);
    expect(await queue.depth()).toMatchObject({ waiting: 1, oldest: null });
    await fetchSoon(queue);
    expect(clock.now()).toBeGreaterThanOrEqual(notBefore - slack);
  });

  it('counts failures, and buries the job after the last try', async () => {
    await queue.send([newJob(1)]);
    for (let attempts = 0; attempts < maxAttempts; attempts += 1) {
      const job = await fetchSoon(queue);
      expect(job.attempts).toBe(attempts);
      expect(await queue.dead()).toEqual([]);
      await queue.fail(job, `failure ${attempts}`);
    }
    const [dead] = await queue.dead();
    const { notBefore: _, ...sent } = newJob(1);
    expect(dead).toMatchObject({ ...sent, error: `failure ${maxAttempts - 1}`, attempts: maxAttempts });
    expect(await queue.depth()).toMatchObject({ waiting: 0, running: 0, dead: 1 });

    expect(await queue.revive('no such job')).toBe(false);
    expect(await queue.revive(dead?.id ?? '')).toBe(true);
    expect(await queue.dead()).toEqual([]);
    const again = await fetchSoon(queue);
    expect(again).toMatchObject({ ...newJob(1), attempts: 0 });
    await queue.complete(again);
  }, 60_000);

  it('comes back when GitHub said, without counting that', async () => {
    await queue.send([newJob(1)]);
    const job = await fetchSoon(queue);
    const retryAt = clock.now() + 6_000_000;
    await queue.fail(job, 'limited', retryAt);
    expect(await queue.fetch(1)).toEqual([]);
    expect((await fetchSoon(queue)).attempts).toBe(0);
    expect(clock.now()).toBeGreaterThanOrEqual(retryAt - slack);
  });

  it('keeps a job that is buried for a person, after no further try', async () => {
    await queue.send([newJob(1)]);
    const job = await fetchSoon(queue);
    await queue.deadLetter(job, 'not understood');
    expect(await queue.dead()).toMatchObject([{ ...newJob(1), error: 'not understood', attempts: 0 }]);
    expect(await queue.depth()).toMatchObject({ waiting: 0, running: 0, dead: 1 });
    await queue.deadLetter(job, 'again');
    expect(await queue.dead()).toHaveLength(1);
  });

  it('forgets a dead job that is dropped', async () => {
    await queue.send([newJob(1)]);
    for (let i = 0; i < maxAttempts; i += 1) await queue.fail(await fetchSoon(queue), 'x');
    const [dead] = await queue.dead();
    expect(await queue.drop(dead?.id ?? '')).toBe(true);
    expect(await queue.drop(dead?.id ?? '')).toBe(false);
    expect(await queue.depth()).toMatchObject({ waiting: 0, running: 0, dead: 0 });
  }, 60_000);

  it('has no say over a job that was settled before', async () => {
    await queue.send([newJob(1)]);
    const job = await fetchSoon(queue);
    await queue.complete(job);
    await queue.fail(job, 'late');
    await queue.complete(job);
    expect(await queue.depth()).toMatchObject({ waiting: 0, running: 0, dead: 0 });
  });

  it('settles later what it could not settle while the database failed', async () => {
    await queue.send([newJob(1), newJob(2)]);
    const [one, two] = await queue.fetch(2);
    if (one === undefined || two === undefined) throw new Error('two jobs were sent');
    const table = backend.name === 'SQLite' ? 'jobs' : 'job_common';
    await backend.sql(`alter table ${table} rename to elsewhere`);
    await expect(queue.complete(one)).rejects.toThrow(table);
    await expect(queue.fail(one, 'could not be completed')).rejects.toThrow(table);
    await expect(queue.fail(two, 'limited', 1)).rejects.toThrow(table);
    await expect(queue.fetch(1)).rejects.toThrow(table);
    await backend.sql(`alter table elsewhere rename to ${table}`);
    expect(await queue.fetch(2)).toMatchObject([{ key: two.key, attempts: 0 }]);
    expect(await queue.depth()).toMatchObject({ waiting: 0, running: 1, dead: 0 });
  });

  it('carries work for no repository', async () => {
    await queue.send([newJob(1, { repository: '', key: 'deliveries' })]);
    expect(await queue.fetch(2)).toMatchObject([{ repository: '', key: 'deliveries' }]);
  });

  it('sends more jobs than a statement can bind', async () => {
    await queue.send(Array.from({ length: 12_000 }, (_, n) => newJob(n)));
    expect(await queue.depth()).toMatchObject({ waiting: 12_000 });
    expect(await queue.fetch(50)).toHaveLength(50);
  });
});

describe('the delay before a retry', () => {
  it('doubles up to six hours, with full jitter, and lasts about a day in all', () => {
    const most = Array.from({ length: maxAttempts - 1 }, (_, i) => retryDelay(i + 1, 1));
    expect(most.slice(0, 4)).toEqual([30_000, 60_000, 120_000, 240_000]);
    expect(Math.max(...most)).toBe(6 * 3_600_000);
    expect(retryDelay(3, 0.25)).toBe(30_000);
    const hours = most.reduce((sum, delay) => sum + delay, 0) / 3_600_000;
    expect(hours).toBeCloseTo(38.5, 0);
  });
});
