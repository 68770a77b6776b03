import {
  type DuplicateModel,
  type JudgedLink,
  judgeHistory,
  judgeVerdicts,
  type LinkEvent,
  type LinkVerdict,
  learnModel,
  recalibrate,
  restore,
  verdictEvents,
} from '../../duplicates/index.ts';
import { isHeldBack } from '../../learn/index.ts';

export interface LinkTrainingInput {
  /** A snapshot. */
  readonly index: Uint8Array;
  readonly events: readonly LinkEvent[];
  /** In use. */
  readonly model: DuplicateModel;
  readonly trainingSet: readonly LinkVerdict[];
  readonly holdOutSet: readonly LinkVerdict[];
  /** Of the training set, what reporters and maintainers said out loud: it counts as a duplicate mark, or takes one back. */
  readonly marks: readonly LinkVerdict[];
}

/** What a model says of what people judged, and of what did not teach it. */
export interface Ratings {
  readonly trainingSet: readonly JudgedLink[];
  readonly holdOutSet: readonly JudgedLink[];
  readonly backtest: readonly JudgedLink[];
}

/** A candidate, and what the model in use and the candidate say. */
export interface LearnedLinks {
  readonly model: DuplicateModel;
  readonly before: Ratings;
  readonly after: Ratings;
}

/** So many of the newest held-back issues are the backtest. */
const backtested = 300;

/** A task: learns the ranker and the curve of links anew. Walking through a long history takes a minute. */
export function run(input: LinkTrainingInput): LearnedLinks {
  const { events, holdOutSet, marks, model, trainingSet } = input;
  const index = restore(input.index);
  if (index === null) throw new Error('the index to learn from cannot be read');
  const known = [...events, ...verdictEvents(marks)];
  const judged = new Set([...trainingSet, ...holdOutSet].map(({ number }) => number));
  const past = [...index.slots.keys()]
    .filter((number) => isHeldBack(number) && !judged.has(number))
    .sort((a, b) => b - a)
    .slice(0, backtested);
  const rate = (rated: DuplicateModel): Ratings => ({
    trainingSet: judgeVerdicts(index, known, rated, trainingSet),
    holdOutSet: judgeVerdicts(index, known, rated, holdOutSet),
    backtest: judgeHistory(index, events, rated, past),
  });
  // The curve of a ranker that was learned anew is of marks; verdicts move it to what people say.
  const ranker = learnModel(index, known, isHeldBack) ?? model;
  const candidate = recalibrate(ranker, judgeVerdicts(index, known, ranker, trainingSet));
  return { model: candidate, before: rate(model), after: rate(candidate) };
}
