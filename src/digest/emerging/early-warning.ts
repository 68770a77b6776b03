/** A group that grows faster than usual, with the numbers that say so. */
export interface EarlyWarning {
  /** Reports of the group in the last seven days, and how many a week it had before. */
  readonly lately: number;
  readonly usual: number;
  /** The lowest version that its reports name; null where none does. */
  readonly since: string | null;
}

const week = 7 * 86_400_000;
/** What is usual is the mean of so many weeks. */
const usualWeeks = 8;
/** A group without reports before still gets one every other week by chance. */
const minUsual = 0.5;
const minReports = 3;
/** A warning is given where so many reports would come by chance less often than this. */
const maxChance = 0.005;

/**
 * Warns of a group with at least three reports in seven days, more than would come by chance once in two
 * hundred weeks (Poisson, from its mean of eight weeks). `times` and `now` are epoch milliseconds; `versions`
 * are those that its reports name.
 */
export function earlyWarning(
  times: readonly number[],
  now: number,
  versions: readonly string[],
  compareVersions: (a: string, b: string) => number,
): EarlyWarning | null {
  const lately = times.filter((at) => at > now - week && at <= now).length;
  const usual =
    times.filter((at) => at > now - (usualWeeks + 1) * week && at <= now - week).length / usualWeeks;
  if (lately < minReports || poissonTail(lately, Math.max(usual, minUsual)) >= maxChance) return null;
  return { lately, usual, since: versions.toSorted(compareVersions)[0] ?? null };
}

/** The chance of `count` events or more where `mean` are expected. */
function poissonTail(count: number, mean: number): number {
  let term = Math.exp(-mean);
  let below = 0;
  for (let k = 0; k < count; k++) {
    below += term;
    term *= mean / (k + 1);
  }
  return Math.max(0, 1 - below);
}
