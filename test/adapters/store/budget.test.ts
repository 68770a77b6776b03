import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Account,
  block,
  contentLeft,
  emptyAccount,
  observe,
  requestsLeft,
  reserve,
} from '../../../src/adapters/store/budget.ts';
import type { Cost } from '../../../src/ports/budget.ts';

const forever = Number.POSITIVE_INFINITY;
const fresh = (kind: Cost['kind'], patience = forever): Cost => ({ kind, priority: 0, patience });
const sweep = (kind: Cost['kind'], patience = forever): Cost => ({ kind, priority: 100, patience });

/** Books the calls one after the other, each asked for as soon as the one before may go. */
function book(costs: readonly Cost[], now: number): { at: number[]; account: Account } {
  let account = emptyAccount;
  const at: number[] = [];
  for (const cost of costs) {
    const step = reserve(account, cost, now);
    account = step.account;
    at.push(step.reservation.at);
  }
  return { at, account };
}

/** The most that falls within any window of that length. */
function busiest(times: readonly number[], length: number): number {
  let most = 0;
  let from = 0;
  for (const [i, time] of times.entries()) {
    while ((times[from] ?? 0) <= time - length) from += 1;
    most = Math.max(most, i - from + 1);
  }
  return most;
}

describe('budget', () => {
  it('keeps a second between writes, and lets reads go at once', () => {
    const { at } = book([fresh('content'), fresh('write'), fresh('read'), fresh('content')], 5_000);
    expect(at).toEqual([5_000, 6_000, 5_000, 7_000]);
  });

  it('works off a storm of 2,000 comments without ever passing a limit', () => {
    const { at } = book(Array<Cost>(2_000).fill(fresh('content')), 1_795_000_000_123);
    expect(busiest(at, 3_600_000)).toBeLessThanOrEqual(500);
    expect(busiest(at, 3_600_000)).toBeGreaterThan(480);
    expect(busiest(at, 60_000)).toBeLessThanOrEqual(80);
    const hours = ((at.at(-1) ?? 0) - (at[0] ?? 0)) / 3_600_000;
    expect(hours).toBeGreaterThan(3);
    expect(hours).toBeLessThan(3.3);
  });

  it('passes no limit whatever is asked for and when', () => {
    const kinds = fc.constantFrom<Cost['kind']>('read', 'write', 'content');
    const asks = fc.array(
      fc.record({
        kind: kinds,
        priority: fc.constantFrom(0, 100),
        patience: fc.constantFrom(0, 2_000, 100_000, forever),
        after: fc.nat(400),
      }),
      { minLength: 500, maxLength: 1_500 },
    );
    fc.assert(
      fc.property(asks, fc.nat(3_600_000), (costs, start) => {
        let account = emptyAccount;
        let now = start;
        const went: { at: number; points: number; kind: string }[] = [];
        for (const { after, ...cost } of costs) {
          now += after;
          const step = reserve(account, cost, now);
          account = step.account;
          const { at, granted } = step.reservation;
          expect(at).toBeGreaterThanOrEqual(now);
          expect(granted).toBe(at - now <= cost.patience);
          if (granted) went.push({ at, kind: cost.kind, points: cost.kind === 'read' ? 1 : 5 });
        }
        went.sort((a, b) => a.at - b.at);
        const content = went.filter(({ kind }) => kind === 'content').map(({ at }) => at);
        expect(busiest(content, 60_000)).toBeLessThanOrEqual(80);
        expect(busiest(content, 3_600_000)).toBeLessThanOrEqual(500);
        const points = went.flatMap(({ at, points: n }) => Array<number>(n).fill(at));
        expect(busiest(points, 60_000)).toBeLessThanOrEqual(900);
        const writes = went.filter(({ kind }) => kind !== 'read').map(({ at }) => at);
        for (const [i, at] of writes.entries())
          if (i > 0) expect(at - (writes[i - 1] ?? 0)).toBeGreaterThanOrEqual(1_000);
      }),
      { numRuns: 40 },
    );
  });

  it('books nothing for a caller who does not want to wait so long', () => {
    const { account } = book([fresh('content')], 5_000);
    const { reservation, account: same } = reserve(account, fresh('content', 999), 5_000);
    expect(reservation).toEqual({ at: 6_000, granted: false });
    expect(same).toBe(account);
    expect(reserve(account, fresh('content', 1_000), 5_000).reservation.granted).toBe(true);
  });

  it('leaves a fifth of the hour to fresh issues', () => {
    const { at, account } = book(Array<Cost>(400).fill(sweep('content')), 0);
    expect(at.at(-1)).toBeLessThan(3_600_000);
    const now = (at.at(-1) ?? 0) + 1_000;
    expect(reserve(account, sweep('content', 60_000), now).reservation.granted).toBe(false);
    expect(reserve(account, fresh('content', 60_000), now).reservation).toEqual({ at: now, granted: true });
    expect(contentLeft(account, now)).toBe(100);
  });

  it('stops when GitHub says that nothing is left, until the reset', () => {
    const account = observe(emptyAccount, { limit: 5_000, remaining: 1, resetAt: 90_000 });
    const first = reserve(account, fresh('read'), 10_000);
    expect(first.reservation.at).toBe(10_000);
    expect(requestsLeft(first.account, 10_000)).toBe(0);
    const second = reserve(first.account, fresh('read'), 10_000);
    expect(second.reservation.at).toBe(90_000);
    // What is booked beyond the reset opens nothing before it.
    expect(reserve(second.account, fresh('read'), 11_000).reservation.at).toBe(90_000);
    expect(reserve(second.account, fresh('read'), 90_001).reservation.at).toBe(90_001);
    expect(requestsLeft(second.account, 90_001)).toBeNull();
  });

  it('keeps a fifth of the requests for fresh issues', () => {
    const account = observe(emptyAccount, { limit: 5_000, remaining: 1_000, resetAt: 90_000 });
    expect(reserve(account, sweep('read'), 0).reservation.at).toBe(90_000);
    expect(reserve(account, fresh('read'), 0).reservation.at).toBe(0);
  });

  it('believes the lower count within a period, the newer period, and no old answer', () => {
    const seen = (remaining: number, resetAt: number) => ({ limit: 5_000, remaining, resetAt });
    const account = observe(emptyAccount, seen(100, 3_600_000));
    expect(observe(account, seen(200, 3_601_000))).toBe(account);
    expect(requestsLeft(observe(account, seen(50, 3_599_000)), 0)).toBe(50);
    expect(requestsLeft(observe(account, seen(4_999, 7_200_000)), 0)).toBe(4_999);
    expect(observe(account, seen(1, 100_000))).toBe(account);
  });

  it('lets nothing go while GitHub told us to wait', () => {
    const account = block(block(emptyAccount, 60_000), 30_000);
    expect(reserve(account, fresh('read'), 10_000).reservation.at).toBe(60_000);
    expect(reserve(account, fresh('content'), 70_000).reservation.at).toBe(70_000);
  });

  it('does not grow with what was spent', () => {
    const { account } = book(Array<Cost>(3_000).fill(fresh('content')), 0);
    let later = account;
    for (let i = 0; i < 100; i += 1)
      later = reserve(later, fresh('content'), 100_000_000 + i * 1_000).account;
    expect(JSON.stringify(later).length).toBeLessThan(1_000);
  });
});
