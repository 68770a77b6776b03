/** The probability of a published finding, and whether people's verdict calls it right. */
export interface LabelledPrediction {
  readonly probability: number;
  readonly right: boolean;
  readonly weight: number;
}

/** Verdicts at the target precision that count before anybody's. */
const priorVerdicts = 2;
/** A threshold that no finding reaches, since none is more probable than 0.99. */
const neverPublished = 1;
const steps = 1000;

/**
 * Learns the lowest threshold, at or above that of the settings, at which findings reach the target precision
 * by people's verdicts; null where that of the settings does, 1 where none does. Where nobody confirmed a
 * finding above it, returns the midpoint between it and 1, since the next finding may be slightly more
 * probable than a refused one.
 * @param targetPrecision the share of published findings that should be right
 */
export function learnThreshold(
  predictions: readonly LabelledPrediction[],
  settingsThreshold: number,
  targetPrecision: number,
): number | null {
  const isPreciseAt = (threshold: number): boolean => {
    let [right, all] = [priorVerdicts * targetPrecision, priorVerdicts];
    for (const one of predictions) {
      if (one.probability < threshold) continue;
      all += one.weight;
      if (one.right) right += one.weight;
    }
    return right / all >= targetPrecision - 1e-9;
  };
  if (isPreciseAt(settingsThreshold)) return null;
  const candidates = predictions
    .filter(({ probability }) => probability >= settingsThreshold)
    .map(({ probability }) => toStep(probability + 1 / steps))
    .sort((a, b) => a - b);
  const threshold = candidates.find(isPreciseAt) ?? neverPublished;
  const isConfirmed = predictions.some(({ probability, right }) => right && probability >= threshold);
  return Math.min(isConfirmed ? threshold : toStep((threshold + neverPublished) / 2), neverPublished);
}

function toStep(threshold: number): number {
  return Math.round(threshold * steps) / steps;
}
