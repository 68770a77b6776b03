import { sigmoid, softplus } from '../numerics/logistic.ts';
import { mulberry32, shuffle } from '../numerics/random.ts';
import { dot, type Vector } from './vectors.ts';

/** A weight for each position of the vectors, and one for all. */
export interface Linear {
  readonly weights: Float64Array;
  readonly bias: number;
}

const maxRounds = 15;
const maxSteps = 8;
/** Training ends when no example's share moves by more than this part of the cost. */
const enough = 1e-2;

/**
 * Logistic regression with an L2 penalty, by dual coordinate descent (Yu, Huang, Lin: Dual coordinate descent
 * methods for logistic regression, Machine Learning 85, 2011). `targets` are +1 and -1; `cost` is what an error weighs
 * against the penalty. The same input gives the same weights.
 */
export function trainLogistic(
  vectors: readonly Vector[],
  targets: readonly number[],
  dimension: number,
  cost: number,
): Linear {
  const weights = new Float64Array(dimension);
  let bias = 0;
  const shares = new Float64Array(vectors.length).fill(cost * 0.01);
  const squares = vectors.map(({ values }) => values.reduce((sum, value) => sum + value * value, 1));
  const move = (example: number, by: number): void => {
    const { ids, values } = vectors[example]!;
    for (let k = 0; k < ids.length; k++) weights[ids[k]!]! += by * values[k]!;
    bias += by;
  };
  vectors.forEach((_, example) => {
    move(example, targets[example]! * shares[example]!);
  });
  const order = vectors.map((_, example) => example);
  const random = mulberry32(1);
  for (let round = 0; round < maxRounds; round++) {
    shuffle(order, random);
    let largest = 0;
    for (const example of order) {
      const margin = targets[example]! * (dot(weights, vectors[example]!) + bias);
      const share = bestShare(shares[example]!, squares[example]!, margin, cost);
      const change = share - shares[example]!;
      shares[example] = share;
      move(example, change * targets[example]!);
      largest = Math.max(largest, Math.abs(change));
    }
    if (largest < enough * cost) break;
  }
  return { weights, bias };
}

/** Newton's method for the one-variable problem of an example, kept inside of 0 to `cost`. */
function bestShare(old: number, square: number, margin: number, cost: number): number {
  let share = old;
  for (let step = 0; step < maxSteps; step++) {
    const slope = square * (share - old) + margin + Math.log(share / (cost - share));
    const bend = square + cost / (share * (cost - share));
    let next = share - slope / bend;
    if (next <= 0) next = share * 0.1;
    else if (next >= cost) next = cost - (cost - share) * 0.1;
    const change = Math.abs(next - share);
    share = next;
    if (change < 1e-8 * cost) break;
  }
  return share;
}

/**
 * Logistic regression over a few dense inputs by Newton's method, drawn towards `prior` with the strength
 * `hold`; the last weight is the bias and free. `inputs` holds one array per input, with a value per example.
 */
export function trainDense(
  inputs: readonly Float64Array[],
  targets: readonly boolean[],
  prior: readonly number[],
  hold: number,
): number[] {
  const size = inputs.length + 1;
  const at = (input: number, example: number): number => inputs[input]?.[example] ?? 1;
  const force = (input: number): number => (input < inputs.length ? hold : 1e-6);
  const scoresOf = (of: readonly number[]): Float64Array =>
    Float64Array.from(targets, (_, example) =>
      of.reduce((sum, weight, j) => sum + weight * at(j, example), 0),
    );
  const lossOf = (of: readonly number[], scores: Float64Array): number =>
    scores.reduce((sum, score, example) => sum + softplus(targets[example] ? -score : score), 0) +
    of.reduce((sum, weight, j) => sum + (force(j) * (weight - (prior[j] ?? 0)) ** 2) / 2, 0);
  let weights = [...prior, 0];
  let scores = scoresOf(weights);
  let loss = lossOf(weights, scores);
  for (let round = 0; round < 50; round++) {
    const system = weights.map((weight, j) => {
      const row = new Float64Array(size + 1);
      row[j] = force(j) + 1e-9;
      row[size] = force(j) * (weight - (prior[j] ?? 0));
      return row;
    });
    scores.forEach((score, example) => {
      const chance = sigmoid(score);
      const bend = chance * (1 - chance);
      system.forEach((row, j) => {
        const value = at(j, example);
        for (let k = 0; k < size; k++) row[k]! += bend * value * at(k, example);
        row[size]! += (chance - (targets[example] ? 1 : 0)) * value;
      });
    });
    const steps = solve(system);
    // Far from the optimum a full step leads further away: it is halved until the loss falls.
    let share = 1;
    const before = loss;
    for (; share > 1e-6; share /= 2) {
      const next = weights.map((weight, j) => weight - share * steps[j]!);
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

/** Gauss-Jordan elimination of a small symmetric, positive system whose last column is the right side. */
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

/** A shuffled order of 0 … n-1 dealt out to `folds` parts: the part of each. The same every time. */
export function dealFolds(n: number, folds: number): number[] {
  const parts = Array.from({ length: n }, (_, k) => k % folds);
  shuffle(parts, mulberry32(7));
  return parts;
}
