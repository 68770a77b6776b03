import { systemClock } from '../../src/adapters/clock.ts';
import type { Clock } from '../../src/ports/clock.ts';

export interface StillClock extends Clock {
  /** Moves time, and wakes those whose time has come, in order. */
  advance(ms: number): void;
}

/** A clock that stands still until it is moved: limits are met to the millisecond. Starts now. */
export function createStillClock(): StillClock {
  let now = Date.now();
  const sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();
  return {
    now: () => now,
    yield: systemClock.yield,
    sleep: (ms) =>
      new Promise((resolve) => {
        if (ms <= 0) return resolve();
        const sleeper = {
          at: now + ms,
          wake() {
            sleepers.delete(sleeper);
            resolve();
          },
        };
        sleepers.add(sleeper);
      }),
    advance(ms) {
      now += ms;
      const due = [...sleepers].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
      for (const { wake } of due) wake();
    },
  };
}
