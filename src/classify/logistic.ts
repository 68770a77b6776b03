import { sigmoid, softplus } from '../numerics/logistic.ts';
import { mulberry32, shuffle } from '../numerics/random.ts';
import { dot, type Vector } from './vectors.ts';

/** The score of a vector is its dot product with `weights`, plus `bias`. */
export interface LinearModel {
  readonly weights: Float64Array;
  readonly bias: number;
}

const maxRounds = 15;
const maxNewtonSteps = 8;
/** Training ends when no dual variable moves by more than this share of the cost. */
const tolerance = 1e-2;

/**
 * Fits logistic regression with an L2 penalty by dual coordinate descent (Yu, Huang, Lin: Dual coordinate
 * descent methods for logistic regression, Machine Learning 85, 2011). `targets` are +1 and -1; `cost` is the
 * weight of the loss against the penalty. The same input gives the same weights.
 */
export function trainLogistic(
  vectors: readonly Vector[],
  targets: readonly number[],
  dimension: number,
  cost: number,
): LinearModel {
  const weights = new Float64Array(dimension);
  let bias = 0;
  const duals = new Float64Array(vectors.length).fill(cost * 0.01);
  const squares = vectors.map(({ values }) => values.reduce((sum, value) => sum + value * value, 1));
  const move = (example: number, by: number): void => {
    const { ids, values } = vectors[example]!;
    for (let k = 0; k < ids.length; k++) weights[ids[k]!]! += by * values[k]!;
    bias += by;
  };
  vectors.forEach((_, example) => {
    move(example, targets[example]! * duals[example]!);
  });
  const order = vectors.map((_, example) => example);
  const random = mulberry32(1);
  for (let round = 0; round < maxRounds; round++) {
    shuffle(order, random);
    let largest = 0;
    for (const example of order) {
      const margin = targets[example]! * (dot(weights, vectors[example]!) + bias);
      const dual = optimalDual(duals[example]!, squares[example]!, margin, cost);
      const change = dual - duals[example]!;
      duals[example] = dual;
      move(example, change * targets[example]!);
      largest = Math.max(largest, Math.abs(change));
    }
    if (largest < tolerance * cost) break;
  }
  return { weights, bias };
}

/** Solves the one-variable problem of an example by Newton's method, within 0 and `cost`. */
function optimalDual(current: number, square: number, margin: number, cost: number): number {
  let dual = current;
  for (let step = 0; step < maxNewtonSteps; step++) {
    const slope = square * (dual - current) + margin + Math.log(dual / (cost - dual));
    const curvature = square + cost / (dual * (cost - dual));
    let next = dual - slope / curvature;
    if (next <= 0) next = dual * 0.1;
    else if (next >= cost) next = cost - (cost - dual) * 0.1;
    const change = Math.abs(next - dual);
    dual = next;
    if (change < 1e-8 * cost) break;
  }
  return dual;
}

/**
 * Fits logistic regression over a few dense inputs by Newton's method, with an L2 penalty on the distance from
 * `prior`. Returns a weight for each input and, last, the bias, which has no penalty.
 * @param inputs one array for each input, with a value for each example
 */
export function trainDense(
  inputs: readonly Float64Array[],
  targets: readonly boolean[],
  prior: readonly number[],
  penalty: number,
): number[] {
  const size = inputs.length + 1;
  const inputAt = (input: number, example: number): number => inputs[input]?.[example] ?? 1;
  const penaltyOf = (input: number): number => (input < inputs.length ? penalty : 1e-6);
  const scoresOf = (of: readonly number[]): Float64Array =>
    Float64Array.from(targets, (_, example) =>
      of.reduce((sum, weight, j) => sum + weight * inputAt(j, example), 0),
    );
  const lossOf = (of: readonly number[], scores: Float64Array): number =>
    scores.reduce((sum, score, example) => sum + softplus(targets[example] ? -score : score), 0) +
    of.reduce((sum, weight, j) => sum + (penaltyOf(j) * (weight - (prior[j] ?? 0)) ** 2) / 2, 0);
  let weights = [...prior, 0];
  let scores = scoresOf(weights);
  let loss = lossOf(weights, scores);
  for (let round = 0; round < 50; round++) {
    const system = weights.map((weight, j) => {
      const row = new Float64Array(size + 1);
      row[j] = penaltyOf(j) + 1e-9;
      row[size] = penaltyOf(j) * (weight - (prior[j] ?? 0));
      return row;
    });
    scores.forEach((score, example) => {
      const probability = sigmoid(score);
      const curvature = probability * (1 - probability);
      system.forEach((row, j) => {
        const value = inputAt(j, example);
        for (let k = 0; k < size; k++) row[k]! += curvature * value * inputAt(k, example);
        row[size]! += (probability - (targets[example] ? 1 : 0)) * value;
      });
    });
    const steps = solve(system);
    // Far from the optimum a full step may overshoot: halves it until the loss falls.
    let fraction = 1;
    const before = loss;
    for (; fraction > 1e-6; fraction /= 2) {
      const next = weights.map((weight, j) => weight - fraction * steps[j]!);
      const nextScores = scoresOf(next);
      const nextLoss = lossOf(next, nextScores);
      if (nextLoss > before) continue;
      [weights, scores, loss] = [next, nextScores, nextLoss];
      break;
    }
    if (before - loss < 1e-9 * (1 + before)) break;
  }
  return weights;
}

/**
 * Solves a small symmetric, positive definite system, whose last column is the right side, by Gauss-Jordan.
 */
function solve(system: readonly Float64Array[]): number[] {
  system.forEach((pivot, c) => {
    for (const row of system) {
      if (row === pivot) continue;
      const factor = row[c]! / pivot[c]!;
      for (let k = c; k < row.length; k++) row[k]! -= factor * pivot[k]!;
    }
  });
  return system.map((row, c) => row[row.length - 1]! / row[c]!);
}

/** Assigns 0 … n-1 to folds of equal size at random, always the same; returns the fold of each. */
export function dealFolds(n: number, folds: number): number[] {
  const parts = Array.from({ length: n }, (_, k) => k % folds);
  shuffle(parts, mulberry32(7));
  return parts;
}
