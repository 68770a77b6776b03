import type { Report } from '../../model/report.ts';
import { visitTerms } from './tokens.ts';

/**
 * Three words in a row of a title or an error line, by hash. Wording tells failures apart: its words may be
 * common while the triple is rare, and the stock phrases of a tool are common as triples too.
 */
export type Triples = Uint32Array;

/** Of one issue at most. */
export const maxTriples = 256;
const maxLineLength = 600;
/** Powers of two. Triples of one bucket look more common than they are: they are trusted less. */
const minTableSize = 1 << 12;
const maxTableSize = 1 << 19;
/** So many buckets a document, which has some forty triples. */
const bucketsPerDocument = 64;

/** The distinct triples of a report, in rising order. */
export function triplesOf(report: Report): Triples {
  const found = new Set<number>();
  addTriples(report.title, found);
  for (const { start, end } of report.errors) {
    if (found.size >= maxTriples) break;
    addTriples(report.body.slice(start, Math.min(end, start + maxLineLength)), found);
  }
  return Uint32Array.from(found).sort().slice(0, maxTriples);
}

function addTriples(line: string, found: Set<number>): void {
  // Paths and numbers are of one machine and one run.
  const wording = line.replaceAll(/\S*[\\/]\S*/g, ' ');
  let first: number | null = null;
  let second: number | null = null;
  visitTerms(wording, 0, wording.length, ({ low, compound }, start) => {
    if (compound || /\d/.test(wording.charAt(start))) return;
    if (first !== null && second !== null) found.add(combine(combine(first, second), low));
    [first, second] = [second, low];
  });
}

function combine(a: number, b: number): number {
  return (Math.imul(a ^ (a >>> 15), 0x85ebca6b) + b) >>> 0;
}

/** Room to count the triples of so many issues. */
export function createTripleCounts(documents = 0): Uint32Array {
  let size = minTableSize;
  while (size < maxTableSize && size < documents * bucketsPerDocument) size *= 2;
  return new Uint32Array(size);
}

/** Whether so many issues need more buckets; the counts are then made anew. */
export function isOutgrown(counts: Uint32Array, documents: number): boolean {
  return counts.length < maxTableSize && counts.length < documents * bucketsPerDocument;
}

/** @param by 1 for an issue that comes, -1 for one that leaves */
export function countTriples(counts: Uint32Array, triples: Triples, by: 1 | -1): void {
  for (const triple of triples) counts[tripleBucket(counts, triple)]! += by;
}

/**
 * Where a triple is counted. What stands there is how many issues have it, or another one of the same bucket.
 */
export function tripleBucket(counts: Uint32Array, triple: number): number {
  return triple & (counts.length - 1);
}
