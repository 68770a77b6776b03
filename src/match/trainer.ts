import type { Report } from '../model/report.ts';
import type { Sample, Signature } from '../model/signature.ts';
import type { BackgroundReport } from './background.ts';
import { featureIds } from './features.ts';
import { createRecogniser, type Recogniser } from './recognise.ts';
import { fitModels, pageExamples, type TrainedModels, type TrainingExample, trainModels } from './train.ts';

const backgroundFolds = 5;
/** A sample that shares this many consecutive words with a case is left out when the case is judged. */
const sharedRunLength = 8;

/** The inputs of training. Without a background recognisers have rules only. */
export interface TrainerInput {
  readonly signatures: readonly Signature[];
  readonly background: readonly BackgroundReport[];
  readonly readReport: (issue: { readonly title: string; readonly body: string }) => Report;
}

/** Makes recognisers that were not trained on what they are to judge. */
export interface Trainer {
  /** Leaves out the samples that condense or quote a report, by its number or its words. */
  without(number: number, report: Report): Recogniser;
  /** Leaves out the fold of the background that holds an issue; nothing where none does. */
  notSeen(number: number): Recogniser;
}

/** Creates a trainer. Equal omissions share one training run, which takes about half a second. */
export function createTrainer({ signatures, background, readReport }: TrainerInput): Trainer {
  const readFeatures = new Map<string, Uint32Array>();
  const read = (issue: { title: string; body: string }) => {
    const key = JSON.stringify(issue);
    const features = readFeatures.get(key) ?? featureIds(readReport(issue));
    readFeatures.set(key, features);
    return features;
  };
  const ids = signatures.map(({ id }) => id);
  const samples = signatures.flatMap(({ samples: { matches, differs } }) => [...matches, ...differs]);
  const runs = new Map(samples.map((sample) => [sample, wordRuns(sample.text)]));
  const features = background.map((one) => one.features);
  const examplesWithout = memoise((key: string) => {
    const omitted = new Set(key === '' ? [] : key.split(',').map(Number));
    const kept = (sample: Sample) => !omitted.has(samples.indexOf(sample));
    return signatures.flatMap((signature) => pageExamples(signature, read, kept));
  });
  const full: TrainedModels | null =
    background.length === 0 ? null : trainModels(ids, examplesWithout(''), features);
  const recogniser = (examples: readonly TrainingExample[], ordinary: readonly Uint32Array[]): Recogniser =>
    createRecogniser(
      signatures,
      full === null ? [] : [{ models: fitModels(ids, examples, ordinary), calibrations: full.calibrations }],
    );
  const byOmission = memoise((key: string) =>
    key === ''
      ? createRecogniser(signatures, full === null ? [] : [full])
      : recogniser(examplesWithout(key), features),
  );
  const byFold = memoise((key: string) =>
    recogniser(
      examplesWithout(''),
      features.filter((_, index) => String(index % backgroundFolds) !== key),
    ),
  );
  return {
    without(number: number, report: Report): Recogniser {
      const ownRuns = wordRuns(`${report.title}\n${report.body}`);
      const left = samples.flatMap((sample, index) =>
        sample.from === number || !ownRuns.isDisjointFrom(runs.get(sample) ?? new Set()) ? [index] : [],
      );
      return byOmission(left.join());
    },
    notSeen(number: number): Recogniser {
      const index = background.findIndex((one) => one.number === number);
      return index < 0 ? byOmission('') : byFold(String(index % backgroundFolds));
    },
  };
}

function memoise<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

/** All runs of `sharedRunLength` consecutive words of a text, in lower case. */
function wordRuns(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(
    words.slice(sharedRunLength - 1).map((_, at) => words.slice(at, at + sharedRunLength).join(' ')),
  );
}
