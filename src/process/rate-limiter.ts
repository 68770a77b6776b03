import type { Budget, Cost } from '../ports/budget.ts';
import type { Clock } from '../ports/clock.ts';
import { GitHubError } from '../ports/github-error.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { CallOutcome, RateLimiter } from '../ports/rate-limiter.ts';

/**
 * Milliseconds. A job holds its issue while it waits, so it does not wait long: it comes back when there is
 * room.
 */
const patience = 10_000;

/**
 * Limits the calls of an installation: each is booked in the budget that all workers share, counted, and its
 * outcome told to the budget. `acquire` rejects where the call would have to wait for more than ten seconds.
 *
 * @param priority that of the job the calls are made for
 */
export function createRateLimiter(
  installation: number,
  priority: number,
  { budget, clock, metrics }: { readonly budget: Budget; readonly clock: Clock; readonly metrics: Metrics },
): RateLimiter {
  return {
    async acquire(route) {
      const kind = costKind(route);
      const { at, granted } = await budget.reserve(installation, { kind, priority, patience }, clock.now());
      if (!granted)
        throw new GitHubError('limited', route, null, 'kept back to stay within GitHub\u2019s limits', at);
      const wait = at - clock.now();
      if (wait > 0) await clock.sleep(wait);
    },
    async release(route, { headers, retryAt, status }) {
      metrics.called(route, status);
      if (retryAt !== null) await budget.block(installation, retryAt);
      const limit = rateLimit(headers, 'limit');
      // GraphQL has an account of its own at GitHub, in points.
      if (route === 'POST /graphql' || !Number.isFinite(limit)) return;
      const remaining = rateLimit(headers, 'remaining');
      metrics.budget(installation, remaining);
      await budget.observe(installation, { limit, remaining, resetAt: rateLimit(headers, 'reset') * 1000 });
    },
  };
}

/** NaN where the answer does not say. */
function rateLimit(headers: CallOutcome['headers'], name: string): number {
  return Number(headers[`x-ratelimit-${name}`] ?? Number.NaN);
}

/** What GitHub calls content-creating is what people are notified of. */
function costKind(route: string): Cost['kind'] {
  if (/^POST .*\/(comments|issues|pulls)$/.test(route)) return 'content';
  return route.startsWith('GET ') || route === 'POST /graphql' ? 'read' : 'write';
}
