import type { Rule, Sample, Signature } from '../model/signature.ts';
import { type Calibration, type CalibrationPoint, platt } from './calibration.ts';
import { type FitOptions, fitLogistic, type SparseLinearModel, type WeightedExample } from './logistic.ts';
import { sampleIssue } from './samples.ts';

/** Computes the feature ids of a text. */
export type FeaturesOf = (issue: { readonly title: string; readonly body: string }) => Uint32Array;

/**
 * A labelled text that models are trained on: a sample of a page, or the page's title or a phrase of its
 * rules.
 */
export interface TrainingExample {
  readonly signature: string;
  readonly label: 0 | 1;
  readonly features: Uint32Array;
  /** A page's title or phrase, not a report: used for training, not for calibration. */
  readonly seed?: true;
}

/** A linear model for each signature, and their common calibrations. */
export interface TrainedModels {
  readonly models: ReadonlyMap<string, SparseLinearModel>;
  readonly calibrations: Calibrations;
}

/** Where a page's rules do not hit, its model's log-odds are worth less than on their own. */
export interface Calibrations {
  /** For the model alone. */
  readonly alone: Calibration;
  /** For reports that the rules of the page do not hit. */
  readonly silent: Calibration;
}

const fitOptions = { epochs: 15, rate: 0.3, penalty: 0.002 };
/** The first fit only has to find background reports that resemble the failure. */
const firstFitOptions = { ...fitOptions, epochs: 5 };
/** Copies of each example merged with an ordinary report, so that length and unrelated words do not count. */
const augmentations = 3;
const exampleWeights = { differs: 1.5, others: 0.5, background: 0.25 };
const folds = 5;
/**
 * The share of its reports that a page's rules miss: between one in fourteen (condensed) and one in five
 * (raw) of 312 reports by writers who had seen no page. Samples cannot show it, since a page's rules hit its
 * samples.
 */
const ruleMissRate = 0.2;
/** Phrases of a page that count as samples; more would outweigh the samples themselves. */
const maxPhrases = 8;

/**
 * The training examples of a page: its samples that `keep` accepts (default: all), its title and its phrases.
 */
export function pageExamples(
  signature: Signature,
  featuresOf: FeaturesOf,
  keep: (sample: Sample) => boolean = () => true,
): TrainingExample[] {
  const example = (text: string, label: 0 | 1): TrainingExample => ({
    signature: signature.id,
    label,
    features: featuresOf(sampleIssue(text)),
  });
  const { matches, differs } = signature.samples;
  return [
    ...matches.filter(keep).map(({ text }) => example(text, 1)),
    ...differs.filter(keep).map(({ text }) => example(text, 0)),
    ...[signature.title, ...rulePhrases(signature)].map((text) => ({
      ...example(text, 1),
      seed: true as const,
    })),
  ];
}

/** The first phrases of a page's rules, as text: pages name the most specific first. */
function rulePhrases({ match }: Signature): string[] {
  const read = (rules: readonly Rule[] = []): string[] => rules.flatMap(leaf);
  const leaf = (rule: Rule): string[] => {
    if ('text' in rule) return [rule.text];
    if ('near' in rule) return [rule.near.join(' ')];
    if ('all' in rule) return read(rule.all);
    if ('any' in rule) return read(rule.any);
    return 'regex' in rule ? [plainWords(rule.regex)] : [];
  };
  return [...read(match.all), ...read(match.any)].slice(0, maxPhrases);
}

/** The words of a pattern, without its operators. */
function plainWords(pattern: string): string {
  return pattern.replace(/\\.|\{[^}]*\}|[()|?*+^$[\].]/g, ' ');
}

/**
 * Trains all models on examples and a background of ordinary reports (feature ids each), and calibrates them.
 * The same input gives the same output.
 */
export function trainModels(
  ids: readonly string[],
  examples: readonly TrainingExample[],
  background: readonly Uint32Array[],
): TrainedModels {
  return { models: fitModels(ids, examples, background), calibrations: calibrate(ids, examples, background) };
}

/**
 * Fits one linear model for each signature: its matches against its near misses, the matches of all other
 * pages, and the background. Fits it again without the background reports that resemble the failure, since
 * those are unlabelled and may report it.
 */
