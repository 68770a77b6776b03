import { type Counts, countIn } from './analysis.ts';
import { chanceFrom } from './chance.ts';
import { contrast, type Pair, type SparseRow } from './contrast.ts';
import { information } from './scoring.ts';
import type { DuplicateIndex, StoredDocument } from './store.ts';
import { createTermTable, intern, lookup, type TermTable } from './term-table.ts';

/**
 * Directions in which the words of a repository's issues vary together (latent semantic analysis, Deerwester et
 * al. 1990), moved until the title of an issue points where its body does and not where those of others do: issues
 * that say the same in other words lie near one another. Terms are known by hash, so that a space outlives the
 * index that taught it.
 */
export interface LatentSpace {
  readonly table: TermTable;
  /** `dimensions` numbers a term, its information included. */
  readonly vectors: Float32Array;
}

/** Where an issue lies: vectors of its title and of all of it, of length 127; all 0 where no word is known. */
export interface LatentPlace {
  readonly title: Int8Array;
  readonly issue: Int8Array;
}

export const dimensions = 96;
const rounds = 5;
const minFrequency = 3;
/** Words in more than this share of the issues tell nothing of what an issue is about. */
const maxShare = 0.2;
const maxTerms = 20_000;
/** Fewer issues have no directions to speak of. */
export const minIssues = 200;

/** Learns the space of an index's issues; null when there are too few. Deterministic. */
export function learnLatent(index: DuplicateIndex): LatentSpace | null {
  const documents = index.documents.filter((document) => document !== undefined);
  if (documents.length < minIssues) return null;
  const { frequency } = index.postings;
  const chosen = Array.from({ length: index.table.size }, (_, term) => term)
    .filter(
      (term) =>
        (frequency[term] ?? 0) >= minFrequency && (frequency[term] ?? 0) < documents.length * maxShare,
    )
    .sort((a, b) => (frequency[b] ?? 0) - (frequency[a] ?? 0) || a - b)
    .slice(0, maxTerms);
  // Issues that share every word or none have no directions either.
  if (chosen.length === 0) return null;
  const rowOf = new Int32Array(index.table.size).fill(-1);
  chosen.forEach((term, row) => {
    rowOf[term] = row;
  });
  const told = Float32Array.from(chosen, (term) => information(documents.length, frequency[term] ?? 0));
  const rowsOf = (weightOf: Weight) =>
    documents.map((document) => sparseRow(document, rowOf, told, weightOf));
  const vectors = dominantDirections(rowsOf(issueWeight).map(toUnit), chosen.length);
  const titles = rowsOf(titleWeight);
  const bodies = rowsOf(bodyWeight);
  contrast(
    vectors,
    dimensions,
    titles.flatMap((title, i): Pair[] => {
      const body = bodies[i];
      return body !== undefined && title.columns.length > 0 && body.columns.length > 0 ? [[title, body]] : [];
    }),
  );
  const table = createTermTable();
  for (const term of chosen) intern(table, index.table.highs[term] ?? 0, index.table.lows[term] ?? 0);
  return { table, vectors: vectors.map((value, i) => value * (told[Math.floor(i / dimensions)] ?? 0)) };
}

/** How much a term counts that stands in an issue so often; 0: not at all. */
type Weight = (counts: Counts) => number;

const titleWeight: Weight = (counts) => (countIn(counts, 0) > 0 ? 1 : 0);
const bodyWeight: Weight = (counts) => {
  const often = countIn(counts, 1) + countIn(counts, 2) + countIn(counts, 3);
  return often === 0 ? 0 : 1 + Math.log(often);
};
/** A title is part of its issue. */
const issueWeight: Weight = (counts) => Math.max(titleWeight(counts), bodyWeight(counts));

function sparseRow(
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

function toUnit({ columns, values }: SparseRow): SparseRow {
  const norm = values.reduce((sum, value) => sum + value * value, 0);
  const scale = norm > 0 ? 1 / Math.sqrt(norm) : 0;
  return { columns, values: values.map((value) => value * scale) };
}

/**
 * A basis of the space of the largest right singular vectors, by subspace iteration (Rutishauser 1969). Their
 * rotation within that space does not matter: only angles between issues are looked at.
 * @returns `dimensions` numbers a column of the matrix
 */
function dominantDirections(rows: readonly SparseRow[], columns: number): Float32Array {
  let basis = new Float32Array(columns * dimensions);
  // Any start will do that is the same every time.
  const chance = chanceFrom(columns);
  for (let i = 0; i < basis.length; i++) basis[i] = 2 * chance() - 1;
  const image = new Float64Array(dimensions);
  for (let round = 0; round < rounds; round++) {
    orthonormalise(basis, columns);
    const next = new Float32Array(basis.length);
    for (const { columns: places, values } of rows) {
      image.fill(0);
      addRows(basis, places, values, image);
      for (let i = 0; i < places.length; i++) {
        const at = (places[i] ?? 0) * dimensions;
        const value = values[i] ?? 0;
        for (let d = 0; d < dimensions; d++) next[at + d] = (next[at + d] ?? 0) + value * (image[d] ?? 0);
      }
    }
    basis = next;
  }
  orthonormalise(basis, columns);
  return basis;
}

function addRows(
  vectors: Float32Array,
  rows: ArrayLike<number>,
  values: ArrayLike<number>,
  sum: Float64Array,
): void {
  for (let i = 0; i < rows.length; i++) {
    const at = (rows[i] ?? 0) * dimensions;
    const value = values[i] ?? 0;
    for (let d = 0; d < dimensions; d++) sum[d] = (sum[d] ?? 0) + value * (vectors[at + d] ?? 0);
  }
}

/** Makes the columns of a tall matrix perpendicular and of length 1 (Gram and Schmidt, in the stable order). */
function orthonormalise(basis: Float32Array, height: number): void {
  // By column, so that the inner loops run over neighbours.
  const columns = Array.from({ length: dimensions }, (_, d) =>
    Float64Array.from({ length: height }, (_, row) => basis[row * dimensions + d] ?? 0),
  );
  columns.forEach((column, d) => {
    for (const before of columns.slice(0, d)) {
      let along = 0;
      for (let i = 0; i < height; i++) along += (column[i] ?? 0) * (before[i] ?? 0);
      for (let i = 0; i < height; i++) column[i] = (column[i] ?? 0) - along * (before[i] ?? 0);
    }
    let square = 0;
    for (const value of column) square += value * value;
    const scale = square > 1e-20 ? 1 / Math.sqrt(square) : 0;
    for (let i = 0; i < height; i++) column[i] = (column[i] ?? 0) * scale;
    for (let row = 0; row < height; row++) basis[row * dimensions + d] = column[row] ?? 0;
  });
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
