import { createClusters, type LinkEvent, membersOf } from '../ranking/clusters.ts';
import { type DuplicateModel, shippedModel } from '../ranking/model.ts';
import { analysisOf, type DuplicateIndex, setLatent } from '../search-index/store.ts';
import { conclude, gather, type Lessons } from './learn.ts';
import { learnLatent } from './learn-latent.ts';
import { walk } from './walk.ts';

/**
 * Learns from what an index holds: the latent space, which is laid under the index at once, and a model from the
 * repository's own duplicates; null when they are too few. Takes a minute for 10,000 issues with duplicates.
 * @param events every duplicate link of the repository's past
 */
export function relearn(index: DuplicateIndex, events: readonly LinkEvent[]): DuplicateModel | null {
  setLatent(index, learnLatent(index));
  return teach(index, events, () => false);
}

/**
 * A model from an index as it is, its latent space included; null when its duplicates are too few.
 * @param heldBack issues that must not teach
 */
export function teach(
  index: DuplicateIndex,
  events: readonly LinkEvent[],
  heldBack: (number: number) => boolean,
): DuplicateModel | null {
  const documents = index.documents.filter((document) => document !== undefined);
  const issues = documents.map((document) => analysisOf(index, document)).sort((a, b) => a.number - b.number);
  const clusters = createClusters(events);
  const lessons: Lessons = [];
  for (const moment of walk(issues, events, index.latent)) {
    if (heldBack(moment.issue.number)) continue;
    const same = membersOf(clusters, moment.issue.number).filter((number) => number < moment.issue.number);
    gather(lessons, moment, new Set(same));
  }
  const { link, ranking } = shippedModel();
  return conclude(lessons, (issues.at(-1)?.number ?? 0) + 1, link, ranking);
}
