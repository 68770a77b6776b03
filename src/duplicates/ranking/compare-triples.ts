import { logFrequency } from '../search-index/scoring.ts';
import { countOf, mostTriples, type Triples } from '../text/triples.ts';

/** How many values a comparison writes. */
export const tripleFeatures = 6;

/** What the shared triples of one pair tell: pairs come one after another. */
const told = new Float64Array(mostTriples);

/** The information in an issue's triples; `total` is the logarithm of how many issues there are, plus one. */
export function toldBy(counts: Uint32Array, total: number, triples: Triples): number {
  let sum = 0;
  for (let i = 0; i < triples.length; i++) sum += total - logFrequency(countOf(counts, triples[i] ?? 0));
  return sum;
}

/**
 * What two issues have in common in wording, written into `rows` from `at` on: information of the rarest and of the third
 * rarest shared triple, shares of either's information that is shared, how many shared ones are rare, and information
 * shared in all.
 * @param total the logarithm of how many issues there are, plus one
 * @param ofMine the information in mine, see `toldBy`
 */
export function compareTriples(
  counts: Uint32Array,
  total: number,
  mine: Triples,
  ofMine: number,
  theirs: Triples,
  rows: Float32Array,
  at: number,
): void {
  let shared = 0;
  for (let i = 0, j = 0; i < mine.length && j < theirs.length; ) {
    const [here, there] = [mine[i] ?? 0, theirs[j] ?? 0];
    if (here === there) told[shared++] = total - logFrequency(countOf(counts, here));
    if (here <= there) i++;
    if (there <= here) j++;
  }
  const rising = told.subarray(0, shared).sort();
  let sum = 0;
  let rare = 0;
  for (let i = shared - 1; i >= 0; i--) {
    const one = rising[i] ?? 0;
    sum += one;
    if (one > total / 2) rare++;
  }
  const ofTheirs = toldBy(counts, total, theirs);
  rows[at] = (rising[shared - 1] ?? 0) / total;
  rows[at + 1] = (rising[shared - 3] ?? 0) / total;
  rows[at + 2] = ofMine > 0 ? sum / ofMine : 0;
  rows[at + 3] = ofTheirs > 0 ? sum / ofTheirs : 0;
  rows[at + 4] = Math.log1p(rare);
  rows[at + 5] = Math.log1p(sum);
}
