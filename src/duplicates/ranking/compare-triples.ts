import { getInt, type IntMap } from '../search-index/int-map.ts';
import { logFrequency } from '../search-index/scoring.ts';
import { maxTriples, type Triples, tripleBucket } from '../text/triples.ts';

/** What is known of triples when a query is compared. */
export interface TripleStatistics {
  /** How many issues have each, by bucket. */
  readonly counts: Uint32Array;
  /** By bucket, how many of these are not to be counted. */
  readonly excluded: IntMap;
  /** The logarithm of how many issues there are, plus one. */
  readonly logTotal: number;
  /** Room for the information in the shared triples of a pair. */
  readonly common: Float64Array;
}

export function tripleStatistics(counts: Uint32Array, excluded: IntMap, documents: number): TripleStatistics {
  return { counts, excluded, logTotal: Math.log(documents + 1), common: new Float64Array(maxTriples) };
}

/** What two issues have in common in wording, in information. */
export interface TripleOverlap {
  /** In the rarest and in the third rarest shared triple; 0 where so many are not shared. */
  readonly rarest: number;
  readonly thirdRarest: number;
  /** In all shared ones, and in all of the candidate. */
  readonly common: number;
  readonly candidate: number;
  /** How many of the shared ones are rare. */
  readonly rare: number;
}

/** The information in all triples of an issue. */
export function tripleInformation(statistics: TripleStatistics, triples: Triples): number {
  let sum = 0;
  for (let i = 0; i < triples.length; i++) sum += informationIn(statistics, triples[i]!);
  return sum;
}

function informationIn({ counts, excluded, logTotal }: TripleStatistics, triple: number): number {
  const bucket = tripleBucket(counts, triple);
  return logTotal - logFrequency(counts[bucket]! - getInt(excluded, bucket));
}

export function compareTriples(
  statistics: TripleStatistics,
  query: Triples,
  candidate: Triples,
): TripleOverlap {
  const { logTotal, common } = statistics;
  let count = 0;
  for (let i = 0, j = 0; i < query.length && j < candidate.length; ) {
    const [here, there] = [query[i]!, candidate[j]!];
    if (here === there) common[count++] = informationIn(statistics, here);
    if (here <= there) i++;
    if (there <= here) j++;
  }
  if (count > 1) common.subarray(0, count).sort();
  let sum = 0;
  let rare = 0;
  for (let i = count - 1; i >= 0; i--) {
    sum += common[i]!;
    if (common[i]! > logTotal / 2) rare++;
  }
  return {
    rarest: count > 0 ? common[count - 1]! : 0,
    thirdRarest: count > 2 ? common[count - 3]! : 0,
    common: sum,
    candidate: tripleInformation(statistics, candidate),
    rare,
  };
}
