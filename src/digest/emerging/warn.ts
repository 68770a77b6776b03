/** A group that grows faster than usual, with the numbers that say so. */
export interface Warning {
  /** Reports of the group in the last seven days, and how many a week it had before. */
  readonly lately: number;
  readonly usual: number;
  /** The lowest version that its reports name; null where none does. */
  readonly since: string | null;
}

const week = 7 * 86_400_000;
/** How far back usual goes, in weeks. */
const before = 8;
/** A group that had nothing before still gets a report every other week by chance. */
const leastUsual = 0.5;
const leastReports = 3;
/** Chance of so many reports, were the group as lively as before: below this it is no chance. */
const surprising = 0.005;

/**
 * The early warning: more reports within the last seven days than a group of its past would have by chance (Poisson) once in
 * two hundred weeks, and at least three. `times` and `now` are epoch milliseconds; `versions` are what its reports name.
 */
export function warn(
  times: readonly number[],
  now: number,
  versions: readonly string[],
  compareVersions: (a: string, b: string) => number,
): Warning | null {
  const lately = times.filter((at) => at > now - week && at <= now).length;
  const usual = times.filter((at) => at > now - (before + 1) * week && at <= now - week).length / before;
  if (lately < leastReports || tail(lately, Math.max(usual, leastUsual)) >= surprising) return null;
  return { lately, usual, since: versions.toSorted(compareVersions)[0] ?? null };
}

/** The chance of `count` or more where `mean` are expected. */
function tail(count: number, mean: number): number {
  let term = Math.exp(-mean);
  let below = 0;
  for (let k = 0; k < count; k++) {
    below += term;
    term *= mean / (k + 1);
  }
  return Math.max(0, 1 - below);
}
