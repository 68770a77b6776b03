import { type Counts, countIn } from '../text/analysis.ts';
import type { LatentPlace, LatentSpace, SparseRow, StoredDocument } from './document.ts';
import { lookup } from './term-table.ts';

export const dimensions = 96;

/** How much a term counts that stands in an issue so often; 0: not at all. */
export type Weight = (counts: Counts) => number;

export const titleWeight: Weight = (counts) => (countIn(counts, 0) > 0 ? 1 : 0);
export const bodyWeight: Weight = (counts) => {
  const often = countIn(counts, 1) + countIn(counts, 2) + countIn(counts, 3);
  return often === 0 ? 0 : 1 + Math.log(often);
};
/** A title is part of its issue. */
export const issueWeight: Weight = (counts) => Math.max(titleWeight(counts), bodyWeight(counts));

export function sparseRow(
  { counts, terms }: StoredDocument,
  rowOf: Int32Array,
  told: Float32Array,
  weightOf: Weight,
): SparseRow {
  const columns: number[] = [];
  const values: number[] = [];
  terms.forEach((term, i) => {
    const column = rowOf[term] ?? -1;
    const weight = column < 0 ? 0 : weightOf(counts[i] ?? 0);
    if (weight === 0) return;
    columns.push(column);
    values.push(weight * (told[column] ?? 0));
  });
  return { columns: Uint32Array.from(columns), values: Float32Array.from(values) };
}

export function toUnit({ columns, values }: SparseRow): SparseRow {
  const norm = values.reduce((sum, value) => sum + value * value, 0);
  const scale = norm > 0 ? 1 / Math.sqrt(norm) : 0;
  return { columns, values: values.map((value) => value * scale) };
}

/** Places an issue: `hashOf` gives the hash of a term by its position. */
export function placeIn(
  space: LatentSpace,
  highs: ArrayLike<number>,
  lows: ArrayLike<number>,
  counts: ArrayLike<number>,
): LatentPlace {
  const title = new Float64Array(dimensions);
  const issue = new Float64Array(dimensions);
  for (let i = 0; i < highs.length; i++) {
    const row = lookup(space.table, highs[i] ?? 0, lows[i] ?? 0);
    if (row < 0) continue;
    const there = counts[i] ?? 0;
    const weight = issueWeight(there);
    const inTitle = titleWeight(there);
    const at = row * dimensions;
    for (let d = 0; d < dimensions; d++) {
      const value = space.vectors[at + d] ?? 0;
      issue[d] = (issue[d] ?? 0) + weight * value;
      title[d] = (title[d] ?? 0) + inTitle * value;
    }
  }
  return { title: unit(title), issue: unit(issue) };
}

const unitLength = 127;

function unit(vector: Float64Array): Int8Array {
  let square = 0;
  for (const value of vector) square += value * value;
  const scale = square > 0 ? unitLength / Math.sqrt(square) : 0;
  return Int8Array.from(vector, (value) => Math.round(value * scale));
}

/** The cosine of the angle between two places, to about a hundredth. */
export function nearness(a: Int8Array, b: Int8Array): number {
  let sum = 0;
  for (let d = 0; d < dimensions; d++) sum += (a[d] ?? 0) * (b[d] ?? 0);
  return sum / unitLength ** 2;
}

/** The cosines of a place with many others, added up, from the sum of those. */
export function nearnessToSum(place: Int8Array, others: Int32Array): number {
  let sum = 0;
  for (let d = 0; d < dimensions; d++) sum += (place[d] ?? 0) * (others[d] ?? 0);
  return sum / unitLength ** 2;
}
