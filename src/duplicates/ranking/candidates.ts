import { softmax } from '../../numerics/logistic.ts';
import type { DuplicateIndex } from '../search-index/inverted-index.ts';
import { type Query, retrieve } from '../search-index/query.ts';
import { type Clusters, knownShare, membersOf, rootOf } from './clusters.ts';
import { featureNames, writeFeatures } from './features.ts';
import { proximityToKnown } from './known-duplicates.ts';
import { type LinearModel, linearScore } from './linear.ts';
import { comparePair, createComparison } from './pair.ts';

/** How many candidates the index hands over to be compared pair by pair. */
export const candidateCount = 200;

/** The candidates of one query with their features. */
export interface Candidates {
  readonly numbers: readonly number[];
  readonly roots: readonly number[];
  /** Their features, row by row: `featureNames.length` values a candidate, see `featureIndex`. */
  readonly rows: Float32Array;
  /** The share of threads with known duplicates among all of the index. */
  readonly knownShare: number;
  /** How near the query lies to known duplicates on average, see `proximityToKnown`. */
  readonly knownProximity: number;
}

/** The best candidates among earlier issues, as of the query's time. */
export function candidatesFor(index: DuplicateIndex, clusters: Clusters, query: Query): Candidates {
  const hits = retrieve(index, query, candidateCount);
  const comparison = createComparison(index, query);
  const rows = new Float32Array(hits.slots.length * featureNames.length);
  const numbers: number[] = [];
  const roots: number[] = [];
  hits.slots.forEach((slot, rank) => {
    const candidate = index.documents[slot]!;
    const { number } = candidate;
    const pair = comparePair(comparison, candidate, {
      rank,
      score: hits.scores[rank]!,
      topScore: hits.scores[0]!,
      knownDuplicates: membersOf(clusters, number).length - 1,
    });
    writeFeatures(pair, rows, rank * featureNames.length);
    numbers.push(number);
    roots.push(rootOf(clusters, number));
  });
  return {
    numbers,
    roots,
    rows,
    knownShare: knownShare(clusters, query.view.documents),
    knownProximity: proximityToKnown(index, clusters, query),
  };
}

/** By candidate, the score of the ranking. */
export function scoreCandidates({ numbers, rows }: Candidates, ranking: LinearModel): Float64Array {
  const width = featureNames.length;
  return Float64Array.from(numbers, (_, row) => linearScore(ranking, rows, row * width));
}

/** Clusters by falling probability. */
export interface RankedClusters {
  /** By place, the row of the cluster's best candidate. */
  readonly order: readonly number[];
  /** By place, the share that all candidates of the cluster have of the softmax over all. */
  readonly shares: Float64Array;
}

/** Each cluster has the shares of all its candidates, as the ranking has learned it. */
export function rankClusters({ numbers, roots }: Candidates, scores: Float64Array): RankedClusters {
  const shares = softmax(scores);
  const clusters = new Map<number, { best: number; share: number }>();
  numbers.forEach((_, row) => {
    const root = roots[row]!;
    const { best, share } = clusters.get(root) ?? { best: row, share: 0 };
    const isBetter = scores[row]! > scores[best]!;
    clusters.set(root, { best: isBetter ? row : best, share: share + shares[row]! });
  });
  const ranked = [...clusters.values()].sort((a, b) => b.share - a.share || a.best - b.best);
  return {
    order: ranked.map(({ best }) => best),
    shares: Float64Array.from(ranked, ({ share }) => share),
  };
}
