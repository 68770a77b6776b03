import type { Query } from '../search-index/query.ts';
import { type DuplicateIndex, documentOf } from '../search-index/store.ts';
import { type Candidates, candidatesFor, pool, scoreAll } from './candidates.ts';
import type { Clusters } from './clusters.ts';
import { probabilityOf } from './link.ts';
import { linkFeatures, substance } from './link-features.ts';
import type { DuplicateModel } from './model.ts';

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
