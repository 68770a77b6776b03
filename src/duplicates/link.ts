import { featureNames } from './features.ts';
import { softmax } from './listwise.ts';
import { minimise } from './minimise.ts';
import type { LinkModel } from './model.ts';
import type { Candidates } from './rank.ts';

/** Each candidate's share of the softmax over all of them. */
export function chancesOf(scores: Float64Array, order: readonly number[]): Float64Array {
  return softmax(Float64Array.from(order, (row) => scores[row] ?? 0));
}

/**
 * What speaks for one of the candidates: its score, its lead, its share of the softmax, and the pair itself.
 * @param order candidates by falling score
 * @param chances their shares in that order, see `chancesOf`
 * @param place which of them, from 0; there must be one
 */
export function linkFeatures(
  { rows }: Pick<Candidates, 'rows'>,
  scores: Float64Array,
  order: readonly number[],
  chances: Float64Array,
  place: number,
): number[] {
  const row = order[place] ?? 0;
  const score = scores[row] ?? 0;
  const rival = order[place === 0 ? 1 : 0];
  return [
    score,
    rival === undefined ? 0 : score - (scores[rival] ?? 0),
    chances[place] ?? 0,
    ...rows.subarray(row * featureNames.length, (row + 1) * featureNames.length),
  ];
}

/** A pair far outside of what was seen when learning must not be sure for that reason alone. */
const farthest = 4;

/** In deviations from the mean, at most four. */
function standardise(value: number, mean = 0, deviation = 1): number {
  return Math.max(-farthest, Math.min(farthest, (value - mean) / deviation));
}

/** One issue of the past: what spoke for its first candidate, and whether that was right. */
export interface LinkExample {
  readonly features: readonly number[];
  readonly right: boolean;
}

/** No evidence in a text makes it certain. */
const surest = 0.99;

/** The probability that it is the same problem, marked by anybody or not (Elkan and Noto 2008). */
export function probabilityOf(model: LinkModel, features: readonly number[]): number {
  return Math.min(surest, markedProbability(model, features) / model.completeness);
}

/** The probability that somebody marks it. */
function markedProbability(model: Omit<LinkModel, 'completeness'>, features: readonly number[]): number {
  let score = model.bias;
  model.weights.forEach((weight, f) => {
    score += weight * standardise(features[f] ?? 0, model.means[f], model.deviations[f]);
  });
  return 1 / (1 + Math.exp(-score));
}

/** So many of the surest pairs tell how many duplicates people mark. */
const surestPairs = 30;
const leastMarked = 0.5;

/**
 * How complete the marks are. Of the surest pairs nearly all are the same problem (read: 17 of 20), so that the
 * share of them that was marked tells how diligently people mark; less striking ones are marked less than
 * that again. The square fits what reading 100 pairs gave.
 */
function completenessOf(model: Omit<LinkModel, 'completeness'>, examples: readonly LinkExample[]): number {
  const surest = examples
    .map(({ features, right }) => ({ probability: markedProbability(model, features), right }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, surestPairs);
  const marked = surest.filter(({ right }) => right).length / Math.max(surest.length, 1);
  return Math.max(marked, leastMarked) ** 2;
}

/** Logistic regression over recent issues, most of which have no duplicate at all. */
export function learnLink(examples: readonly LinkExample[], decay: number): LinkModel {
  const width = examples[0]?.features.length ?? 0;
  const means: number[] = [];
  const deviations: number[] = [];
  for (let f = 0; f < width; f++) {
    const values = examples.map(({ features }) => features[f] ?? 0);
    const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(values.length, 1);
    means.push(mean);
    deviations.push(variance > 1e-12 ? Math.sqrt(variance) : 1);
  }
  const standard = examples.map(({ features }) =>
    features.map((value, f) => standardise(value, means[f], deviations[f])),
  );
  const solution = minimise(new Float64Array(width + 1), (at, gradient) => {
    let loss = 0;
    gradient.fill(0);
    for (let f = 0; f < width; f++) {
      loss += (decay / 2) * (at[f] ?? 0) ** 2;
      gradient[f] = decay * (at[f] ?? 0);
    }
    standard.forEach((features, i) => {
      let score = at[width] ?? 0;
      for (let f = 0; f < width; f++) score += (at[f] ?? 0) * (features[f] ?? 0);
      const right = examples[i]?.right === true ? 1 : 0;
      // log(1 + e^s) without overflow
      loss += Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score))) - right * score;
      const pull = 1 / (1 + Math.exp(-score)) - right;
      for (let f = 0; f < width; f++) gradient[f] = (gradient[f] ?? 0) + pull * (features[f] ?? 0);
      gradient[width] = (gradient[width] ?? 0) + pull;
    });
    return loss;
  });
  const model = { means, deviations, weights: [...solution.subarray(0, width)], bias: solution[width] ?? 0 };
  return { ...model, completeness: completenessOf(model, examples) };
}
