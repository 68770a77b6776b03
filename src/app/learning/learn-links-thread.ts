/** The thread of learn-links.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import {
  type DuplicateModel,
  eventsOf,
  judgePast,
  judgeSaid,
  recalibrate,
  restore,
  teach,
} from '../../duplicates/index.ts';
import { isHeldBack } from '../../learn/index.ts';
import type { LinksJudged, LinksLearned, LinksLesson } from './learn-links.ts';

/** So many of the newest held-back issues are the backtest. */
const backtested = 300;

const { events, held, index: bytes, marks, model, taught }: LinksLesson = workerData;
const index = restore(bytes);
if (index === null) throw new Error('the index to learn from cannot be read');
const known = [...events, ...eventsOf(marks)];
const said = new Set([...taught, ...held].map(({ number }) => number));
const history = [...index.slots.keys()]
  .filter((number) => isHeldBack(number) && !said.has(number))
  .sort((a, b) => b - a)
  .slice(0, backtested);
const judge = (judged: DuplicateModel): LinksJudged => ({
  taught: judgeSaid(index, known, judged, taught),
  held: judgeSaid(index, known, judged, held),
  backtest: judgePast(index, events, judged, history),
});
// The curve of a ranker that was learned anew is of marks; verdicts move it to what people say.
const ranker = teach(index, known, isHeldBack) ?? model;
const candidate = recalibrate(ranker, judgeSaid(index, known, ranker, taught));
const learned: LinksLearned = { model: candidate, before: judge(model), after: judge(candidate) };
parentPort?.postMessage(learned);
