import { Worker } from 'node:worker_threads';
import type { DuplicateModel, JudgedLink, LinkEvent, LinkVerdict } from '../../duplicates/index.ts';

/** What goes to the thread. */
export interface LinksLesson {
  readonly index: Uint8Array;
  readonly events: readonly LinkEvent[];
  /** In use. */
  readonly model: DuplicateModel;
  readonly taught: readonly LinkVerdict[];
  readonly held: readonly LinkVerdict[];
  /** Of `taught`, what reporters and maintainers said out loud: it counts as a duplicate mark, or takes one back. */
  readonly marks: readonly LinkVerdict[];
}

/** How a model judges the links that people judged, and issues of the past that did not teach it. */
export interface LinksJudged {
  readonly taught: readonly JudgedLink[];
  readonly held: readonly JudgedLink[];
  readonly backtest: readonly JudgedLink[];
}

/** What comes back: a candidate, beside the model in use. */
export interface LinksLearned {
  readonly model: DuplicateModel;
  readonly before: LinksJudged;
  readonly after: LinksJudged;
}

/** Learns from verdicts on links in a thread of its own: walking through a long past takes a minute. */
export function learnLinks(lesson: LinksLesson): Promise<LinksLearned> {
  const file = new URL(import.meta.url.replace(/learn-links(\.[jt]s)$/, 'learn-links-thread$1'));
  return new Promise((resolve, reject) => {
    const thread = new Worker(file, { workerData: lesson });
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', (code) => code !== 0 && reject(new Error(`learning ended with code ${code}`)));
  });
}
