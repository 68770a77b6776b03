import type { LinearModel } from './linear.ts';
import type { LinkModel } from './model.ts';
import { askForest } from './trees.ts';

/** A pair far outside of what was seen when learning must not be sure for that reason alone. */
const farthest = 4;

/** In deviations from the mean, at most four. */
export function standardise(value: number, mean = 0, deviation = 1): number {
  return Math.max(-farthest, Math.min(farthest, (value - mean) / deviation));
}

/** No evidence in a text makes it certain. */
const surest = 0.99;

/**
 * The probability that it is the same problem, marked by anybody or not.
 * @param shift log-odds that are added, by what people said of links
 */
export function probabilityOf(model: LinkModel, features: readonly number[], shift = 0): number {
  const forest = model.trees.length === 0 ? 0 : say * logOdds(askForest(model.trees, features));
  return Math.min(surest, chanceOf(model, features, forest + shift));
}

/** @param beside log-odds of what else is known */
export function chanceOf(curve: Curve, features: readonly number[], beside = 0): number {
  let score = curve.bias + beside;
  curve.weights.forEach((weight, f) => {
    score += weight * standardise(features[f] ?? 0, curve.means[f], curve.deviations[f]);
  });
  return 1 / (1 + Math.exp(-score));
}

function logOdds(share: number): number {
  const chance = Math.max(1 - surest, Math.min(surest, share));
  return Math.log(chance / (1 - chance));
}

/**
 * A curve cannot say that one thing counts only beside another; trees can. Both are asked, and since each errs on its own, they are
 * surer together than their average: log-odds are added up with this weight.
 */
export const say = 0.6;

/** A logistic curve over what speaks for a candidate. */
export type Curve = LinearModel & { readonly bias: number };
