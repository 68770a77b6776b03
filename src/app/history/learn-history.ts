import { decodeModel, type LabelExample } from '../../classify/index.ts';
import { merge, readModel, restore, snapshot } from '../../duplicates/index.ts';
import { type Compute, moduleBeside, type Task } from '../../ports/compute.ts';
import type { RepositoryHistory } from '../../repository/history.ts';
import type { run } from './learn-history-task.ts';

const task: Task<typeof run> = { module: moduleBeside(import.meta.url, 'learn-history-task') };

/** Fewer issues have no directions to speak of, and teach nothing of duplicates. */
const leastIssues = 200;

/** What a repository's history teaches, which takes up to a minute. Issues that came in meanwhile are added afterwards. */
export async function learnHistory(
  history: RepositoryHistory,
  examples: readonly LabelExample[],
  compute: Compute,
): Promise<RepositoryHistory> {
  if (examples.length === 0 && history.index.slots.size < leastIssues) return history;
  const { duplicates, index, labels } = await compute(task, {
    index: snapshot(history.index),
    links: history.links,
    examples,
  });
  const learned = restore(index);
  if (learned === null) throw new Error('the learned index cannot be read back');
  merge(learned, history.index, (number) => !learned.slots.has(number));
  return {
    ...history,
    index: learned,
    duplicates: readModel(duplicates) ?? history.duplicates,
    labels: labels === null ? history.labels : decodeModel(labels),
  };
}
