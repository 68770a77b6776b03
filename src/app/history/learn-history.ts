import { Worker } from 'node:worker_threads';
import { decodeModel, type LabelExample } from '../../classify/index.ts';
import {
  type LinkEvent,
  merge,
  readModel,
  restore,
  type StoredModel,
  snapshot,
} from '../../duplicates/index.ts';
import type { RepositoryHistory } from '../../repository/history.ts';

/** What goes to the thread, and what comes back. */
export interface Lesson {
  readonly index: Uint8Array;
  readonly links: readonly LinkEvent[];
  readonly examples: readonly LabelExample[];
}

export interface Learned {
  readonly index: Uint8Array;
  readonly duplicates: StoredModel | null;
  readonly labels: Uint8Array | null;
}

/** Fewer issues have no directions to speak of, and teach nothing of duplicates. */
const leastIssues = 200;

/**
 * What a repository's past teaches, in a thread of its own: it takes up to a minute, and deliveries must be answered
 * meanwhile. Issues that came in while it learned are added afterwards.
 */
export async function learnHistory(
  history: RepositoryHistory,
  examples: readonly LabelExample[],
): Promise<RepositoryHistory> {
  if (examples.length === 0 && history.index.slots.size < leastIssues) return history;
  const { duplicates, index, labels } = await ask({
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

function ask(lesson: Lesson): Promise<Learned> {
  const file = new URL(import.meta.url.replace(/learn-history(\.[jt]s)$/, 'learn-history-thread$1'));
  return new Promise((resolve, reject) => {
    const thread = new Worker(file, { workerData: lesson });
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', (code) => code !== 0 && reject(new Error(`learning ended with code ${code}`)));
  });
}
