/** How sure a finding was, and whether people say that it was right. */
export interface Rated {
  readonly probability: number;
  readonly right: boolean;
  readonly weight: number;
}

/** So many verdicts as promised stand behind every bar before anybody has spoken. */
const prior = 2;
/** No finding is surer than 0.99: a bar above it is silence. */
const silence = 1;
const steps = 1000;

/**
 * The lowest bar, at or above that of the settings, above which what was said keeps the promise, by people's verdicts; null
 * where the bar of the settings does. With a bar of 1 it is not said any more. Where nobody confirmed anything above that bar,
 * half of what is left to certainty is not said either: what comes next may be a little surer than what was refused.
 * @param promise the share that is to be right: what the settings' bar promises
 */
export function learnThreshold(rated: readonly Rated[], base: number, promise: number): number | null {
  const keeps = (threshold: number): boolean => {
    let [right, all] = [prior * promise, prior];
    for (const one of rated) {
      if (one.probability < threshold) continue;
      all += one.weight;
      if (one.right) right += one.weight;
    }
    return right / all >= promise - 1e-9;
  };
  if (keeps(base)) return null;
  const above = rated
    .filter(({ probability }) => probability >= base)
    .map(({ probability }) => inSteps(probability + 1 / steps))
    .sort((a, b) => a - b);
  const threshold = above.find(keeps) ?? silence;
  const isBacked = rated.some(({ probability, right }) => right && probability >= threshold);
  return Math.min(isBacked ? threshold : inSteps((threshold + silence) / 2), silence);
}

function inSteps(threshold: number): number {
  return Math.round(threshold * steps) / steps;
}
