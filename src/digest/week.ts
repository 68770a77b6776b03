import { type Day, dayAt, momentOf } from './zone.ts';

/** An ISO week by its name, `2026-W47`: names of weeks sort as the weeks do. */
export type Week = `${number}-W${string}`;

const day = 86_400_000;
const named = /^(\d{4})-W(\d{2})$/;

/** The ISO week that a zone's calendar shows at a moment (epoch milliseconds). */
export function weekOf(at: number, zone: string): Week {
  return weekOfDay(dayNumber(dayAt(at, zone)));
}

/** Reads `2026-W47`; null for what is no such week (`2026-W54`, `W47`). */
export function readWeek(text: string): Week | null {
  const [, year = '', week = ''] = named.exec(text) ?? [];
  if (year === '') return null;
  const name = `${Number(year)}-W${week}` as const;
  return weekOfDay(mondayOf(name)) === name ? name : null;
}

/** So many weeks later, or earlier where the number is negative. */
export function addWeeks(week: Week, weeks: number): Week {
  return weekOfDay(mondayOf(week) + weeks * 7);
}

/** The weeks up to and with this one, oldest first. */
export function weeksUntil(week: Week, count: number): readonly Week[] {
  return Array.from({ length: count }, (_, index) => addWeeks(week, index - count + 1));
}

/** From its Monday's first moment to the next Monday's (epoch milliseconds, the end not included). */
export function boundsOf(week: Week, zone: string): { readonly from: number; readonly until: number } {
  return { from: momentIn(week, 1, 0, 0, zone), until: momentIn(addWeeks(week, 1), 1, 0, 0, zone) };
}

/** When a weekday (1 is Monday) of a week has this time in a zone. */
export function momentIn(week: Week, weekday: number, hour: number, minute: number, zone: string): number {
  return momentOf(toDay(mondayOf(week) + weekday - 1), hour, minute, zone);
}

/** ISO 8601: the week of a year's first Thursday is its first. */
function weekOfDay(number: number): Week {
  const thursday = number - weekdayOf(number) + 4;
  const { year } = toDay(thursday);
  const week = Math.floor((thursday - dayNumber({ year, month: 1, day: 1 })) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

function mondayOf(week: Week): number {
  const [, year = '', number = ''] = named.exec(week) ?? [];
  // The fourth of January is always in the first week.
  const fourth = dayNumber({ year: Number(year), month: 1, day: 4 });
  return fourth - weekdayOf(fourth) + 1 + (Number(number) - 1) * 7;
}

/** Days since 1970-01-01, which was a Thursday. */
function dayNumber({ year, month, day: date }: Day): number {
  return Date.UTC(year, month - 1, date) / day;
}

function toDay(number: number): Day {
  const date = new Date(number * day);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function weekdayOf(number: number): number {
  return ((((number + 3) % 7) + 7) % 7) + 1;
}
