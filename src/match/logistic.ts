import { sigmoid } from '../numerics/logistic.ts';

/** A training example: its feature ids, whether it is of the class, and its weight in the loss. */
export interface WeightedExample {
  readonly features: Uint32Array;
  readonly label: 0 | 1;
  readonly weight: number;
}

/** The log-odds are `bias` plus the weights of the features that are present. */
export interface SparseLinearModel {
  readonly bias: number;
  readonly weights: ReadonlyMap<number, number>;
}

export interface FitOptions {
  /** Passes over the examples. */
  readonly epochs: number;
  /** The learning rate. */
  readonly rate: number;
  /** The strength of the L2 penalty. */
  readonly penalty: number;
}

/** Examples with a smaller error are skipped, as most of the background soon is. */
const negligibleError = 0.01;

/**
 * Fits logistic regression with an L2 penalty by AdaGrad (Duchi et al., 2011), in a fixed order: the same
 * examples give the same model on every machine. Only features of the vocabulary get a weight; its values are
 * the features' values where they are present.
 */
export function fitLogistic(
  examples: readonly WeightedExample[],
  vocabulary: ReadonlyMap<number, number>,
  { epochs, rate, penalty }: FitOptions,
): SparseLinearModel {
  const index = new Map([...vocabulary.keys()].map((id, column) => [id, column]));
  const scales = Float64Array.from(vocabulary.values());
  const rows = examples.map(({ features }) => {
    const row: number[] = [];
    for (const id of features) {
      const column = index.get(id);
      if (column !== undefined) row.push(column);
    }
    return Int32Array.from(row);
  });
  const weights = new Float64Array(index.size);
  const squares = new Float64Array(index.size).fill(1);
  let bias = 0;
  let biasSquares = 1;
  // A stride that is coprime with the count visits every example once, classes mixed.
  const stride = coprime(examples.length);
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let rotation = 0; rotation < examples.length; rotation++) {
      const which = (rotation * stride + epoch) % examples.length;
      const { label, weight } = examples[which]!;
      const row = rows[which]!;
      let score = bias;
      for (const column of row) score += weights[column]! * scales[column]!;
      const error = (sigmoid(score) - label) * weight;
      if (Math.abs(error) < negligibleError) continue;
      biasSquares += error * error;
      bias -= (rate * error) / Math.sqrt(biasSquares);
      for (const column of row) {
        const gradient = error * scales[column]! + penalty * weights[column]!;
        squares[column]! += gradient * gradient;
        weights[column]! -= (rate * gradient) / Math.sqrt(squares[column]!);
      }
    }
  }
  return {
    bias,
    weights: new Map([...index].map(([id, column]) => [id, weights[column]! * scales[column]!])),
  };
}

function coprime(count: number): number {
  const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
  let stride = Math.max(1, Math.floor(count * 0.618));
  while (gcd(stride, count) !== 1) stride++;
  return stride;
}
