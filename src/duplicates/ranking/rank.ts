import type { DuplicateIndex } from '../search-index/inverted-index.ts';
import { type Query, seenDocument } from '../search-index/query.ts';
import { type Candidates, candidatesFor, rankClusters, scoreCandidates } from './candidates.ts';
import type { Clusters } from './clusters.ts';
import { probabilityOf } from './link.ts';
import { linkFeatures, overlapWeight } from './link-features.ts';
import type { DuplicateModel } from './model.ts';

/** An earlier issue that may be the same problem. */
export interface Ranked {
  /** The member of its cluster that is most like the query. */
  readonly number: number;
  /** What its duplicate links lead to; the issue itself without any. */
  readonly root: number;
  readonly score: number;
  /** That this is the same problem, calibrated. */
  readonly probability: number;
  /**
   * The thread that a link may point to: the root, or else the member itself, if open at the query's time.
   */
  readonly open: number | null;
}

/** Earlier issues that may be the same problem, best first, one for each known cluster, `k` at most. */
export function rank(
  index: DuplicateIndex,
  clusters: Clusters,
  query: Query,
  model: DuplicateModel,
  k: number,
): Ranked[] {
  const candidates = candidatesFor(index, clusters, query);
  const scores = scoreCandidates(candidates, model.ranking);
  const ranked = rankClusters(candidates, scores);
  const featuresAt = linkFeatures(candidates, scores, ranked);
  return ranked.order.slice(0, k).map((row, place) => ({
    number: candidates.numbers[row]!,
    root: candidates.roots[row]!,
    score: scores[row]!,
    probability: overlapWeight(candidates, row) * probabilityOf(model.link, featuresAt(place), model.bias),
    open: openThread(index, query, candidates, row),
  }));
}

/** The thread of a candidate that a link may point to; null when all that is known of it is closed. */
export function openThread(
  index: DuplicateIndex,
  { createdAt, view }: Query,
  { roots, numbers }: Candidates,
  row: number,
): number | null {
  const open = [roots[row]!, numbers[row]!].find((number) => {
    const document = seenDocument(index, view, number);
    if (document === undefined || document.createdAt > createdAt) return false;
    return document.closedAt === null || document.closedAt > createdAt;
  });
  return open ?? null;
}
