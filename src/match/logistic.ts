import { sigmoid } from '../numerics/logistic.ts';

/** One example: the features it has, whether it is of the class, and how much it counts. */
export interface Example {
  readonly features: Uint32Array;
  readonly label: 0 | 1;
  readonly weight: number;
}

/** A linear model: the log-odds are `bias` plus the weights of the features that are present. */
export interface Linear {
  readonly bias: number;
  readonly weights: ReadonlyMap<number, number>;
}

/** Passes over the examples, the step, and how strongly weights are drawn to zero. */
export interface Fitting {
  readonly epochs: number;
  readonly rate: number;
  readonly penalty: number;
}

/** An example that is judged so nearly right teaches nothing more; most of a background soon is. */
const settled = 0.01;

/**
 * Logistic regression with an L2 penalty by AdaGrad (Duchi et al., 2011), in a fixed order: the same examples
 * give the same model on every machine. Only features of the vocabulary get a weight; its values say how
 * much each is worth where it is present.
 */
export function fitLogistic(
  examples: readonly Example[],
  vocabulary: ReadonlyMap<number, number>,
  { epochs, rate, penalty }: Fitting,
): Linear {
  const index = new Map([...vocabulary.keys()].map((id, at) => [id, at]));
  const worth = Float64Array.from(vocabulary.values());
  const rows = examples.map(({ features }) => {
    const row: number[] = [];
    for (const id of features) {
      const at = index.get(id);
      if (at !== undefined) row.push(at);
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
      for (const at of row) score += weights[at]! * worth[at]!;
      const error = (sigmoid(score) - label) * weight;
      if (Math.abs(error) < settled) continue;
      biasSquares += error * error;
      bias -= (rate * error) / Math.sqrt(biasSquares);
      for (const at of row) {
        const gradient = error * worth[at]! + penalty * weights[at]!;
        squares[at]! += gradient * gradient;
        weights[at]! -= (rate * gradient) / Math.sqrt(squares[at]!);
      }
    }
  }
  return { bias, weights: new Map([...index].map(([id, at]) => [id, weights[at]! * worth[at]!])) };
}

function coprime(count: number): number {
  const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
  let stride = Math.max(1, Math.floor(count * 0.618));
  while (gcd(stride, count) !== 1) stride++;
  return stride;
}
