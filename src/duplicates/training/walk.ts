import { applyLink, type Clusters, createClusters, type LinkEvent } from '../ranking/clusters.ts';
import type { LatentSpace } from '../search-index/document.ts';
import { addAnalysis, createIndex, type DuplicateIndex } from '../search-index/store.ts';
import type { Analysis } from '../text/analysis.ts';
import { learnLatent } from './learn-latent.ts';

/** A moment of a repository's past: an issue was opened, and this is what was known. */
export interface Moment {
  readonly issue: Analysis;
  /** Every earlier issue; this one is added when the walk goes on. */
  readonly index: DuplicateIndex;
  readonly clusters: Clusters;
}

/** Goes through a repository's past in the order of issue numbers; links are known from their time on. */
export function* walk(
  issues: readonly Analysis[],
  events: readonly LinkEvent[],
  latent: LatentSpace | null,
): Generator<Moment> {
  const index = createIndex(latent);
  const clusters = createClusters();
  const waiting = [...events].sort((a, b) => b.at - a.at);
  for (const issue of [...issues].sort((a, b) => a.number - b.number)) {
    for (let next = waiting.at(-1); next !== undefined && next.at <= issue.createdAt; next = waiting.at(-1)) {
      applyLink(clusters, next);
      waiting.pop();
    }
    yield { issue, index, clusters };
    addAnalysis(index, issue);
  }
}

/** The latent space of some issues; null when they are too few. */
export function latentOf(issues: readonly Analysis[]): LatentSpace | null {
  const index = createIndex();
  for (const issue of issues) addAnalysis(index, issue);
  return learnLatent(index);
}
