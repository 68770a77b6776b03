import { minimise } from './minimise.ts';

/** The candidates of one query: features row by row, and which rows are right. */
export interface Example {
  readonly rows: Float32Array;
  readonly right: Uint8Array;
}

/** A linear score over standardised features. */
export interface LinearModel {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  readonly weights: readonly number[];
}

/**
 * Learns weights under which right candidates get the larger share of the softmax over all candidates of
 * their query (ListNet's top-one loss, Cao et al. 2007, with several right answers pooled).
 * @param width features a row
 * @param decay how strongly weights are drawn to those of `prior`
 * @param prior what is believed before any example; null: nothing, every weight 0
 */
export function learnListwise(
  examples: readonly Example[],
  width: number,
  decay: number,
  prior: LinearModel | null = null,
): LinearModel {
  const useful = examples.filter(({ right }) => right.includes(1));
  const { means, deviations } = prior ?? spread(useful, width);
  const before = Float64Array.from({ length: width }, (_, f) => prior?.weights[f] ?? 0);
  const standard = useful.map(({ rows, right }) => ({
    rows: rows.map((value, i) => (value - (means[i % width] ?? 0)) / (deviations[i % width] ?? 1)),
    right,
  }));
  const weights = minimise(before, (at, gradient) => {
    let loss = 0;
    for (let f = 0; f < width; f++) {
      const moved = (at[f] ?? 0) - (before[f] ?? 0);
      loss += (decay / 2) * moved ** 2;
      gradient[f] = decay * moved;
    }
    for (const example of standard) loss += listLoss(example, at, gradient);
    return loss;
  });
  return { means, deviations, weights: [...weights] };
}

/** The score of the row whose features stand in `rows` from `at` on. */
export function linearScore(
  { deviations, means, weights }: LinearModel,
  rows: Float32Array,
  at: number,
): number {
  let score = 0;
  for (let f = 0; f < weights.length; f++) {
    score += ((weights[f] ?? 0) * ((rows[at + f] ?? 0) - (means[f] ?? 0))) / (deviations[f] ?? 1);
  }
  return score;
}

/** Adds the gradient of one query's loss and returns the loss. */
function listLoss({ rows, right }: Example, weights: Float64Array, gradient: Float64Array): number {
  const width = weights.length;
  const chances = softmax(
    Float64Array.from(right, (_, row) => {
      let score = 0;
      for (let f = 0; f < width; f++) score += (weights[f] ?? 0) * (rows[row * width + f] ?? 0);
      return score;
    }),
  );
  let hit = 1e-300;
  right.forEach((is, row) => {
    if (is === 1) hit += chances[row] ?? 0;
  });
  for (let row = 0; row < right.length; row++) {
    const pull = (chances[row] ?? 0) * (right[row] === 1 ? 1 - 1 / hit : 1);
    for (let f = 0; f < width; f++) gradient[f] = (gradient[f] ?? 0) + pull * (rows[row * width + f] ?? 0);
  }
  return -Math.log(hit);
}

/** Shares that add up to 1, by the exponential of each score. */
export function softmax(scores: Float64Array): Float64Array {
  const top = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  const powers = scores.map((score) => Math.exp(score - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

function spread(examples: readonly Example[], width: number) {
  const sums = new Float64Array(width);
  const squares = new Float64Array(width);
  let count = 0;
  for (const { rows, right } of examples) {
    count += right.length;
    rows.forEach((value, i) => {
      const f = i % width;
      sums[f] = (sums[f] ?? 0) + value;
      squares[f] = (squares[f] ?? 0) + value * value;
    });
  }
  const means = Array.from(sums, (sum) => sum / Math.max(count, 1));
  const deviations = Array.from(squares, (square, f) => {
    const variance = square / Math.max(count, 1) - (means[f] ?? 0) ** 2;
    return variance > 1e-12 ? Math.sqrt(variance) : 1;
  });
  return { means, deviations };
}
