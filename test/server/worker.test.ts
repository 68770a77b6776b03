import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/clock.ts';
import type { Stores } from '../../src/adapters/open/index.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { LeasedJob } from '../../src/ports/queue.ts';
import { createLog } from '../../src/process/log.ts';
import { createMetrics } from '../../src/process/metrics.ts';
import { startWorker, type Worker } from '../../src/server/worker.ts';
import { type Backend, backends } from '../adapters/store/backends.ts';
import { newJob } from '../adapters/store/samples.ts';

let backend: Backend;
let stores: Stores;
let worker: Worker;
/** Jobs that were begun, and how to end them. */
let begun: Map<string, () => void>;
let fetches: number;

beforeEach(async () => {
  const [, create] = backends[0] ?? [];
  if (create === undefined) throw new Error('no backend');
  backend = create();
  stores = await backend.open(systemClock);
  begun = new Map();
  fetches = 0;
});
afterEach(async () => {
  const stopped = worker.stop();
  for (const end of begun.values()) end();
  await stopped;
  await stores.store.close();
  await backend.destroy();
});

function start(clock: Clock = systemClock): void {
  const { queue } = stores;
  worker = startWorker({
    queue: {
      ...queue,
      fetch(count) {
        fetches += 1;
        return queue.fetch(count);
      },
    },
    handle: (job: LeasedJob) => new Promise<void>((resolve) => begun.set(job.key, resolve)),
    clock,
    log: createLog('silent'),
    metrics: createMetrics(),
  });
}

async function send(...numbers: readonly number[]): Promise<void> {
  await stores.queue.send(numbers.map((number) => newJob(number)));
  worker.wake();
}

/** Resolves when so many were begun, and fails with those that were. */
async function begin(count: number): Promise<void> {
  await expect.poll(() => begun.size, { timeout: 5_000, interval: 5 }).toBe(count);
}

it('has four in hand at most', async () => {
  start();
  await send(1, 2, 3, 4, 5, 6);
  await begin(4);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect([...begun.keys()].sort()).toEqual([1, 2, 3, 4].map((number) => `acme/app#${number}`));
});

it('lets slow jobs hold up no other while there is room', async () => {
  start();
  await send(1, 2, 3);
  await begin(3);
  const sent = performance.now();
  await send(4);
  await begin(4);
  // Far below the second after which it looks without being woken.
  expect(performance.now() - sent).toBeLessThan(800);
});

it('begins the next job of an issue when the one before has ended', async () => {
  start();
  await send(1, 1);
  await begin(1);
  const first = begun.get('acme/app#1');
  begun.delete('acme/app#1');
  first?.();
  await begin(1);
});

it('does not ask for every job that ends', async () => {
  // A clock on which it would wait for seconds: only the room that comes free has it ask.
  start({ ...systemClock, sleep: (ms, signal) => systemClock.sleep(ms * 100, signal) });
  await send(...Array.from({ length: 40 }, (_, n) => n));
  await begin(4);
  const before = fetches;
  for (let ended = 1; ended <= 30; ended += 1) {
    const [key, end] = [...begun][0] ?? [];
    begun.delete(String(key));
    end?.();
    if (ended % 2 === 0) await begin(4);
    else await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(fetches - before).toBe(15);
});
