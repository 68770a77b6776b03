import { type FieldCounts, fields, termFrequency } from '../text/analysis.ts';
import type { Embedding, IndexedDocument, LatentSpace, SparseVector } from './document.ts';
import { lookup } from './term-table.ts';

export const dimensions = 96;

/** How much a term with these counts adds to a vector; 0: nothing. */
export type TermWeight = (counts: FieldCounts) => number;

export const titleWeight: TermWeight = (counts) => (termFrequency(counts, fields.title) > 0 ? 1 : 0);
export const bodyWeight: TermWeight = (counts) => {
  const frequency =
    termFrequency(counts, fields.prose) +
    termFrequency(counts, fields.code) +
    termFrequency(counts, fields.errors);
  return frequency === 0 ? 0 : 1 + Math.log(frequency);
};
/** A title is part of its issue. */
export const issueWeight: TermWeight = (counts) => Math.max(titleWeight(counts), bodyWeight(counts));

/**
 * A document over some of the index's terms.
 * @param columnOf by term, its column; -1 for a term that is left out
 * @param idf by column, the information in its term
 */
export function sparseVector(
  { counts, terms }: IndexedDocument,
  columnOf: Int32Array,
  idf: Float32Array,
  weightOf: TermWeight,
): SparseVector {
  const columns: number[] = [];
  const values: number[] = [];
  terms.forEach((term, i) => {
    const column = columnOf[term]!;
    const weight = column < 0 ? 0 : weightOf(counts[i]!);
    if (weight === 0) return;
    columns.push(column);
    values.push(weight * idf[column]!);
  });
  return { columns: Uint32Array.from(columns), values: Float32Array.from(values) };
}

/** The same direction, of length 1; a vector of length 0 stays as it is. */
export function toUnit({ columns, values }: SparseVector): SparseVector {
  const square = values.reduce((sum, value) => sum + value * value, 0);
  const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
  return { columns, values: values.map((value) => value * scale) };
}

/**
 * Where an issue lies in a space.
 * @param highs the hashes of its terms, with `lows`
 * @param counts of its terms, by field
 */
export function embed(
  space: LatentSpace,
  highs: ArrayLike<number>,
  lows: ArrayLike<number>,
  counts: ArrayLike<FieldCounts>,
): Embedding {
  const title = new Float64Array(dimensions);
  const issue = new Float64Array(dimensions);
  for (let i = 0; i < highs.length; i++) {
    const row = lookup(space.table, highs[i]!, lows[i]!);
    if (row < 0) continue;
    const inIssue = issueWeight(counts[i]!);
    const inTitle = titleWeight(counts[i]!);
    const at = row * dimensions;
    for (let d = 0; d < dimensions; d++) {
      const value = space.vectors[at + d]!;
      issue[d]! += inIssue * value;
      title[d]! += inTitle * value;
    }
  }
  return { title: quantise(title), issue: quantise(issue) };
}

const quantisedLength = 127;

/** Of length 127, in whole numbers. */
function quantise(vector: Float64Array): Int8Array {
  let square = 0;
  for (const value of vector) square += value * value;
  const scale = square > 0 ? quantisedLength / Math.sqrt(square) : 0;
  return Int8Array.from(vector, (value) => Math.round(value * scale));
}

/** The cosine of the angle between two quantised vectors, to about a hundredth. */
export function cosine(a: Int8Array, b: Int8Array): number {
  let sum = 0;
  for (let d = 0; d < dimensions; d++) sum += a[d]! * b[d]!;
  return sum / quantisedLength ** 2;
}

/** The cosines of one quantised vector with many others, added up, from the sum of these. */
export function cosineSum(vector: Int8Array, others: Int32Array): number {
  let sum = 0;
  for (let d = 0; d < dimensions; d++) sum += vector[d]! * others[d]!;
  return sum / quantisedLength ** 2;
}
