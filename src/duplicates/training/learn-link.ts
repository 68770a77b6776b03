import { minimise } from '../../numerics/minimise.ts';
import { type Curve, chanceOf, say, standardise } from '../ranking/link.ts';
import type { LinkModel } from '../ranking/model.ts';
import { learnForest } from './forest.ts';

/** One issue of the past: what spoke for its first candidate, and what people said of it. */
export interface LinkExample {
  readonly features: readonly number[];
  /** Whether somebody marked it as a duplicate of that candidate. */
  readonly marked: boolean;
  /** How sure a reader was that both are the same problem, 0 to 1; undefined when nobody read the pair. */
  readonly read?: number | undefined;
}

/** The share of duplicates that people mark: 4 in 10 of the pairs of rust-lang/rust that were read. */
const completeness = 0.4;

const decay = 3;

/** A link is told from what looks like one: what is less likely than this anyhow teaches little of that. */
const likely = 0.15;

const littleWeight = 0.05;

const treeCount = 100;

/** What was reported long ago was reported otherwise, and teaches less: a share of the past in which that is half. */
const halfLife = 0.5;

/**
 * How likely the first candidate is the same problem, from marks of which many are missing (Elkan and Noto 2008): somebody marks
 * a duplicate with the chance `completeness`, and nothing else. A first logistic curve, of all examples, tells the likely ones;
 * they teach the second, and trees.
 * @param examples in order of time
 */
export function learnLink(examples: readonly LinkExample[]): LinkModel {
  const fresh = examples.map((_, i) => 0.5 ** ((1 - i / examples.length) / halfLife));
  const first = fitCurve(examples, fresh);
  const isLikely = ({ features }: LinkExample) => chanceOf(first, features) >= likely;
  const weights = examples.map((example, i) => (fresh[i] ?? 0) * (isLikely(example) ? 1 : littleWeight));
  const curve = fitCurve(examples, weights);
  const samples = examples.flatMap((example, i) => {
    const target = believed(example, chanceOf(curve, example.features));
    return isLikely(example) ? [{ features: example.features, target, weight: fresh[i] ?? 0 }] : [];
  });
  const trees = learnForest(samples, treeCount);
  if (trees.length === 0) return { ...curve, trees };
  return { ...curve, weights: curve.weights.map((weight) => weight * say), bias: curve.bias * say, trees };
}

/** How sure it is the same problem; of what nobody marked or read: how likely it is so all the same. */
function believed({ marked, read }: LinkExample, chance: number): number {
  return marked ? 1 : (read ?? (chance * (1 - completeness)) / (1 - completeness * chance));
}

/** @param weights how much each example counts */
function fitCurve(examples: readonly LinkExample[], weights: readonly number[]): Curve {
  const width = examples[0]?.features.length ?? 0;
  const { deviations, means } = spread(examples, weights, width);
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
      const weight = weights[i] ?? 0;
      const known = marked ? 1 : read;
      const chance = 1 / (1 + Math.exp(-score));
      const target = believed({ features, marked, read }, chance);
      // log(1 + e^s) without overflow
      const certain = Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score)));
      loss += weight * (known === undefined ? -Math.log(1 - completeness * chance) : certain - known * score);
      const pull = weight * (chance - target);
      for (let f = 0; f < width; f++) gradient[f] = (gradient[f] ?? 0) + pull * (features[f] ?? 0);
      gradient[width] = (gradient[width] ?? 0) + pull;
    });
    return loss;
  });
  return { means, deviations, weights: [...solution.subarray(0, width)], bias: solution[width] ?? 0 };
}

/** Weighted means and deviations of each feature. */
function spread(
  examples: readonly LinkExample[],
  weights: readonly number[],
  width: number,
): Pick<Curve, 'means' | 'deviations'> {
  const total = Math.max(
    weights.reduce((sum, weight) => sum + weight, 0),
    Number.EPSILON,
  );
  const average = (value: (features: readonly number[]) => number) =>
    examples.reduce((sum, { features }, i) => sum + (weights[i] ?? 0) * value(features), 0) / total;
  const means: number[] = [];
  const deviations: number[] = [];
  for (let f = 0; f < width; f++) {
    const mean = average((features) => features[f] ?? 0);
    const variance = average((features) => ((features[f] ?? 0) - mean) ** 2);
    means.push(mean);
    deviations.push(variance > 1e-12 ? Math.sqrt(variance) : 1);
  }
  return { means, deviations };
}
