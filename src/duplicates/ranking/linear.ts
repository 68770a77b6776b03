/** A linear score over standardised features. */
export interface LinearModel {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  readonly weights: readonly number[];
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
