import { setTimeout } from 'node:timers/promises';

/** So many items go together at most. */
const most = 100;
/** A pause is so many times as long as the run before it. */
const pauseTimes = 3;

interface Waiting<T, R> {
  readonly item: T;
  readonly done: (result: R) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Runs work on items together where each run costs much and one more item little. The first goes at once; those that come
 * during a run, and in the pause after it, share the next one. When a run fails, each of its items is run alone.
 * @param run takes items in order of arrival and answers for each; may be repeated after a failure
 * @param longestPause milliseconds; 0: no pause
 */
export function inBatches<T, R>(
  run: (items: readonly T[]) => Promise<readonly R[]>,
  longestPause: number,
): (item: T) => Promise<R> {
  let waiting: Waiting<T, R>[] = [];
  let running = false;

  async function runTogether(batch: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const results = await run(batch.map(({ item }) => item));
      for (const [at, { done }] of batch.entries()) done(results[at] as R);
    } catch (error) {
      if (batch.length === 1) batch[0]?.failed(error);
      else await Promise.all(batch.map((one) => runTogether([one])));
    }
  }

  async function drain(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      const began = performance.now();
      await runTogether(batch);
      const pause = Math.min(pauseTimes * (performance.now() - began), longestPause);
      if (pause > 0) await setTimeout(pause);
    }
    running = false;
  }

  return (item) =>
    new Promise((done, failed) => {
      waiting.push({ item, done, failed });
      if (!running) void drain();
    });
}
