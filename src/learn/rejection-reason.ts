/** A prediction with its true outcome and the threshold at which it is published. */
export interface ThresholdedPrediction {
  readonly right: boolean;
  readonly weight: number;
  readonly probability: number;
  /** The lowest probability at which it is published. */
  readonly threshold: number;
}

/**
 * The quality of a model on reports that it was not trained on. Counts are of reports; the rest is weighted.
 */
export interface Quality {
  readonly reports: number;
  /** Published and right. */
  readonly right: number;
  /** Published and wrong. */
  readonly wrong: number;
  /**
   * The sum over published predictions: 1 for a right one, minus precision / (1 - precision) for a wrong one.
   */
  readonly utility: number;
  /** The mean logarithmic loss of all probabilities. */
  readonly loss: number;
}

/** The quality of the model in use and of its candidate, on the same reports. */
export interface ModelComparison {
  readonly before: Quality;
  readonly after: Quality;
}

/** Held-back verdicts of people, silence aside, that a decision needs. */
export const minHeldBack = 2;
/** A relative improvement of the loss below this may be chance. */
const minLossGain = 0.01;
const rounding = 1e-9;

/**
 * Measures predictions.
 * @param targetPrecision the share of published findings that should be right, below 1
 */
export function qualityOf(predictions: readonly ThresholdedPrediction[], targetPrecision: number): Quality {
  const costOfWrong = targetPrecision / (1 - targetPrecision);
  let [right, wrong, utility, loss, weights] = [0, 0, 0, 0, 0];
  for (const one of predictions) {
    const probability = Math.min(0.999, Math.max(0.001, one.probability));
    loss -= one.weight * Math.log(one.right ? probability : 1 - probability);
    weights += one.weight;
    if (one.probability < one.threshold) continue;
    if (one.right) right += 1;
    else wrong += 1;
    utility += one.weight * (one.right ? 1 : -costOfWrong);
  }
  return { reports: predictions.length, right, wrong, utility, loss: weights > 0 ? loss / weights : 0 };
}

/**
 * Why a candidate does not replace the model in use; null where it does. It has to be better on held-back
 * verdicts, and no worse on the backtest (samples and near misses of pages, or duplicates that people
 * marked).
 * @param statedVerdicts the number of held-back verdicts that people gave, silence aside
 * @param thresholdsOnly the candidate only raises thresholds: on the backtest it may publish less, but
 * nothing more   that is wrong
 */
export function rejectionReason(
  heldBack: ModelComparison,
  backtest: ModelComparison,
  statedVerdicts: number,
  { thresholdsOnly = false }: { readonly thresholdsOnly?: boolean } = {},
): string | null {
  if (statedVerdicts < minHeldBack)
    return `${statedVerdicts} held-back verdicts are too few (at least ${minHeldBack})`;
  const gain = heldBack.after.utility - heldBack.before.utility;
  if (gain < -rounding) return 'what it would have said on held-back verdicts is worse';
  const hasLowerLoss = heldBack.after.loss < heldBack.before.loss * (1 - minLossGain);
  if (gain <= rounding && (thresholdsOnly || !hasLowerLoss)) return 'it is no better on held-back verdicts';
  if (thresholdsOnly)
    return backtest.after.wrong > backtest.before.wrong ? 'it is worse on the backtest' : null;
  return backtest.after.utility < backtest.before.utility - rounding ? 'it is worse on the backtest' : null;
}

/** Prints a comparison in one line. */
export function printTrial({ before, after }: ModelComparison): string {
  const counts = ({ right, wrong }: Quality): string => `${right} right and ${wrong} wrong`;
  return `${counts(before)} before, ${counts(after)} after, of ${after.reports}`;
}
