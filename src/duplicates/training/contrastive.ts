import { seededRandom, shuffle } from '../../numerics/random.ts';
import type { SparseVector } from '../search-index/document.ts';

/** Two texts that say the same. */
export type Pair = readonly [SparseVector, SparseVector];

const epochs = 5;
/** Each pair is told apart from so many, itself among them. */
const batchSize = 128;
/** Cosines are divided by it: they lie too close together to be the scores of a softmax. */
const temperature = 0.1;
/** For vectors of length 1 on average. */
const learningRate = 0.03;

/**
 * Moves the vectors of words until the sum over one text of a pair points where that over the other does, and
 * not where those of other pairs do: contrastive training within each batch (InfoNCE, van den Oord et al.
 * 2018, both ways) with steps as in AdaGrad (Duchi et al. 2011). Deterministic.
 * @param vectors `width` numbers a word; changed in place
 */
export function trainContrastive(vectors: Float32Array, width: number, pairs: readonly Pair[]): void {
  const step = learningRate * typicalLength(vectors, width);
  const state: State = {
    vectors,
    width,
    squares: new Float32Array(vectors.length),
    gradient: new Float32Array(vectors.length),
  };
  const order = pairs.slice();
  const random = seededRandom(pairs.length);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    // The pairs of an incomplete batch have their turn in another epoch.
    for (let from = 0; from + batchSize <= order.length; from += batchSize)
      learnBatch(state, order.slice(from, from + batchSize), step);
  }
}

interface State {
  readonly vectors: Float32Array;
  readonly width: number;
  /** What the squares of all gradients so far add up to. */
  readonly squares: Float32Array;
  /** All 0 between batches. */
  readonly gradient: Float32Array;
}

function learnBatch(state: State, batch: readonly Pair[], step: number): void {
  const { gradient, squares, vectors, width } = state;
  const sides = [0, 1].map((side) => embedSide(state, batch, side as 0 | 1)) as [Side, Side];
  const gradients = cosineGradients(sides, batch.length, width);
  const touched = new Set<number>();
  sides.forEach((own, side) => {
    const other = sides[1 - side] as Side;
    const change = new Float32Array(width);
    batch.forEach((pair, i) => {
      // How the loss changes with the unit vector, and then, through its length, with the sum itself.
      change.fill(0);
      for (let j = 0; j < batch.length; j++) {
        const by = gradients[side === 0 ? i * batch.length + j : j * batch.length + i]!;
        addScaled(change, 0, other.units, j * width, by, width);
      }
      const along = dot(change, 0, own.units, i * width, width);
      addScaled(change, 0, own.units, i * width, -along, width);
      const { columns, values } = pair[side as 0 | 1];
      columns.forEach((column, at) => {
        touched.add(column);
        addScaled(gradient, column * width, change, 0, values[at]! * own.scales[i]!, width);
      });
    });
  });
  for (const column of touched) {
    for (let at = column * width; at < (column + 1) * width; at++) {
      const slope = gradient[at]!;
      if (slope === 0) continue;
      const square = squares[at]! + slope * slope;
      squares[at] = square;
      vectors[at]! -= (step * slope) / (Math.sqrt(square) + 1e-10);
      gradient[at] = 0;
    }
  }
}

/** One side of a batch: unit vectors, and what the sums were multiplied with to become them. */
interface Side {
  readonly units: Float32Array;
  readonly scales: Float32Array;
}

function embedSide({ vectors, width }: State, batch: readonly Pair[], side: 0 | 1): Side {
  const units = new Float32Array(batch.length * width);
  const scales = new Float32Array(batch.length);
  batch.forEach((pair, i) => {
    const { columns, values } = pair[side];
    const at = i * width;
    columns.forEach((column, place) => {
      addScaled(units, at, vectors, column * width, values[place]!, width);
    });
    const square = dot(units, at, units, at, width);
    const scale = square > 1e-20 ? 1 / Math.sqrt(square) : 0;
    scales[i] = scale;
    for (let d = at; d < at + width; d++) units[d]! *= scale;
  });
  return { units, scales };
}

/** How the loss changes with the cosine of one's first text and another's second, row by row. */
function cosineGradients([first, second]: readonly [Side, Side], size: number, width: number): Float32Array {
  const powers = new Float32Array(size * size);
  const inRow = new Float32Array(size);
  const inColumn = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      // No cosine is above 1, so none of the powers overflows.
      const cosine = dot(first.units, i * width, second.units, j * width, width);
      const power = Math.exp((cosine - 1) / temperature);
      powers[i * size + j] = power;
      inRow[i]! += power;
      inColumn[j]! += power;
    }
  }
  const share = 1 / (2 * size * temperature);
  return powers.map((power, at) => {
    const i = Math.floor(at / size);
    const j = at % size;
    return share * (power / inRow[i]! + power / inColumn[j]! - (i === j ? 2 : 0));
  });
}

function typicalLength(vectors: Float32Array, width: number): number {
  return Math.sqrt((dot(vectors, 0, vectors, 0, vectors.length) * width) / Math.max(vectors.length, 1));
}

function dot(a: Float32Array, from: number, b: Float32Array, other: number, length: number): number {
  let sum = 0;
  for (let d = 0; d < length; d++) sum += a[from + d]! * b[other + d]!;
  return sum;
}

function addScaled(
  sum: Float32Array,
  to: number,
  vectors: Float32Array,
  from: number,
  by: number,
  width: number,
): void {
  for (let d = 0; d < width; d++) sum[to + d]! += by * vectors[from + d]!;
}
