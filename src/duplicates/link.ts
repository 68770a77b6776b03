import { featureNames } from './features.ts';
import { softmax } from './listwise.ts';
import { minimise } from './minimise.ts';
import type { LinkModel } from './model.ts';
import type { Candidates } from './rank.ts';

/** Each candidate's share of the softmax over all of them. */
export function chancesOf(scores: Float64Array, order: readonly number[]): Float64Array {
  return softmax(Float64Array.from(order, (row) => scores[row] ?? 0));
}

/** How long reports are, and who files twice, differs between trackers and alone says little of one pair. */
const unused = new Set<string>(['length', 'length-ratio', 'shared-terms', 'same-author']);
const [sameAuthor, titleInTitle, titleCovered] = (
  ['same-author', 'title-in-title', 'title-covered-title'] as const
).map((name) => featureNames.indexOf(name));
const used = featureNames
  .keys()
  .filter((f) => !unused.has(featureNames[f] ?? ''))
  .toArray();

/**
 * What speaks for one of the candidates: its lead, its share of the softmax, and the pair itself.
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
  const rival = order[place === 0 ? 1 : 0];
  const feature = (f = 0): number => rows[row * featureNames.length + f] ?? 0;
  return [
    rival === undefined ? 0 : (scores[row] ?? 0) - (scores[rival] ?? 0),
    chances[place] ?? 0,
    ...used.map(feature),
    // Who files twice knows the first: under another title it is another problem.
    feature(sameAuthor) * (1 - Math.min(feature(titleInTitle), feature(titleCovered))),
  ];
}

/** One issue of the past: what spoke for its first candidate, and what people said of it. */
export interface LinkExample {
  readonly features: readonly number[];
  /** Whether somebody marked it as a duplicate of that candidate. */
  readonly marked: boolean;
  /** How sure a reader was that both are the same problem, 0 to 1; undefined when nobody read the pair. */
  readonly read?: number | undefined;
}

/** A pair far outside of what was seen when learning must not be sure for that reason alone. */
const farthest = 4;

/** In deviations from the mean, at most four. */
function standardise(value: number, mean = 0, deviation = 1): number {
  return Math.max(-farthest, Math.min(farthest, (value - mean) / deviation));
}

/** No evidence in a text makes it certain. */
const surest = 0.99;

/** The probability that it is the same problem, marked by anybody or not. */
export function probabilityOf(model: LinkModel, features: readonly number[]): number {
  let score = model.bias;
  model.weights.forEach((weight, f) => {
    score += weight * standardise(features[f] ?? 0, model.means[f], model.deviations[f]);
  });
  return Math.min(surest, 1 / (1 + Math.exp(-score)));
}

/** The share of duplicates that people mark: 4 in 10 of the pairs of rust-lang/rust that were read. */
const completeness = 0.4;
const decay = 10;

/**
 * Logistic regression for how likely the first candidate is the same problem, from marks of which many are missing
 * (Elkan and Noto 2008): somebody marks a duplicate with the chance `completeness`, and nothing else.
 */
export function learnLink(examples: readonly LinkExample[]): LinkModel {
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
      const { marked = false, read } = examples[i] ?? {};
      const known = marked ? 1 : read;
      const chance = 1 / (1 + Math.exp(-score));
      // Of what nobody marked or read: how likely it is the same all the same.
      const target = known ?? (chance * (1 - completeness)) / (1 - completeness * chance);
      // log(1 + e^s) without overflow
      const certain = Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score)));
      loss += known === undefined ? -Math.log(1 - completeness * chance) : certain - known * score;
      const pull = chance - target;
      for (let f = 0; f < width; f++) gradient[f] = (gradient[f] ?? 0) + pull * (features[f] ?? 0);
      gradient[width] = (gradient[width] ?? 0) + pull;
    });
    return loss;
  });
  return { means, deviations, weights: [...solution.subarray(0, width)], bias: solution[width] ?? 0 };
}