export function fitModels(
  ids: readonly string[],
  examples: readonly TrainingExample[],
  background: readonly Uint32Array[],
): ReadonlyMap<string, SparseLinearModel> {
  const reports = [
    ...background,
    ...examples.filter(({ label }) => label === 1).map(({ features }) => features),
  ];
  const totals = countFeatures(reports);
  const augmented = examples.map((example, index) => augment(example, index, background));
  return new Map(
    ids.map((id) => {
      const labelled = examples.flatMap(({ signature, label, features, seed }, index): WeightedExample[] => {
        if (signature === id) {
          const weight = label === 1 ? 1 : exampleWeights.differs;
          const around = seed === true ? [] : (augmented[index] ?? []);
          return [features, ...around].map((variant) => ({ features: variant, label, weight }));
        }
        return label === 1 ? [{ features, label: 0, weight: exampleWeights.others }] : [];
      });
      const scales = featureScales(id, examples, totals, reports.length);
      const train = (ordinary: readonly Uint32Array[], options: FitOptions) => {
        const rest = ordinary.map(
          (features): WeightedExample => ({ features, label: 0, weight: exampleWeights.background }),
        );
        return fitLogistic([...labelled, ...rest], scales, options);
      };
      const first = train(background, firstFitOptions);
      const unlike = background.filter((features) => linearScore(first, features) < 0);
      return [id, train(unlike, fitOptions)];
    }),
  );
}

/** The log-odds of a set of features by a linear model. */
export function linearScore(model: SparseLinearModel, features: Iterable<number>): number {
  let sum = model.bias;
  for (const id of features) sum += model.weights.get(id) ?? 0;
  return sum;
}

function augment(example: TrainingExample, index: number, background: readonly Uint32Array[]): Uint32Array[] {
  if (background.length === 0) return [];
  return Array.from({ length: augmentations }, (_, fold) => {
    const around = background[(index * 37 + fold * 211) % background.length] ?? example.features;
    return Uint32Array.from(new Set([...example.features, ...around]));
  });
}

/**
 * The value of each feature of a signature's examples: how much likelier it is there than elsewhere (the
 * log-count ratio of Wang and Manning, 2012), shrunk where few examples have it.
 */
function featureScales(
  id: string,
  examples: readonly TrainingExample[],
  totals: ReadonlyMap<number, number>,
  reports: number,
): ReadonlyMap<number, number> {
  const ownExamples = examples.filter(({ signature }) => signature === id);
  const scales = new Map<number, number>();
  for (const label of [1, 0] as const) {
    const same = ownExamples.filter((example) => example.label === label);
    for (const [feature, times] of countFeatures(same.map(({ features }) => features))) {
      const share = (times + 0.5) / (same.length + 1);
      const elsewhere = (totals.get(feature) ?? 0) - (label === 1 ? times : 0);
      const ratio = Math.log((share * (reports + 2)) / (elsewhere + 1));
      const value = (ratio * times) / (times + 1.5) / 4;
      if (value > (scales.get(feature) ?? 0)) scales.set(feature, value);
    }
  }
  return scales;
}

function countFeatures(sets: readonly Uint32Array[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const set of sets) for (const feature of set) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  return counts;
}

/**
 * Fits the calibrations by cross-validation in five folds of examples and background. Negatives are near
 * misses, matches of other pages, and the background.
 */
function calibrate(
  ids: readonly string[],
  examples: readonly TrainingExample[],
  background: readonly Uint32Array[],
): Calibrations {
  const positives: CalibrationPoint[] = [];
  const negatives: CalibrationPoint[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const inFold = (_: unknown, index: number) => index % folds === fold;
    const outside = (_: unknown, index: number) => index % folds !== fold;
    const models = fitModels(
      ids,
      examples.filter((example, index) => example.seed === true || outside(example, index)),
      background.filter(outside),
    );
    const highestScore = (features: Uint32Array, but?: string): number =>
      Math.max(...ids.filter((id) => id !== but).map((id) => linearScore(models.get(id)!, features)));
    for (const { signature, label, features, seed } of examples.filter(inFold)) {
      if (seed === true) continue;
      const x = linearScore(models.get(signature)!, features);
      if (label === 0) negatives.push({ x, y: 0, weight: 1 });
      else {
        positives.push({ x, y: 1, weight: 1 });
        negatives.push({ x: highestScore(features, signature), y: 0, weight: 1 });
      }
    }
    // Unlabelled: about half of the background reports that resemble a failure report it.
    for (const features of background.filter(inFold)) {
      negatives.push({ x: highestScore(features), y: 0, weight: 0.25 });
    }
  }
  const ruleMisses = positives.map((point) => ({ ...point, weight: ruleMissRate }));
  return { alone: platt([...positives, ...negatives]), silent: platt([...ruleMisses, ...negatives]) };
}
