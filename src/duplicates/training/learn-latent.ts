import { chanceFrom } from '../../numerics/random.ts';
import type { LatentSpace, SparseRow } from '../search-index/document.ts';
import {
  bodyWeight,
  dimensions,
  issueWeight,
  sparseRow,
  titleWeight,
  toUnit,
  type Weight,
} from '../search-index/latent.ts';
import { information } from '../search-index/scoring.ts';
import type { DuplicateIndex } from '../search-index/store.ts';
import { createTermTable, intern } from '../search-index/term-table.ts';
import { contrast, type Pair } from './contrast.ts';

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
