import type { Config } from '../model/config.ts';
import { addWeeks, momentIn, type Week, weekOf } from './week.ts';

/** A late run makes up for no more weeks; what is older is in the trend of those. */
const maxMissed = 4;

/**
 * Lists the weeks whose digest is to be written now, oldest first. The digest of a week is due at the
 * configured time of the week after. Where none was written before, the last week alone is due.
 */
export function dueWeeks(now: number, on: Config['digest']['on'], written: Week | null): readonly Week[] {
  const { hour, minute, weekday, zone } = on;
  const current = weekOf(now, zone);
  const passed = now >= momentIn(current, weekday, hour, minute, zone);
  const last = addWeeks(current, passed ? -1 : -2);
  if (written === null) return [last];
  const weeks: Week[] = [];
  for (let week = last; week > written && weeks.length < maxMissed; week = addWeeks(week, -1))
    weeks.unshift(week);
  return weeks;
}
