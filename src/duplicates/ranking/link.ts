import { logit, sigmoid } from '../../numerics/logistic.ts';
import type { LinearModel } from './linear.ts';
import { predict, type Tree } from './trees.ts';

/** A logistic curve over the features of a link. */
export type LogisticModel = LinearModel & { readonly bias: number };

/** A logistic curve, and trees over the same features, see link-features.ts. */
export interface LinkModel extends LogisticModel {
  readonly trees: readonly Tree[];
}

/** A pair far outside of what was seen in training must not be sure for that reason alone. */
const maxDeviations = 4;

/** In deviations from the mean, at most four. */
export function standardise(value: number, mean: number, deviation: number): number {
  return Math.max(-maxDeviations, Math.min(maxDeviations, (value - mean) / deviation));
}

/** No evidence in a text makes it certain. */
const maxProbability = 0.99;

/**
 * The share that curve and trees have in log-odds, which are added up. A curve cannot say that one thing
 * counts only beside another; trees can. Each errs on its own, so that together they are surer than their
 * average.
 */
export const ensembleWeight = 0.6;

/**
 * The probability that two issues are the same problem, whether somebody marked them or not.
 * @param bias log-odds that people's verdicts on links add
 */
export function probabilityOf(model: LinkModel, features: readonly number[], bias = 0): number {
  const forest = model.trees.length === 0 ? 0 : ensembleWeight * boundedLogit(predict(model.trees, features));
  return Math.min(maxProbability, curveProbability(model, features, forest + bias));
}

/** @param logOdds are added to the curve's own */
export function curveProbability(
  { bias, deviations, means, weights }: LogisticModel,
  features: readonly number[],
  logOdds = 0,
): number {
  let score = bias + logOdds;
  weights.forEach((weight, f) => {
    score += weight * standardise(features[f]!, means[f]!, deviations[f]!);
  });
  return sigmoid(score);
}

function boundedLogit(share: number): number {
  return logit(Math.max(1 - maxProbability, Math.min(maxProbability, share)));
}
