import type { Report } from '../model/report.ts';
import type { Sample, Signature } from '../model/signature.ts';
import type { BackgroundReport } from './background.ts';
import { featuresOf } from './features.ts';
import { createRecogniser, type Recogniser } from './recognise.ts';
import { fitModels, type Learned, type Lesson, learn, pageLessons } from './train.ts';

const backgroundFolds = 5;
/** A sample that shares so many words in a row with a case is left out when the case is judged. */
const sharedWords = 8;

/** What recognisers are made of. Without a background there are rules only. */
export interface Training {
  readonly signatures: readonly Signature[];
  readonly background: readonly BackgroundReport[];
  readonly readReport: (issue: { readonly title: string; readonly body: string }) => Report;
}

/** Makes recognisers that have not seen what they are to judge. */
export interface Trainer {
  /** Trained without the samples that a report went into, by its number or its words. */
  without(number: number, report: Report): Recogniser;
  /** Trained without the part of the background that holds an issue; on everything where none does. */
  notSeen(number: number): Recogniser;
}

/** Equal omissions share one training; each takes about half a second. */
export function createTrainer({ signatures, background, readReport }: Training): Trainer {
  const readFeatures = new Map<string, Uint32Array>();
  const read = (issue: { title: string; body: string }) => {
    const key = JSON.stringify(issue);
    const features = readFeatures.get(key) ?? featuresOf(readReport(issue));
    readFeatures.set(key, features);
    return features;
  };
  const ids = signatures.map(({ id }) => id);
  const samples = signatures.flatMap(({ samples: { matches, differs } }) => [...matches, ...differs]);
  const runs = new Map(samples.map((sample) => [sample, wordRuns(sample.text)]));
  const features = background.map((one) => one.features);
  const lessonsOf = memo((key: string) => {
    const left = new Set(key === '' ? [] : key.split(',').map(Number));
    const kept = (sample: Sample) => !left.has(samples.indexOf(sample));
    return signatures.flatMap((signature) => pageLessons(signature, read, kept));
  });
  const whole: Learned | null = background.length === 0 ? null : learn(ids, lessonsOf(''), features);
  const recogniser = (lessons: readonly Lesson[], ordinary: readonly Uint32Array[]): Recogniser =>
    createRecogniser(
      signatures,
      whole === null ? [] : [{ models: fitModels(ids, lessons, ordinary), calibrations: whole.calibrations }],
    );
  const byOmission = memo((key: string) =>
    key === ''
      ? createRecogniser(signatures, whole === null ? [] : [whole])
      : recogniser(lessonsOf(key), features),
  );
  const byFold = memo((key: string) =>
    recogniser(
      lessonsOf(''),
      features.filter((_, index) => String(index % backgroundFolds) !== key),
    ),
  );
  return {
    without(number: number, report: Report): Recogniser {
      const own = wordRuns(`${report.title}\n${report.body}`);
      const left = samples.flatMap((sample, index) =>
        sample.from === number || !own.isDisjointFrom(runs.get(sample) ?? new Set()) ? [index] : [],
      );
      return byOmission(left.join());
    },
    notSeen(number: number): Recogniser {
      const index = background.findIndex((one) => one.number === number);
      return index < 0 ? byOmission('') : byFold(String(index % backgroundFolds));
    },
  };
}

function memo<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

/** Every run of `sharedWords` words of a text. */
function wordRuns(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.slice(sharedWords - 1).map((_, at) => words.slice(at, at + sharedWords).join(' ')));
}
