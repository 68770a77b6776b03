const first = 30_000;
const longest = 6 * 3_600_000;

/** Tries before a job is given up: over 19 hours on average, 38 at most. */
export const maxAttempts = 16;

/**
 * How long to wait before the next try, in milliseconds: exponential with full jitter, so that jobs that
 * failed together do not come back together (Brooker, "Exponential Backoff and Jitter", AWS 2015).
 *
 * @param attempts how often it failed, this time included
 * @param random from 0 up to 1
 */
export function retryDelay(attempts: number, random: number): number {
  return Math.ceil(random * Math.min(longest, first * 2 ** (attempts - 1)));
}
