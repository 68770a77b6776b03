import { createClusters, type LinkEvent, membersOf } from '../ranking/clusters.ts';
import { type DuplicateModel, shippedModel } from '../ranking/model.ts';
import { analysisOf, type DuplicateIndex, setLatent } from '../search-index/inverted-index.ts';
import { learnLatent } from './learn-latent.ts';
import { learnDuplicateModel, rankingExample } from './learn-ranking.ts';
import { replay } from './replay.ts';

/**
 * Learns all that an index and its links can teach: a latent space, which is laid under the index at once,
 * and a model from the repository's own duplicates; null when they are too few. Takes a minute for 10,000
 * issues with duplicates.
 * @param events every duplicate link of the repository's history
 */
export function learnFromIndex(index: DuplicateIndex, events: readonly LinkEvent[]): DuplicateModel | null {
  setLatent(index, learnLatent(index));
  return learnModel(index, events, () => false);
}

/**
 * A model from an index as it is, its latent space included; null when its duplicates are too few.
 * @param isHeldBack whether the issue of that number must not teach
 */
export function learnModel(
  index: DuplicateIndex,
  events: readonly LinkEvent[],
  isHeldBack: (number: number) => boolean,
): DuplicateModel | null {
  const documents = index.documents.filter((document) => document !== undefined);
  const issues = documents.map((document) => analysisOf(index, document)).sort((a, b) => a.number - b.number);
  const clusters = createClusters(events);
  const examples = replay(issues, events, index.latent).flatMap((moment) => {
    const { number } = moment.issue;
    if (isHeldBack(number)) return [];
    const same = membersOf(clusters, number).filter((other) => other < number);
    const example = rankingExample(moment, new Set(same));
    return example === null ? [] : [example];
  });
  const { link, ranking } = shippedModel();
  return learnDuplicateModel([...examples], (issues.at(-1)?.number ?? 0) + 1, link, ranking);
}
