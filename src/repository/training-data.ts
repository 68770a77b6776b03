import {
  featuresOfSample,
  type LabelledSample,
  logOddsOf,
  type Recogniser,
  sampleIssue,
  scoreInputsOfSample,
  trainingSampleOf,
} from '../match/index.ts';
import type { TrainingSample } from '../model/issue-state.ts';
import type { Clock } from '../ports/clock.ts';
import { readReport } from '../report/index.ts';

/** Reads what verdicts teach, by the pages as they are now. */
export interface TrainingData {
  /** What was kept of a report, with a verdict on one signature; null when other code kept it, or the page is gone. */
  spoken(
    sample: TrainingSample,
    id: string,
    verdict: Pick<LabelledSample, 'right' | 'weight'>,
  ): LabelledSample | null;
  /**
   * The samples of all pages as seen by one of them: its own matches are right, its near misses and all others wrong.
   * They are read once, a page at a time, with a pause of `clock` between pages.
   */
  samples(id: string, clock: Pick<Clock, 'yield'>): Promise<readonly LabelledSample[]>;
}

/** Below these log-odds a sample of another page is nowhere near this one, and teaches nothing. */
const leastLogOdds = -4;

/** A sample of a page. */
interface PageSample {
  /** Of the page. */
  readonly id: string;
  /** The page's own match, no near miss. */
  readonly matches: boolean;
  readonly sample: TrainingSample;
}

export function createTrainingData(recogniser: Recogniser): TrainingData {
  const { signatures } = recogniser;
  const spoken: TrainingData['spoken'] = (sample, id, { right, weight }) => {
    const features = featuresOfSample(sample);
    if (features === null || !signatures.some((signature) => signature.id === id)) return null;
    const odds = scoreInputsOfSample(sample, features, id, recogniser);
    if (!odds.rule && odds.score === undefined) return null;
    return { features, logOdds: logOddsOf(odds, recogniser), right, weight };
  };
  let reading: Promise<readonly PageSample[]> | undefined;
  const readAll = async (clock: Pick<Clock, 'yield'>): Promise<readonly PageSample[]> => {
    const read: PageSample[] = [];
    for (const { id, samples } of signatures) {
      // A page at a time: deliveries are answered meanwhile.
      await clock.yield();
      for (const [matches, list] of [
        [true, samples.matches],
        [false, samples.differs],
      ] as const)
        for (const { text } of list)
          read.push({ id, matches, sample: trainingSampleOf(readReport(sampleIssue(text)), recogniser) });
    }
    return read;
  };
  return {
    spoken,
    async samples(id, clock) {
      reading ??= readAll(clock);
      return (await reading).flatMap(({ id: of, matches, sample }) => {
        const one = spoken(sample, id, { right: of === id && matches, weight: 1 });
        return one === null || (of !== id && one.logOdds < leastLogOdds) ? [] : [one];
      });
    },
  };
}
