import { seededRandom } from '../../numerics/random.ts';
import type { LatentSpace, SparseVector } from '../search-index/document.ts';
import {
  bodyWeight,
  dimensions,
  issueWeight,
  sparseVector,
  type TermWeight,
  titleWeight,
  toUnit,
} from '../search-index/embedding.ts';
import type { DuplicateIndex } from '../search-index/inverted-index.ts';
import { idf } from '../search-index/scoring.ts';
import { createTermTable, intern } from '../search-index/term-table.ts';
import { type Pair, trainContrastive } from './contrastive.ts';

/** Of the search for directions. */
const iterations = 5;

/** Rarer words stand beside too few others to have a direction. */
const minDocumentFrequency = 3;

/** Words in a larger share of the issues tell nothing of what an issue is about. */
const maxDocumentShare = 0.2;

/** The most frequent ones. */
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
        frequency[term]! >= minDocumentFrequency && frequency[term]! < documents.length * maxDocumentShare,
    )
    .sort((a, b) => frequency[b]! - frequency[a]! || a - b)
    .slice(0, maxTerms);
  // Issues that share every word or none have no directions either.
  if (chosen.length === 0) return null;
  const columnOf = new Int32Array(index.table.size).fill(-1);
  chosen.forEach((term, column) => {
    columnOf[term] = column;
  });
  const termIdf = Float32Array.from(chosen, (term) => idf(documents.length, frequency[term]!));
  const vectorsOf = (weightOf: TermWeight) =>
    documents.map((document) => sparseVector(document, columnOf, termIdf, weightOf));
  const vectors = dominantDirections(vectorsOf(issueWeight).map(toUnit), chosen.length);
  const titles = vectorsOf(titleWeight);
  const bodies = vectorsOf(bodyWeight);
  trainContrastive(
    vectors,
    dimensions,
    titles.flatMap((title, i): Pair[] => {
      const body = bodies[i];
      return body !== undefined && title.columns.length > 0 && body.columns.length > 0 ? [[title, body]] : [];
    }),
  );
  const table = createTermTable();
  for (const term of chosen) intern(table, index.table.highs[term]!, index.table.lows[term]!);
  return { table, vectors: vectors.map((value, i) => value * termIdf[Math.floor(i / dimensions)]!) };
}

/**
 * A basis of the space of the largest right singular vectors, by subspace iteration (Rutishauser 1969). Their
 * rotation within that space does not matter: only angles between issues are looked at.
 * @returns `dimensions` numbers a column of the matrix
 */
function dominantDirections(rows: readonly SparseVector[], columns: number): Float32Array {
  let basis = new Float32Array(columns * dimensions);
  // Any start will do that is the same every time.
  const random = seededRandom(columns);
  for (let i = 0; i < basis.length; i++) basis[i] = 2 * random() - 1;
  const image = new Float64Array(dimensions);
  for (let round = 0; round < iterations; round++) {
    orthonormalise(basis, columns);
    const next = new Float32Array(basis.length);
    for (const { columns: places, values } of rows) {
      image.fill(0);
      addRows(basis, places, values, image);
      for (let i = 0; i < places.length; i++) {
        const at = places[i]! * dimensions;
        const value = values[i]!;
        for (let d = 0; d < dimensions; d++) next[at + d]! += value * image[d]!;
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
    const at = rows[i]! * dimensions;
    const value = values[i]!;
    for (let d = 0; d < dimensions; d++) sum[d]! += value * vectors[at + d]!;
  }
}

/**
 * Makes the columns of a tall matrix perpendicular and of length 1 (Gram and Schmidt, in the stable order).
 */
function orthonormalise(basis: Float32Array, height: number): void {
  // By column, so that the inner loops run over neighbours.
  const columns = Array.from({ length: dimensions }, (_, d) =>
    Float64Array.from({ length: height }, (_, row) => basis[row * dimensions + d]!),
  );
  columns.forEach((column, d) => {
    for (const before of columns.slice(0, d)) {
      let along = 0;
      for (let i = 0; i < height; i++) along += column[i]! * before[i]!;
      for (let i = 0; i < height; i++) column[i]! -= along * before[i]!;
    }
    let square = 0;
    for (const value of column) square += value * value;
    const scale = square > 1e-20 ? 1 / Math.sqrt(square) : 0;
    for (let i = 0; i < height; i++) column[i]! *= scale;
    for (let row = 0; row < height; row++) basis[row * dimensions + d] = column[row]!;
  });
}
