import type { Config } from '../model/config.ts';
import { addWeeks, momentIn, type Week, weekOf } from './week.ts';

/** Weeks that a late run makes up for; what is older is in the trend of those. */
const mostMissed = 4;

/**
 * The weeks whose digest is to be written now, oldest first. A week is over when its Sunday is; its digest is due at
 * the configured time of the week after. Without one written before, the last week alone.
 */
export function due(now: number, on: Config['digest']['on'], written: Week | null): readonly Week[] {
  const { hour, minute, weekday, zone } = on;
  const current = weekOf(now, zone);
  const passed = now >= momentIn(current, weekday, hour, minute, zone);
  const last = addWeeks(current, passed ? -1 : -2);
  if (written === null) return [last];
  const weeks: Week[] = [];
  for (let week = last; week > written && weeks.length < mostMissed; week = addWeeks(week, -1))
    weeks.unshift(week);
  return weeks;
}
