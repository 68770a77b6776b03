import { expect, test } from 'vitest';
import { runInThread } from '../../../src/adapters/threads/run-in-thread.ts';
import type { Task } from '../../../src/ports/compute.ts';

/** A task of that source. */
const task = (run: string): Task<(input: { readonly n: number }) => { readonly n: number }> => ({
  module: new URL(`data:text/javascript,${encodeURIComponent(`export const run = ${run};`)}`),
});

test('the answer of a task comes back, while the main thread goes on', async () => {
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 5);
  const busy = task(
    '({ n }) => { const end = Date.now() + 300; while (Date.now() < end); return { n: 2 * n }; }',
  );
  expect(await runInThread(busy, { n: 21 })).toEqual({ n: 42 });
  clearInterval(timer);
  expect(turns).toBeGreaterThan(5);
});

test('a task may answer later', async () => {
  const later = task('({ n }) => new Promise((resolve) => setTimeout(() => resolve({ n }), 20))');
  expect(await runInThread(later, { n: 1 })).toEqual({ n: 1 });
});

test('what a task throws is thrown here', async () => {
  const failing = task('() => { throw new RangeError("no such number"); }');
  await expect(runInThread(failing, { n: 1 })).rejects.toThrow(RangeError('no such number'));
});

test('a thread that ends without an answer is an error, whatever its code', async () => {
  for (const code of [0, 3])
    await expect(runInThread(task(`() => process.exit(${code})`), { n: 1 })).rejects.toThrow(
      `ended with code ${code} and no answer`,
    );
});
