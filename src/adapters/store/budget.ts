import type { Cost, PrimaryLimit, Reservation } from '../../ports/budget.ts';

/**
 * What was spent of GitHub's limits, as counts per slice of time. A slice counts as long as any moment of it
 * is within the limit's window, so an account is never more generous than GitHub.
 */
export interface Account {
  readonly spent: Readonly<Record<WindowName, Readonly<Record<string, number>>>>;
  readonly primary: PrimaryLimit | null;
  readonly blockedUntil: number;
  /** The last write's time, booked ahead included. */
  readonly lastWriteAt: number;
}

interface Window {
  readonly length: number;
  readonly slice: number;
  readonly most: number;
}

type WindowName = keyof typeof windows;

/** GitHub's secondary limits (docs.github.com, "Rate limits for the REST API", 2026). Milliseconds. */
const windows = {
  contentPerMinute: { length: 60_000, slice: 5_000, most: 80 },
  contentPerHour: { length: 3_600_000, slice: 60_000, most: 500 },
  pointsPerMinute: { length: 60_000, slice: 5_000, most: 900 },
} as const satisfies Record<string, Window>;

const betweenWrites = 1_000;
/** The share of a limit that work other than a fresh issue leaves alone. */
const keptForFresh = 0.2;

export const emptyAccount: Account = {
  spent: { contentPerMinute: {}, contentPerHour: {}, pointsPerMinute: {} },
  primary: null,
  blockedUntil: 0,
  lastWriteAt: 0,
};

/** Books a call at the earliest time that keeps every limit, if that is soon enough for the caller. */
export function reserve(
  account: Account,
  cost: Cost,
  now: number,
): { readonly account: Account; readonly reservation: Reservation } {
  const prices = priceOf(cost);
  const primary = current(account.primary, now);
  let at = Math.max(now, account.blockedUntil);
  if (cost.kind !== 'read') at = Math.max(at, account.lastWriteAt + betweenWrites);
  if (primary !== null && primary.remaining - 1 < kept(primary.limit, cost))
    at = Math.max(at, primary.resetAt);
  for (const [name, price] of prices)
    at = Math.max(at, earliest(account.spent[name], windows[name], price, cost, at));

  const granted = at - now <= cost.patience;
  if (!granted) return { account, reservation: { at, granted } };
  const spent = { ...account.spent };
  for (const [name, price] of prices) spent[name] = spend(account.spent[name], windows[name], price, at, now);
  return {
    account: {
      ...account,
      spent,
      primary: primary && at < primary.resetAt ? { ...primary, remaining: primary.remaining - 1 } : primary,
      lastWriteAt: cost.kind === 'read' ? account.lastWriteAt : at,
    },
    reservation: { at, granted },
  };
}

/** Takes what GitHub said of the primary limit; within one period the lower count holds. */
export function observe(account: Account, seen: PrimaryLimit): Account {
  const known = account.primary;
  // GitHub's reset wanders by a second or two within one period.
  if (known !== null && Math.abs(seen.resetAt - known.resetAt) < 60_000) {
    if (seen.remaining >= known.remaining && seen.limit === known.limit) return account;
    return {
      ...account,
      primary: { ...known, limit: seen.limit, remaining: Math.min(seen.remaining, known.remaining) },
    };
  }
  return known !== null && seen.resetAt < known.resetAt ? account : { ...account, primary: seen };
}

export function block(account: Account, until: number): Account {
  return until <= account.blockedUntil ? account : { ...account, blockedUntil: until };
}

/** Content calls that the hour still has. */
export function contentLeft(account: Account, now: number): number {
  const { contentPerHour } = windows;
  return contentPerHour.most - total(account.spent.contentPerHour, contentPerHour, now);
}

export function requestsLeft(account: Account, now: number): number | null {
  return current(account.primary, now)?.remaining ?? null;
}

function priceOf({ kind }: Cost): readonly (readonly [WindowName, number])[] {
  if (kind === 'read') return [['pointsPerMinute', 1]];
  if (kind === 'write') return [['pointsPerMinute', 5]];
  return [
    ['pointsPerMinute', 5],
    ['contentPerMinute', 1],
    ['contentPerHour', 1],
  ];
}

function kept(most: number, { priority }: Cost): number {
  return priority > 0 ? Math.ceil(most * keptForFresh) : 0;
}

/** After its reset a period says nothing; the next response tells of the new one. */
function current(primary: PrimaryLimit | null, now: number): PrimaryLimit | null {
  return primary !== null && now < primary.resetAt ? primary : null;
}

/** Spent within the window that ends at `at`, and booked after it. */
function total(spent: Readonly<Record<string, number>>, window: Window, at: number): number {
  let sum = 0;
  for (const [slice, count] of Object.entries(spent)) if (counts(Number(slice), window, at)) sum += count;
  return sum;
}

function counts(slice: number, { length, slice: size }: Window, at: number): boolean {
  return (slice + 1) * size > at - length;
}

/** The first moment from `from` on at which the window has room. */
function earliest(
  spent: Readonly<Record<string, number>>,
  window: Window,
  price: number,
  cost: Cost,
  from: number,
): number {
  const most = window.most - kept(window.most, cost);
  let sum = total(spent, window, from);
  let at = from;
  const slices = Object.keys(spent)
    .map(Number)
    .sort((a, b) => a - b);
  for (const slice of slices) {
    if (sum + price <= most) break;
    if (!counts(slice, window, from)) continue;
    sum -= spent[slice] ?? 0;
    at = (slice + 1) * window.slice + window.length;
  }
  return at;
}

function spend(
  spent: Readonly<Record<string, number>>,
  window: Window,
  price: number,
  at: number,
  now: number,
): Readonly<Record<string, number>> {
  const counting = Object.entries(spent).filter(([slice]) => counts(Number(slice), window, now));
  const slice = Math.floor(at / window.slice);
  return { ...Object.fromEntries(counting), [slice]: (spent[slice] ?? 0) + price };
}
