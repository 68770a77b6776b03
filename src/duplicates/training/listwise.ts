import { softmax } from '../../numerics/logistic.ts';
import { minimise } from '../../numerics/minimise.ts';
import type { LinearModel } from '../ranking/linear.ts';

/** The candidates of one query: features row by row, and which rows are right. */
export interface Example {
  readonly rows: Float32Array;
  readonly right: Uint8Array;
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
