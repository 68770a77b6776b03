/** The thread of learn-links.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import {
  type DuplicateModel,
  judgeHistory,
  judgeVerdicts,
  learnModel,
  recalibrate,
  restore,
  verdictEvents,
} from '../../duplicates/index.ts';
import { isHeldBack } from '../../learn/index.ts';
import type { LinksJudged, LinksLearned, LinksLesson } from './learn-links.ts';

/** So many of the newest held-back issues are the backtest. */
const backtested = 300;

const { events, held, index: bytes, marks, model, taught }: LinksLesson = workerData;
const index = restore(bytes);
if (index === null) throw new Error('the index to learn from cannot be read');
const known = [...events, ...verdictEvents(marks)];
const said = new Set([...taught, ...held].map(({ number }) => number));
const past = [...index.slots.keys()]
  .filter((number) => isHeldBack(number) && !said.has(number))
  .sort((a, b) => b - a)
  .slice(0, backtested);
const judge = (judged: DuplicateModel): LinksJudged => ({
  taught: judgeVerdicts(index, known, judged, taught),
  held: judgeVerdicts(index, known, judged, held),
  backtest: judgeHistory(index, events, judged, past),
});
// The curve of a ranker that was learned anew is of marks; verdicts move it to what people say.
const ranker = learnModel(index, known, isHeldBack) ?? model;
const candidate = recalibrate(ranker, judgeVerdicts(index, known, ranker, taught));
const learned: LinksLearned = { model: candidate, before: judge(model), after: judge(candidate) };
parentPort?.postMessage(learned);
