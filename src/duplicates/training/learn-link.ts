import { sigmoid, softplus } from '../../numerics/logistic.ts';
import { minimise } from '../../numerics/minimise.ts';
import {
  curveProbability,
  ensembleWeight,
  type LinkModel,
  type LogisticModel,
  standardise,
} from '../ranking/link.ts';
import { learnForest } from './forest.ts';

/** One candidate of an issue of the past: the features of a link to it, and what people said of both. */
export interface LinkExample {
  readonly features: readonly number[];
  /** Whether somebody marked the issue as a duplicate of that candidate. */
  readonly marked: boolean;
  /** How sure a reader was that both are the same problem, 0 to 1; undefined when nobody read the pair. */
  readonly read?: number | undefined;
}

/** The share of duplicates that people mark: 4 in 10 of the pairs of rust-lang/rust that were read. */
const labelFrequency = 0.4;

/** How strongly weights are drawn to 0 (L2). */
const penalty = 3;

/**
 * Real links differ from what looks like one: what is less likely than this anyhow teaches little of that.
 */
const minLikelihood = 0.15;
const unlikelyWeight = 0.05;

const treeCount = 100;

/**
 * Old issues were reported otherwise, and teach less: after this share of the history an example counts half.
 */
const halfLife = 0.5;

/**
 * How likely a candidate is the same problem, from marks of which many are missing (Elkan and Noto 2008):
 * somebody marks a duplicate with the probability `labelFrequency`, and nothing else. A first logistic curve,
 * of all examples, tells the likely ones; they teach the second, and trees.
 * @param examples in order of time
 */
export function learnLink(examples: readonly LinkExample[]): LinkModel {
  const recency = examples.map((_, i) => 0.5 ** ((1 - i / examples.length) / halfLife));
  const first = fitCurve(examples, recency);
  const isLikely = ({ features }: LinkExample) => curveProbability(first, features) >= minLikelihood;
  const weights = examples.map((example, i) => recency[i]! * (isLikely(example) ? 1 : unlikelyWeight));
  const curve = fitCurve(examples, weights);
  const samples = examples.flatMap((example, i) => {
    const target = expectedLabel(example, curveProbability(curve, example.features));
    return isLikely(example) ? [{ features: example.features, target, weight: recency[i]! }] : [];
  });
  const trees = learnForest(samples, treeCount);
  if (trees.length === 0) return { ...curve, trees };
  return {
    ...curve,
    weights: curve.weights.map((weight) => weight * ensembleWeight),
    bias: curve.bias * ensembleWeight,
    trees,
  };
}

/**
 * The probability that it is the same problem: of what nobody marked or read, how likely it is so all the
 * same.
 */
function expectedLabel({ marked, read }: Omit<LinkExample, 'features'>, probability: number): number {
  if (marked) return 1;
  return read ?? (probability * (1 - labelFrequency)) / (1 - labelFrequency * probability);
}

/** @param weights how much each example counts */
function fitCurve(examples: readonly LinkExample[], weights: readonly number[]): LogisticModel {
  const width = examples[0]?.features.length ?? 0;
  const { deviations, means } = moments(examples, weights, width);
  const standard = examples.map(({ features }) =>
    features.map((value, f) => standardise(value, means[f]!, deviations[f]!)),
  );
  const solution = minimise(new Float64Array(width + 1), (at, gradient) => {
    let loss = 0;
    gradient.fill(0);
    for (let f = 0; f < width; f++) {
      loss += (penalty / 2) * at[f]! ** 2;
      gradient[f] = penalty * at[f]!;
    }
    standard.forEach((features, i) => {
      let score = at[width]!;
      for (let f = 0; f < width; f++) score += at[f]! * features[f]!;
      const example = examples[i]!;
      const weight = weights[i]!;
      const label = example.marked ? 1 : example.read;
      const probability = sigmoid(score);
      const exampleLoss =
        label === undefined ? -Math.log(1 - labelFrequency * probability) : softplus(score) - label * score;
      loss += weight * exampleLoss;
      const pull = weight * (probability - expectedLabel(example, probability));
      for (let f = 0; f < width; f++) gradient[f]! += pull * features[f]!;
      gradient[width]! += pull;
    });
    return loss;
  });
  return { means, deviations, weights: [...solution.subarray(0, width)], bias: solution[width]! };
}

/** Weighted means and deviations of each feature. */
function moments(
  examples: readonly LinkExample[],
  weights: readonly number[],
  width: number,
): Pick<LogisticModel, 'means' | 'deviations'> {
  const total = Math.max(
    weights.reduce((sum, weight) => sum + weight, 0),
    Number.EPSILON,
  );
  const average = (value: (features: readonly number[]) => number) =>
    examples.reduce((sum, { features }, i) => sum + weights[i]! * value(features), 0) / total;
  const means: number[] = [];
  const deviations: number[] = [];
  for (let f = 0; f < width; f++) {
    const mean = average((features) => features[f]!);
    const variance = average((features) => (features[f]! - mean) ** 2);
    means.push(mean);
    deviations.push(variance > 1e-12 ? Math.sqrt(variance) : 1);
  }
  return { means, deviations };
}
