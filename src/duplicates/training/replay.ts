import { applyLink, type Clusters, createClusters, type LinkEvent } from '../ranking/clusters.ts';
import type { LatentSpace } from '../search-index/document.ts';
import { addAnalysis, createIndex, type DuplicateIndex } from '../search-index/inverted-index.ts';
import type { Analysis } from '../text/analysis.ts';
import { learnLatent } from './learn-latent.ts';

/** A moment of a repository's history: an issue was opened, and this is what was known. */
export interface Moment {
  readonly issue: Analysis;
  /** Every earlier issue; this one is added when the replay goes on. */
  readonly index: DuplicateIndex;
  readonly clusters: Clusters;
}

/** Replays a repository's history in the order of issue numbers. Links are known from their time on. */
export function* replay(
  issues: readonly Analysis[],
  events: readonly LinkEvent[],
  latent: LatentSpace | null,
): Generator<Moment> {
  const index = createIndex(latent);
  const clustersAt = followLinks(events);
  for (const issue of [...issues].sort((a, b) => a.number - b.number)) {
    yield { issue, index, clusters: clustersAt(issue.createdAt) };
    addAnalysis(index, issue);
  }
}

/**
 * The clusters as they were known at a time (epoch ms), always the same object. Times have to be asked for in
 * rising order; of an earlier one than before it gives what is known by now.
 */
export function followLinks(events: readonly LinkEvent[]): (time: number) => Clusters {
  const clusters = createClusters();
  const waiting = [...events].sort((a, b) => b.at - a.at);
  return (time) => {
    for (let next = waiting.at(-1); next !== undefined && next.at <= time; next = waiting.at(-1)) {
      applyLink(clusters, next);
      waiting.pop();
    }
    return clusters;
  };
}

/** The latent space of some issues; null when they are too few. */
export function latentSpaceOf(issues: readonly Analysis[]): LatentSpace | null {
  const index = createIndex();
  for (const issue of issues) addAnalysis(index, issue);
  return learnLatent(index);
}
