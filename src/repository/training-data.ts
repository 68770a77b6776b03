import { setImmediate } from 'node:timers/promises';
import {
  featuresOfSample,
  type LabelledSample,
  logOddsOf,
  type Recogniser,
  sampleIssue,
  scoreInputsOfSample,
  trainingSampleOf,
} from '../match/index.ts';
import type { TrainingSample } from '../model/memory.ts';
import { readReport } from '../report/index.ts';

/** Reads what verdicts teach, by the pages as they are now. */
export interface TrainingData {
  /** A report that was heard, with a verdict on one signature; null when it was kept by other code, or the page is gone. */
  spoken(
    sample: TrainingSample,
    id: string,
    verdict: Pick<LabelledSample, 'right' | 'weight'>,
  ): LabelledSample | null;
  /** The samples of all pages as seen by one of them: its own matches are right, its near misses and all others wrong. */
  samples(id: string): Promise<readonly LabelledSample[]>;
}

/** A sample of another page that is nowhere near this one teaches nothing. */
const near = -4;

export function createTrainingData(recogniser: Recogniser): TrainingData {
  const { signatures } = recogniser;
  const spoken: TrainingData['spoken'] = (sample, id, { right, weight }) => {
    const features = featuresOfSample(sample);
    if (features === null || !signatures.some((signature) => signature.id === id)) return null;
    const odds = scoreInputsOfSample(sample, features, id, recogniser);
    if (!odds.rule && odds.score === undefined) return null;
    return { features, logOdds: logOddsOf(odds, recogniser), right, weight };
  };
  let reading: Promise<readonly Sample[]> | undefined;
  const readAll = async (): Promise<readonly Sample[]> => {
    const read: Sample[] = [];
    for (const { id, samples } of signatures) {
      // A page at a time: deliveries are answered meanwhile.
      await setImmediate();
      for (const [match, list] of [
        [true, samples.matches],
        [false, samples.differs],
      ] as const)
        for (const { text } of list)
          read.push({ id, match, heard: trainingSampleOf(readReport(sampleIssue(text)), recogniser) });
    }
    return read;
  };
  return {
    spoken,
    async samples(id) {
      reading ??= readAll();
      return (await reading).flatMap(({ heard: sample, id: of, match }) => {
        const one = spoken(sample, id, { right: of === id && match, weight: 1 });
        return one === null || (of !== id && one.logOdds < near) ? [] : [one];
      });
    },
  };
}

interface Sample {
  readonly id: string;
  readonly match: boolean;
  readonly heard: TrainingSample;
}
