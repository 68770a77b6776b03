import { systemClock } from '../src/adapters/clock.ts';
import type { Clock } from '../src/ports/clock.ts';

export interface TestClock extends Clock {
  /** Jumps ahead, and wakes those whose time has come, in order. */
  advance(ms: number): void;
}

/**
 * A clock that runs `factor` times as fast as the wall's and can be moved ahead: a second between two writes is then a few
 * milliseconds, for the App and the double alike. Starts now, unless told otherwise.
 */
export function createTestClock(factor = 200, start = Date.now()): TestClock {
  const started = performance.now();
  let jumped = 0;
  const sleepers = new Set<{ readonly at: number; readonly check: () => void }>();
  const now = (): number => Math.floor(start + jumped + (performance.now() - started) * factor);
  return {
    now,
    rate: factor,
    yield: systemClock.yield,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        const at = now() + Math.max(0, ms);
        let timer: NodeJS.Timeout | undefined;
        const wake = (): void => {
          clearTimeout(timer);
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const check = (): void => {
          clearTimeout(timer);
          if (now() >= at) wake();
          else timer = setTimeout(check, Math.max(0, Math.ceil((at - now()) / factor)));
        };
        const sleeper = { at, check };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', wake, { once: true });
        check();
      }),
    advance(ms) {
      jumped += ms;
      for (const { check } of [...sleepers].sort((a, b) => a.at - b.at)) check();
    },
  };
}
