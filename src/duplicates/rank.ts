import { type Clusters, knownShare, membersOf, rootOf } from './clusters.ts';
import { compare, compareWith, featureNames } from './features.ts';
import { nearDuplicates } from './known-places.ts';
import { linkFeatures, probabilityOf, substance } from './link.ts';
import { linearScore, softmax } from './listwise.ts';
import type { DuplicateModel } from './model.ts';
import { type Query, searchEarlier } from './query.ts';
import { type DuplicateIndex, documentOf } from './store.ts';

/** An earlier issue that may be the same problem. */
export interface Ranked {
  /** The member of its cluster that is most like the query. */
  readonly number: number;
  /** What its duplicate links lead to; the issue itself without any. */
  readonly root: number;
  readonly score: number;
  /** Calibrated, that this is the same problem. */
  readonly probability: number;
  /** Where a link may point to: the root, or else the member itself, if open at the query's time. */
  readonly open: number | null;
}

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

/** Earlier issues that may be the same problem, best first, one for each known cluster. */
export function rank(
  index: DuplicateIndex,
  clusters: Clusters,
  query: Query,
  model: DuplicateModel,
  k: number,
): Ranked[] {
  const candidates = candidatesFor(index, clusters, query);
  const scores = scoreAll(candidates, model);
  const pooled = pool(candidates, scores);
  const featuresAt = linkFeatures(candidates, scores, pooled);
  return pooled.order.slice(0, k).map((row, place) => ({
    number: candidates.numbers[row] ?? 0,
    root: candidates.roots[row] ?? 0,
    score: scores[row] ?? 0,
    probability: substance(candidates, row) * probabilityOf(model.link, featuresAt(place), model.shift),
    open: openThread(index, query, candidates, row),
  }));
}

/** The thread of a candidate that a link may point to; null when all that is known of it is closed. */
export function openThread(
  index: DuplicateIndex,
  query: Query,
  { roots, numbers }: Candidates,
  row: number,
): number | null {
  const threads = [roots[row] ?? 0, numbers[row] ?? 0];
  const open = threads.find((number) => {
    const document = documentOf(index, number);
    if (document === undefined || document.createdAt > query.createdAt) return false;
    return document.closedAt === null || document.closedAt > query.createdAt;
  });
  return open ?? null;
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
