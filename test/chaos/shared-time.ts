import { createTestClock, type TestClock } from '../clock.ts';

/** The clock that parent and children share. */
export interface SharedTime {
  readonly factor: number;
  /** Epoch milliseconds of the clock at `wall` of the machine. */
  readonly start: number;
  readonly wall: number;
}

export function createSharedClock({ factor, start, wall }: SharedTime): TestClock {
  return createTestClock(factor, start + (Date.now() - wall) * factor);
}
