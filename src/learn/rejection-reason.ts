/** A report of which it is known whether a finding on it is right. */
export interface JudgedReport {
  readonly right: boolean;
  readonly weight: number;
  readonly probability: number;
  /** Least probability at which it is said. */
  readonly threshold: number;
}

/** How a model does on reports that it has not learned from. Counts are of reports; the rest is weighted. */
export interface Quality {
  readonly reports: number;
  /** Said, and right or wrong. */
  readonly right: number;
  readonly wrong: number;
  /** What was said is worth: 1 for a right one; a wrong one costs as much as the promise has right ones for it. */
  readonly utility: number;
  /** Mean logarithmic loss of the probabilities. */
  readonly loss: number;
}

/** The same reports, judged by the model in use and by the one that might take its place. */
export interface Trial {
  readonly before: Quality;
  readonly after: Quality;
}

/** Fewer held-back verdicts of people decide nothing. */
export const leastHeld = 2;
/** A loss that is smaller by less is chance. */
const clearly = 0.01;
const rounding = 1e-9;

/** @param promise the share of what is said that is to be right, 0.9 for nine of ten */
export function qualityOf(judged: readonly JudgedReport[], promise: number): Quality {
  const costOfWrong = promise / (1 - promise);
  let [right, wrong, utility, loss, weights] = [0, 0, 0, 0, 0];
  for (const one of judged) {
    const probability = Math.min(0.999, Math.max(0.001, one.probability));
    loss -= one.weight * Math.log(one.right ? probability : 1 - probability);
    weights += one.weight;
    if (one.probability < one.threshold) continue;
    if (one.right) right += 1;
    else wrong += 1;
    utility += one.weight * (one.right ? 1 : -costOfWrong);
  }
  return { reports: judged.length, right, wrong, utility: utility, loss: weights > 0 ? loss / weights : 0 };
}

/**
 * Why a candidate does not take the place of what is in use; null where it does. It has to be better on what people said of
 * issues that it never learned from, and no worse on the backtest (the pages' own samples and near misses, duplicates that
 * people marked). `quieter`: it only raises bars, so that saying less is no loss there; saying more that is wrong is.
 * @param spoken how many of the held-back verdicts are people's words, not silence
 */
export function rejectionReason(
  held: Trial,
  backtest: Trial,
  spoken: number,
  { quieter = false }: { readonly quieter?: boolean } = {},
): string | null {
  if (spoken < leastHeld) return `${spoken} held-back verdicts are too few (at least ${leastHeld})`;
  const gain = held.after.utility - held.before.utility;
  if (gain < -rounding) return 'what it would have said on held-back verdicts is worse';
  const sharper = held.after.loss < held.before.loss * (1 - clearly);
  if (gain <= rounding && (quieter || !sharper)) return 'it is no better on held-back verdicts';
  if (quieter) return backtest.after.wrong > backtest.before.wrong ? 'it is worse on the backtest' : null;
  return backtest.after.utility < backtest.before.utility - rounding ? 'it is worse on the backtest' : null;
}

/** Both sides of a trial in words. */
export function printTrial({ before, after }: Trial): string {
  const said = ({ right, wrong }: Quality): string => `${right} right and ${wrong} wrong`;
  return `${said(before)} before, ${said(after)} after, of ${after.reports}`;
}
