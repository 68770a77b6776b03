const day = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** A calendar date; months and days count from 1. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** What the calendar on the wall of a time zone (IANA name) says at a moment (epoch milliseconds). */
export function dayAt(at: number, zone: string): Day {
  const wall = new Date(at + offsetAt(at, zone));
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth() + 1, day: wall.getUTCDate() };
}

/** `2026-11-23`. */
export function printDay(at: number, zone: string): string {
  return new Date(at + offsetAt(at, zone)).toISOString().slice(0, 10);
}

/**
 * The moment (epoch milliseconds) at which the clock of a zone shows this time. Where clocks go back and show it
 * twice, the first; where they go forward over it, as many minutes behind the jump.
 */
export function momentOf(
  { year, month, day: date }: Day,
  hour: number,
  minute: number,
  zone: string,
): number {
  const wall = Date.UTC(year, month - 1, date, hour, minute);
  const before = wall - offsetAt(wall - day, zone);
  const after = wall - offsetAt(wall + day, zone);
  const right = [before, after].filter((moment) => moment + offsetAt(moment, zone) === wall);
  return right.length > 0 ? Math.min(...right) : before;
}

/** Milliseconds by which a zone's clock is ahead of UTC at a moment. */
function offsetAt(at: number, zone: string): number {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day: date = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, date, hour, minute, second) - Math.floor(at / 1000) * 1000;
}
