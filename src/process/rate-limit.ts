import type { Gate } from '../adapters/github/index.ts';
import type { Budget, Cost } from '../ports/budget.ts';
import type { Clock } from '../ports/clock.ts';
import { GitHubError } from '../ports/github-error.ts';
import type { Metrics } from '../ports/metrics.ts';

/** A job holds its issue while it waits, so it does not wait long: it comes back when there is room. */
const patience = 10_000;

/**
 * The one gate that every call of an installation passes: booked in the account that all workers share, counted, and its
 * outcome told to the account. `priority` is that of the job the call is made for.
 */
export function createRateLimiter(
  installation: number,
  priority: number,
  { budget, clock, metrics }: { budget: Budget; clock: Clock; metrics: Metrics },
): Gate {
  return {
    async enter(route) {
      const kind = kindOf(route);
      const { at, granted } = await budget.reserve(installation, { kind, priority, patience }, clock.now());
      if (!granted)
        throw new GitHubError('limited', route, null, 'kept back to stay within GitHub\u2019s limits', at);
      const wait = at - clock.now();
      if (wait > 0) await clock.sleep(wait);
    },
    async leave(route, status, headers, retryAt) {
      metrics.called(route, status);
      if (retryAt !== null) await budget.block(installation, retryAt);
      const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) =>
        Number(headers[`x-ratelimit-${name}`] ?? Number.NaN),
      );
      // GraphQL has an account of its own at GitHub, in points.
      if (
        route === 'POST /graphql' ||
        limit === undefined ||
        !Number.isFinite(limit) ||
        remaining === undefined ||
        reset === undefined
      )
        return;
      metrics.budget(installation, remaining);
      await budget.observe(installation, { limit, remaining, resetAt: reset * 1000 });
    },
  };
}

/** What GitHub calls content-creating is what people are notified of. */
function kindOf(route: string): Cost['kind'] {
  if (/^POST .*\/(comments|issues|pulls)$/.test(route)) return 'content';
  return route.startsWith('GET ') || route === 'POST /graphql' ? 'read' : 'write';
}
