import { addWeeks, readWeek, type Week, weekOf } from '../digest/index.ts';
import { InputError } from './input-error.ts';
import type { Options } from './options.ts';

/** The week behind `--week`, else the last that is over in the time zone. */
export function weekOption({ week: given }: Options, now: number, zone: string): Week {
  if (given === undefined) return addWeeks(weekOf(now, zone), -1);
  const week = typeof given === 'string' ? readWeek(given) : null;
  if (week === null)
    throw new InputError(`--week ${String(given)} is no week (expected an ISO week such as 2026-W47)`);
  return week;
}
