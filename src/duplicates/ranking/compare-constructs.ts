import { logFrequency } from '../search-index/scoring.ts';
import { type Constructs, constructCount } from '../text/constructs.ts';

/** What two code samples have in common; 0 where one issue has none. */
export interface ConstructOverlap {
  /** The share of all information in the constructs of either that is shared. */
  readonly share: number;
  /** The information in the rarest shared construct. */
  readonly rarest: number;
}

const nothing: ConstructOverlap = { share: 0, rarest: 0 };

/** @param counts how many issues use each construct, see constructs.ts */
export function compareConstructs(
  counts: Uint32Array,
  query: Constructs,
  candidate: Constructs,
): ConstructOverlap {
  if (query.length === 0 || candidate.length === 0) return nothing;
  const total = logFrequency(counts[constructCount]!);
  let [all, rarest, common] = [0, 0, 0];
  for (let i = 0, j = 0; i < query.length || j < candidate.length; ) {
    const here = i < query.length ? query[i]! : constructCount;
    const there = j < candidate.length ? candidate[j]! : constructCount;
    const idf = total - logFrequency(counts[Math.min(here, there)]!);
    all += idf;
    if (here === there) {
      common += idf;
      rarest = Math.max(rarest, idf);
    }
    if (here <= there) i++;
    if (there <= here) j++;
  }
  return { share: all > 0 ? common / all : 0, rarest };
}
