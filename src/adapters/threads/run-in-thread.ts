import { Worker } from 'node:worker_threads';
import { type Compute, moduleBeside } from '../../ports/compute.ts';

const threadMain = moduleBeside(import.meta.url, 'thread-main');

/** A thread for each task, which ends with it. */
export const runInThread: Compute = ({ module }, input) =>
  new Promise((resolve, reject) => {
    const thread = new Worker(threadMain, { workerData: { module: module.href, input } });
    thread.once('message', resolve);
    thread.once('error', reject);
    // After an answer this changes nothing.
    thread.once('exit', (code) =>
      reject(new Error(`the thread of ${module.pathname} ended with code ${code} and no answer`)),
    );
  });
