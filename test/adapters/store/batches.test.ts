import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inBatches } from '../../../src/adapters/store/batches.ts';

/** A run that takes a moment, fails for batches that hold -1, and keeps what it was given. */
function recorded(longestPause = 20) {
  const batches: (readonly number[])[] = [];
  const run = async (items: readonly number[]): Promise<number[]> => {
    batches.push(items);
    await sleep(5);
    if (items.includes(-1)) throw new Error('not -1');
    return items.map((item) => item * 2);
  };
  const double = inBatches(run, longestPause);
  return { batches, double };
}

describe('work in batches', () => {
  it('runs the first at once and what comes meanwhile together, each with its own answer', async () => {
    const { batches, double } = recorded();
    expect(await Promise.all([1, 2, 3, 4].map(double))).toEqual([2, 4, 6, 8]);
    expect(batches).toEqual([[1], [2, 3, 4]]);
  });

  it('leaves a pause after a run, in which more gather', async () => {
    const { batches, double } = recorded();
    await double(1);
    const second = double(2);
    await sleep(2);
    await Promise.all([second, double(3)]);
    expect(batches).toEqual([[1], [2, 3]]);
  });

  it('leaves none where none is wanted', async () => {
    const { batches, double } = recorded(0);
    await double(1);
    const second = double(2);
    await setImmediate();
    expect(batches).toEqual([[1], [2]]);
    await second;
  });

  it('runs at once again when nothing has come for a while', async () => {
    const { batches, double } = recorded();
    await double(1);
    await sleep(60);
    const second = double(2);
    expect(batches).toEqual([[1], [2]]);
    await second;
  });

  it('takes no more than a hundred together', async () => {
    const { batches, double } = recorded();
    const items = Array.from({ length: 251 }, (_, n) => n);
    expect(await Promise.all(items.map(double))).toEqual(items.map((n) => n * 2));
    expect(batches.map(({ length }) => length)).toEqual([1, 100, 100, 50]);
  });

  it('fails only the one that fails, and goes on', async () => {
    const { batches, double } = recorded();
    const answers = await Promise.allSettled([1, 2, -1, 3].map(double));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(batches).toEqual([[1], [2, -1, 3], [2], [-1], [3]]);
    expect(await double(5)).toBe(10);
  });
});
