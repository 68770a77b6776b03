/** A linear score over standardised features. */
export interface LinearModel {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  readonly weights: readonly number[];
}

/** The score of the row of features that begins at `at`. */
export function linearScore(
  { deviations, means, weights }: LinearModel,
  rows: Float32Array,
  at: number,
): number {
  let score = 0;
  for (let f = 0; f < weights.length; f++)
    score += (weights[f]! * (rows[at + f]! - means[f]!)) / deviations[f]!;
  return score;
}
