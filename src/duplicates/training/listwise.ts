import { softmax } from '../../numerics/logistic.ts';
import { minimise } from '../../numerics/minimise.ts';
import type { LinearModel } from '../ranking/linear.ts';

/** The candidates of one query: features row by row, and 1 for each row that is relevant. */
export interface RankingExample {
  readonly rows: Float32Array;
  readonly relevant: Uint8Array;
}

/**
 * Learns weights under which relevant candidates get the larger share of the softmax over all candidates of
 * their query (ListNet's top-one loss, Cao et al. 2007, with several relevant candidates pooled).
 * @param width features a row
 * @param penalty how strongly weights are drawn to those of `prior` (L2)
 * @param prior what is believed before any example; null: every weight is 0
 */
export function learnListwise(
  examples: readonly RankingExample[],
  width: number,
  penalty: number,
  prior: LinearModel | null = null,
): LinearModel {
  const useful = examples.filter(({ relevant }) => relevant.includes(1));
  const { means, deviations } = prior ?? moments(useful, width);
  const start = Float64Array.from({ length: width }, (_, f) => (prior === null ? 0 : prior.weights[f]!));
  const standard = useful.map(({ rows, relevant }) => ({
    rows: rows.map((value, i) => (value - means[i % width]!) / deviations[i % width]!),
    relevant,
  }));
  const weights = minimise(start, (at, gradient) => {
    let loss = 0;
    for (let f = 0; f < width; f++) {
      const moved = at[f]! - start[f]!;
      loss += (penalty / 2) * moved ** 2;
      gradient[f] = penalty * moved;
    }
    for (const example of standard) loss += listLoss(example, at, gradient);
    return loss;
  });
  return { means, deviations, weights: [...weights] };
}

/** Adds the gradient of one query's loss and returns the loss. */
function listLoss({ rows, relevant }: RankingExample, weights: Float64Array, gradient: Float64Array): number {
  const width = weights.length;
  const shares = softmax(
    Float64Array.from(relevant, (_, row) => {
      let score = 0;
      for (let f = 0; f < width; f++) score += weights[f]! * rows[row * width + f]!;
      return score;
    }),
  );
  // Never 0, whose logarithm is infinite.
  let hit = 1e-300;
  relevant.forEach((is, row) => {
    if (is === 1) hit += shares[row]!;
  });
  for (let row = 0; row < relevant.length; row++) {
    const pull = shares[row]! * (relevant[row] === 1 ? 1 - 1 / hit : 1);
    for (let f = 0; f < width; f++) gradient[f]! += pull * rows[row * width + f]!;
  }
  return -Math.log(hit);
}

/** Means and deviations of each feature over all rows. */
function moments(examples: readonly RankingExample[], width: number): Omit<LinearModel, 'weights'> {
  const sums = new Float64Array(width);
  const squares = new Float64Array(width);
  let count = 0;
  for (const { rows, relevant } of examples) {
    count += relevant.length;
    rows.forEach((value, i) => {
      sums[i % width]! += value;
      squares[i % width]! += value * value;
    });
  }
  const means = Array.from(sums, (sum) => sum / Math.max(count, 1));
  const deviations = Array.from(squares, (square, f) => {
    const variance = square / Math.max(count, 1) - means[f]! ** 2;
    return variance > 1e-12 ? Math.sqrt(variance) : 1;
  });
  return { means, deviations };
}
