import { type FieldCounts, fieldCount, termFrequency } from '../text/analysis.ts';

/**
 * BM25F (Robertson, Zaragoza, Taylor 2004): occurrences are weighted and normalised by field, added up, and
 * saturated once. The result is kept in one byte, which moves no score by more than half a percent.
 */
export interface ScoringOptions {
  /** Weight of an occurrence by field: title, prose, code, errors, fingerprint. */
  readonly weights: readonly number[];
  /** How much a field's length counts, 0 to 1, by field. */
  readonly norms: readonly number[];
  /** The weight at which a term reaches half of its maximum. */
  readonly saturation: number;
}

export const defaultScoring: ScoringOptions = {
  weights: [3, 1, 0.7, 1, 2],
  norms: [0.3, 0.6, 0.6, 0.6, 0],
  saturation: 2,
};

export const maxImpact = 255;

/** By field, the weight of an occurrence in a document of these lengths. */
export function fieldWeightsOf(
  lengths: Uint32Array,
  averages: readonly number[],
  { norms, weights }: ScoringOptions,
): Float64Array {
  return Float64Array.from(weights, (weight, field) => {
    const relative = lengths[field]! / Math.max(averages[field]!, 1);
    const norm = norms[field]!;
    return weight / (1 - norm + norm * relative);
  });
}

/** The share (1 to 255 of 255) of its full weight that a term earns with these counts. */
export function impactOf(counts: FieldCounts, fieldWeights: Float64Array, saturation: number): number {
  let weight = 0;
  for (let field = 0; field < fieldCount; field++)
    weight += termFrequency(counts, field) * fieldWeights[field]!;
  return Math.max(1, Math.round((maxImpact * weight) / (weight + saturation)));
}

/**
 * Inverse document frequency, the information in a term: the natural logarithm of how rare it is among the
 * documents, as BM25 has it. That is log(1 + (N - n + 0.5) / (n + 0.5)), which comes to the difference of two
 * logarithms.
 * @param documents N, of all
 * @param documentFrequency n, of those that contain the term
 */
export function idf(documents: number, documentFrequency: number): number {
  return Math.log(documents + 1) - logFrequency(documentFrequency);
}

const logarithms = Float64Array.from({ length: 4096 }, (_, frequency) => Math.log(frequency + 0.5));

/** log(n + 0.5) of a document frequency n, from a table for the usual ones. */
export function logFrequency(documentFrequency: number): number {
  return logarithms[documentFrequency] ?? Math.log(documentFrequency + 0.5);
}
