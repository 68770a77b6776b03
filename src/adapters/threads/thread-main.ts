/** The thread of run-in-thread.ts. */
import { parentPort, workerData } from 'node:worker_threads';

const { module, input } = workerData;
const { run } = await import(module);
parentPort?.postMessage(await run(input));
