import { softmax } from '../../numerics/logistic.ts';
import { type Query, searchEarlier } from '../search-index/query.ts';
import type { DuplicateIndex } from '../search-index/store.ts';
import { type Clusters, knownShare, membersOf, rootOf } from './clusters.ts';
import { compare, compareWith, featureNames } from './features.ts';
import { nearDuplicates } from './known-places.ts';
import { linearScore } from './linear.ts';
import type { DuplicateModel } from './model.ts';

/** How many candidates the index hands over to be looked at pair by pair. */
export const candidateCount = 200;

/** The candidates of one query with their features. */
export interface Candidates {
  readonly numbers: readonly number[];
  readonly roots: readonly number[];
  /** `featureNames.length` values a candidate. */
  readonly rows: Float32Array;
  /** The share of threads with known duplicates among all of the index. */
  readonly knownShare: number;
  /** How near the query is to known duplicates on average, see `nearDuplicates`. */
  readonly nearKnown: number;
}

/** Gathers the best candidates among earlier issues, as of the query's time. */
export function candidatesFor(index: DuplicateIndex, clusters: Clusters, query: Query): Candidates {
  const found = searchEarlier(index, query, candidateCount);
  const comparison = compareWith(index, query);
  const rows = new Float32Array(found.slots.length * featureNames.length);
  const numbers: number[] = [];
  const roots: number[] = [];
  found.slots.forEach((slot, rank) => {
    const candidate = index.documents[slot];
    if (candidate === undefined) return;
    const { number } = candidate;
    const standing = {
      rank,
      score: found.scores[rank] ?? 0,
      topScore: found.scores[0] ?? 0,
      known: membersOf(clusters, number).length - 1,
    };
    compare(comparison, candidate, standing, rows, numbers.length * featureNames.length);
    numbers.push(number);
    roots.push(rootOf(clusters, number));
  });
  return {
    numbers,
    roots,
    rows,
    knownShare: knownShare(clusters, index.slots.size),
    nearKnown: nearDuplicates(index, clusters, query),
  };
}

export function scoreAll(
  { numbers, rows }: Candidates,
  { ranking }: Pick<DuplicateModel, 'ranking'>,
): Float64Array {
  const width = featureNames.length;
  return Float64Array.from(numbers, (_, row) => linearScore(ranking, rows, row * width));
}

/** Earlier issues by falling chance: of each cluster the best member. */
export interface Pooled {
  /** Rows of the candidates. */
  readonly order: readonly number[];
  /** How likely each is the one, in that order: what its whole cluster has of the softmax over all candidates. */
  readonly chances: Float64Array;
}

/** Each cluster has the chance of all its members, as the ranking has learned it. */
export function pool({ numbers, roots }: Candidates, scores: Float64Array): Pooled {
  const shares = softmax(scores);
  const clusters = new Map<number, { best: number; chance: number }>();
  numbers.forEach((_, row) => {
    const root = roots[row] ?? 0;
    const share = shares[row] ?? 0;
    const { best, chance } = clusters.get(root) ?? { best: row, chance: 0 };
    const isBetter = (scores[row] ?? 0) > (scores[best] ?? 0);
    clusters.set(root, { best: isBetter ? row : best, chance: chance + share });
  });
  const ranked = [...clusters.values()].sort((a, b) => b.chance - a.chance || a.best - b.best);
  return {
    order: ranked.map(({ best }) => best),
    chances: Float64Array.from(ranked, ({ chance }) => chance),
  };
}
