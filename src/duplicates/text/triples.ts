import type { Report } from '../../model/report.ts';
import { visitTerms } from './tokens.ts';

/**
 * Three words in a row of a title or an error line, by hash. What a program says when it fails is told apart by
 * its wording: words may be common while the triple is rare, and the stock phrases of a tool are common as such.
 */
export type Triples = Uint32Array;

/** Of one issue. */
export const mostTriples = 256;
const longestLine = 600;
/** Powers of two. Triples that fall on one count look more common than they are: they are trusted less. */
const fewestCounts = 1 << 12;
const mostCounts = 1 << 19;
/** So many counts a document, which has some forty triples. */
const countsPerDocument = 64;

/** The distinct triples of a report, in rising order. */
export function triplesOf(report: Report): Triples {
  const found = new Set<number>();
  addTriples(report.title, found);
  for (const { start, end } of report.errors) {
    if (found.size >= mostTriples) break;
    addTriples(report.body.slice(start, Math.min(end, start + longestLine)), found);
  }
  return Uint32Array.from(found).sort().slice(0, mostTriples);
}

function addTriples(line: string, found: Set<number>): void {
  // Paths and numbers are of one machine and one run.
  const said = line.replaceAll(/\S*[\\/]\S*/g, ' ');
  let first: number | null = null;
  let second: number | null = null;
  visitTerms(said, 0, said.length, ({ low, compound }, start) => {
    if (compound || /\d/.test(said.charAt(start))) return;
    if (first !== null && second !== null) found.add(combine(combine(first, second), low));
    [first, second] = [second, low];
  });
}

function combine(a: number, b: number): number {
  return (Math.imul(a ^ (a >>> 15), 0x85ebca6b) + b) >>> 0;
}

/** Room to count the triples of so many issues. */
export function createTripleCounts(documents = 0): Uint32Array {
  let size = fewestCounts;
  while (size < mostCounts && size < documents * countsPerDocument) size *= 2;
  return new Uint32Array(size);
}

/** Whether so many issues have outgrown the counts, which are then made anew. */
export function areOutgrown(counts: Uint32Array, documents: number): boolean {
  return counts.length < mostCounts && counts.length < documents * countsPerDocument;
}

/** @param by 1 for an issue that comes, -1 for one that leaves */
export function countTriples(counts: Uint32Array, triples: Triples, by: 1 | -1): void {
  for (const triple of triples) {
    const at = triple & (counts.length - 1);
    counts[at] = (counts[at] ?? 0) + by;
  }
}

/** How many issues have the triple, roughly. */
export function countOf(counts: Uint32Array, triple: number): number {
  return counts[triple & (counts.length - 1)] ?? 0;
}
