import { logFrequency } from '../search-index/scoring.ts';
import { type Constructs, constructCount } from '../text/constructs.ts';

/**
 * What two samples have in common: the share of all information in the constructs of either that is shared, and the information
 * in the rarest shared one. Written into `rows` from `at` on; 0 where one has none.
 */
export function compareConstructs(
  counts: Uint32Array,
  mine: Constructs,
  theirs: Constructs,
  rows: Float32Array,
  at: number,
): void {
  rows[at] = 0;
  rows[at + 1] = 0;
  if (mine.length === 0 || theirs.length === 0) return;
  const total = logFrequency(counts[constructCount] ?? 0);
  let [all, rarest, shared] = [0, 0, 0];
  for (let i = 0, j = 0; i < mine.length || j < theirs.length; ) {
    const here = mine[i] ?? constructCount;
    const there = theirs[j] ?? constructCount;
    const told = total - logFrequency(counts[Math.min(here, there)] ?? 0);
    all += told;
    if (here === there) {
      shared += told;
      rarest = Math.max(rarest, told);
    }
    if (here <= there) i++;
    if (there <= here) j++;
  }
  rows[at] = all > 0 ? shared / all : 0;
  rows[at + 1] = rarest;
}
