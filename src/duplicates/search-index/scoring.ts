import { type Counts, countIn, fieldCount } from '../text/analysis.ts';

/**
 * BM25F (Robertson, Zaragoza, Taylor 2004): occurrences are weighted and normalised by field, added up, and
 * saturated once. The result is kept in one byte, which moves no score by more than half a percent.
 */
export interface ScoringOptions {
  /** Weight of an occurrence by field: title, prose, code, errors, mark. */
  readonly weights: readonly number[];
  /** How much a field's length counts, 0 to 1, by field. */
  readonly norms: readonly number[];
  /** Saturation: the weight at which a term reaches half of its most. */
  readonly saturation: number;
}

export const defaultScoring: ScoringOptions = {
  weights: [3, 1, 0.7, 1, 2],
  norms: [0.3, 0.6, 0.6, 0.6, 0],
  saturation: 2,
};

export const maxImpact = 255;

/** What an occurrence in each field is worth in a document of these lengths. */
export function fieldValues(
  lengths: Uint32Array,
  averages: readonly number[],
  options: ScoringOptions,
): Float64Array {
  const values = new Float64Array(fieldCount);
  for (let field = 0; field < fieldCount; field++) {
    const relative = (lengths[field] ?? 0) / Math.max(averages[field] ?? 0, 1);
    const norm = options.norms[field] ?? 0;
    values[field] = (options.weights[field] ?? 0) / (1 - norm + norm * relative);
  }
  return values;
}

/** The share (1 to 255 of 255) of its full weight that a term earns with these counts. */
export function impactOf(counts: Counts, values: Float64Array, saturation: number): number {
  let weight = 0;
  for (let field = 0; field < fieldCount; field++) weight += countIn(counts, field) * (values[field] ?? 0);
  return Math.max(1, Math.round((maxImpact * weight) / (weight + saturation)));
}

/**
 * How much a term tells: the natural logarithm of how rare it is among the documents, as BM25 has it. That is
 * log(1 + (N - n + 0.5) / (n + 0.5)), which comes to the difference of two logarithms.
 */
export function information(documents: number, containing: number): number {
  return Math.log(documents + 1) - logFrequency(containing);
}

const logarithms = Float64Array.from({ length: 4096 }, (_, containing) => Math.log(containing + 0.5));

/** log(containing + 0.5), from a table where it is asked for most. */
export function logFrequency(containing: number): number {
  return logarithms[containing] ?? Math.log(containing + 0.5);
}
