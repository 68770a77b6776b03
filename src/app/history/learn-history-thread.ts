/** The thread of learn-past.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { encodeModel, trainLabels } from '../../classify/index.ts';
import { learnFromIndex, restore, snapshot, writeModel } from '../../duplicates/index.ts';
import type { Learned, Lesson } from './learn-history.ts';

const { examples, index: bytes, links }: Lesson = workerData;
const index = restore(bytes);
if (index === null) throw new Error('the index to learn from cannot be read');
const model = learnFromIndex(index, links);
const labels = examples.length > 0 ? encodeModel(trainLabels(examples)) : null;
const learned: Learned = { index: snapshot(index), duplicates: model && writeModel(model), labels };
parentPort?.postMessage(learned);
