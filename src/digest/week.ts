import { Temporal } from 'temporal-polyfill';

/** An ISO week by its name, `2026-W47`: names of weeks sort as the weeks do. */
export type Week = `${number}-W${string}`;

/** A stretch of time in epoch milliseconds, its end not included. */
export interface Period {
  readonly from: number;
  readonly until: number;
}

const named = /^(\d{4})-W(\d{2})$/;

/** The ISO week that a zone's calendar shows at a moment (epoch milliseconds; the zone by its IANA name). */
export function weekOf(at: number, zone: string): Week {
  return nameOf(dayAt(at, zone));
}

/** The day that a zone's calendar shows at a moment (epoch milliseconds): `2026-11-23`. */
export function printDay(at: number, zone: string): string {
  return dayAt(at, zone).toString();
}

/** Reads `2026-W47`; null for what is no such week (`2026-W54`, `W47`). */
export function readWeek(text: string): Week | null {
  const [, year = '', week = ''] = named.exec(text) ?? [];
  if (year === '') return null;
  const name = `${Number(year)}-W${week}` as const;
  return nameOf(mondayOf(name)) === name ? name : null;
}

/** Goes so many weeks on, or back where the number is negative. */
export function addWeeks(week: Week, weeks: number): Week {
  return nameOf(mondayOf(week).add({ weeks }));
}

/** Lists the weeks up to and with this one, oldest first. */
export function weeksUntil(week: Week, count: number): readonly Week[] {
  return Array.from({ length: count }, (_, index) => addWeeks(week, index - count + 1));
}

/** A week in a zone: from its Monday's first moment to the next Monday's. */
export function boundsOf(week: Week, zone: string): Period {
  return { from: momentIn(week, 1, 0, 0, zone), until: momentIn(addWeeks(week, 1), 1, 0, 0, zone) };
}

export function isWithin(at: number, { from, until }: Period): boolean {
  return at >= from && at < until;
}

/**
 * When a weekday (1 is Monday) of a week has this time in a zone, in epoch milliseconds. Where clocks go back
 * and show the time twice, the first; where they go forward over it, as many minutes behind the jump.
 */
export function momentIn(week: Week, weekday: number, hour: number, minute: number, zone: string): number {
  const plainTime = { hour, minute };
  return mondayOf(week)
    .add({ days: weekday - 1 })
    .toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds;
}

function dayAt(at: number, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
}

function nameOf({ weekOfYear = 0, yearOfWeek = 0 }: Temporal.PlainDate): Week {
  return `${yearOfWeek}-W${String(weekOfYear).padStart(2, '0')}`;
}

function mondayOf(week: Week): Temporal.PlainDate {
  const [, year = '', number = ''] = named.exec(week) ?? [];
  // The fourth of January is always in the first week.
  const fourth = Temporal.PlainDate.from({ year: Number(year), month: 1, day: 4 });
  return fourth.add({ weeks: Number(number) - 1 }).subtract({ days: fourth.dayOfWeek - 1 });
}
