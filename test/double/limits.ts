import type { Clock } from '../../src/ports/clock.ts';
import type { Caller } from './http.ts';
import { Refusal } from './world.ts';

/** A sum over the last so many milliseconds. */
interface Window {
  add(now: number, amount: number): void;
  sum(now: number): number;
  /** When so much of the sum has left the window that it is below this. */
  below(limit: number): number;
}

function slidingWindow(span: number): Window {
  const times: number[] = [];
  const amounts: number[] = [];
  let first = 0;
  let total = 0;
  const forget = (now: number): void => {
    while (first < times.length && times[first]! <= now - span) total -= amounts[first++]!;
    if (first > 4_096) {
      times.splice(0, first);
      amounts.splice(0, first);
      first = 0;
    }
  };
  return {
    add(now, amount) {
      times.push(now);
      amounts.push(amount);
      total += amount;
    },
    sum(now) {
      forget(now);
      return total;
    },
    below(limit) {
      let left = total;
      for (let at = first; at < times.length; at++) {
        left -= amounts[at]!;
        if (left < limit) return times[at]! + span;
      }
      return 0;
    },
  };
}

interface Bucket {
  readonly limit: number;
  used: number;
  /** Epoch milliseconds. */
  reset: number;
}

interface Account {
  readonly core: Bucket;
  readonly graphql: Bucket;
  readonly points: Window;
  readonly minute: Window;
  readonly hour: Window;
  atOnce: number;
}

export interface Cost {
  readonly resource: 'core' | 'graphql';
  /** Of the primary limit. */
  readonly calls: number;
  /** Of the secondary limit of 900 (GraphQL: 2,000) a minute. */
  readonly points: number;
  readonly creates: boolean;
}

/** One limit as `GET /rate_limit` shows it; `reset` in epoch seconds. */
export interface LimitStatus {
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  readonly reset: number;
}

export interface Limits {
  /** Takes more of the primary limit for a request that is in already. */
  charge(caller: Caller, resource: 'core' | 'graphql', calls: number): void;
  /**
   * Counts a request in, or refuses it. What it returns is to be called with the answer; `free` says that it
   * was a 304, which costs nothing of the primary limit.
   */
  enter(caller: Caller, cost: Cost): (free: boolean) => void;
  headers(caller: Caller, resource: 'core' | 'graphql'): Record<string, string>;
  show(caller: Caller, resource: 'core' | 'graphql'): LimitStatus;
}

const hour = 3_600_000;
const minute = 60_000;
const concurrent = 100;
const perMinute = 80;
const perHour = 500;
const pointsAMinute = { core: 900, graphql: 2_000 } as const;

/** GitHub's limits on this clock; `primary` overrides the calls an hour of an installation. */
export function createLimits(clock: Clock, primary = 5_000): Limits {
  const accounts = new Map<string, Account>();

  const accountOf = (caller: Caller): Account => {
    const key = keyOf(caller);
    const known = accounts.get(key);
    if (known) return known;
    const limit = caller.kind === 'anonymous' ? 60 : caller.kind === 'installation' ? primary : 5_000;
    const made: Account = {
      core: { limit, used: 0, reset: 0 },
      graphql: { limit: caller.kind === 'anonymous' ? 0 : limit, used: 0, reset: 0 },
      points: slidingWindow(minute),
      minute: slidingWindow(minute),
      hour: slidingWindow(hour),
      atOnce: 0,
    };
    accounts.set(key, made);
    return made;
  };

  const bucketOf = (caller: Caller, resource: 'core' | 'graphql'): Bucket => {
    const bucket = accountOf(caller)[resource];
    const now = clock.now();
    if (bucket.reset <= now) {
      bucket.used = 0;
      bucket.reset = Math.ceil((now + hour) / 1_000) * 1_000;
    }
    return bucket;
  };

  const secondary = (status: 403 | 429, until: number): Refusal =>
    new Refusal(
      status,
      'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
      undefined,
      { 'retry-after': String(Math.max(1, Math.ceil((until - clock.now()) / 1_000))) },
    );

  return {
    enter(caller, cost) {
      const now = clock.now();
      const account = accountOf(caller);
      const bucket = bucketOf(caller, cost.resource);
      if (bucket.used + cost.calls > bucket.limit)
        throw new Refusal(403, `API rate limit exceeded for ${keyOf(caller)}.`);
      if (account.atOnce >= concurrent) throw secondary(403, now + minute);
      if (account.points.sum(now) + cost.points > pointsAMinute[cost.resource])
        throw secondary(429, account.points.below(pointsAMinute[cost.resource] - cost.points + 1));
      if (cost.creates) {
        if (account.minute.sum(now) >= perMinute) throw secondary(403, account.minute.below(perMinute));
        if (account.hour.sum(now) >= perHour) throw secondary(403, account.hour.below(perHour));
        account.minute.add(now, 1);
        account.hour.add(now, 1);
      }
      account.points.add(now, cost.points);
      account.atOnce++;
      bucket.used += cost.calls;
      return (free) => {
        account.atOnce--;
        if (free) bucket.used = Math.max(0, bucket.used - cost.calls);
      };
    },
    charge(caller, resource, calls) {
      bucketOf(caller, resource).used += calls;
    },
    headers(caller, resource) {
      const { limit, used, reset } = bucketOf(caller, resource);
      return {
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(Math.max(0, limit - used)),
        'x-ratelimit-reset': String(reset / 1_000),
        'x-ratelimit-used': String(used),
        'x-ratelimit-resource': resource,
      };
    },
    show(caller, resource) {
      const { limit, used, reset } = bucketOf(caller, resource);
      return { limit, used, remaining: Math.max(0, limit - used), reset: reset / 1_000 };
    },
  };
}

function keyOf(caller: Caller): string {
  if (caller.kind === 'installation') return `installation ID ${caller.installation.id}`;
  if (caller.kind === 'person') return `user ID ${caller.actor.account.id}`;
  return caller.kind;
}
