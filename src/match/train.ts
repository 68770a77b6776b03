import type { Rule, Sample, Signature } from '../model/signature.ts';
import { type Calibration, type Point, platt } from './calibration.ts';
import { type Example, type Fitting, fitLogistic, type Linear } from './logistic.ts';
import { sampleIssue } from './samples.ts';

/** The features of a text, in the order in which they stand. */
export type FeaturesOf = (issue: { readonly title: string; readonly body: string }) => Uint32Array;

/** Something a model learns from: a sample of a page, or a report that people confirmed or refused. */
export interface Lesson {
  readonly signature: string;
  readonly label: 0 | 1;
  readonly features: Uint32Array;
  /** It is no report: a page's title or phrase. It teaches, and measures nothing. */
  readonly seed?: true;
}

/** What is learned for all signatures: a linear model each, and what its log-odds are worth. */
export interface Learned {
  readonly models: ReadonlyMap<string, Linear>;
  readonly calibrations: Calibrations;
}

/** A model's log-odds are worth more while nobody else was asked than where the rules have looked and found nothing. */
export interface Calibrations {
  /** Of the model alone. */
  readonly alone: Calibration;
  /** Where the rules of the page do not hit. */
  readonly silent: Calibration;
}

const fitting = { epochs: 15, rate: 0.3, penalty: 0.002 };
/** The first fit only has to show which reports of the background look like the failure. */
const firstFitting = { ...fitting, epochs: 5 };
/** How often each lesson is seen again inside an ordinary report, so that length and chatter do not count. */
const disguises = 3;
const weights = { differs: 1.5, others: 0.5, background: 0.25 };
const folds = 5;
/**
 * Rules miss about so many of the reports of their failure: as seen on 312 reports by writers who had seen no page, from one in
 * fourteen (condensed) to one in five (raw). It cannot be learned from samples, since the rules of a page hit its samples.
 */
const missed = 0.2;
/** Phrases of a page that count as samples; more would outweigh what people wrote. */
const maxPhrases = 8;

/** The lessons that a page holds: its samples, and its title and phrases, which it is known by. */
export function pageLessons(
  signature: Signature,
  featuresOf: FeaturesOf,
  keep: (sample: Sample) => boolean = () => true,
): Lesson[] {
  const lesson = (text: string, label: 0 | 1): Lesson => ({
    signature: signature.id,
    label,
    features: featuresOf(sampleIssue(text)),
  });
  const { matches, differs } = signature.samples;
  return [
    ...matches.filter(keep).map(({ text }) => lesson(text, 1)),
    ...differs.filter(keep).map(({ text }) => lesson(text, 0)),
    ...[signature.title, ...phrases(signature)].map((text) => ({ ...lesson(text, 1), seed: true as const })),
  ];
}

/** What the rules of a page look for, as text, the first of them: pages name what is most telling first. */
function phrases({ match }: Signature): string[] {
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

/** The words of a pattern, without its signs. */
function plainWords(pattern: string): string {
  return pattern.replace(/\\.|\{[^}]*\}|[()|?*+^$[\].]/g, ' ');
}

/** Learns all models from lessons and a background of ordinary reports; the same input gives the same output. */
export function learn(
  ids: readonly string[],
  lessons: readonly Lesson[],
  background: readonly Uint32Array[],
): Learned {
  return { models: fitModels(ids, lessons, background), calibrations: calibrate(ids, lessons, background) };
}

/**
 * One linear model for each signature: its lessons against its near misses, the matches of all other pages,
 * and the background. Reports of the background that look like the failure themselves are taken out and the
 * model is fitted again, since nobody has said that they are not.
 */
export function fitModels(
  ids: readonly string[],
  lessons: readonly Lesson[],
  background: readonly Uint32Array[],
): ReadonlyMap<string, Linear> {
  const reports = [
    ...background,
    ...lessons.filter(({ label }) => label === 1).map(({ features }) => features),
  ];
  const everywhere = count(reports);
  const disguised = lessons.map((lesson, index) => disguise(lesson, index, background));
  return new Map(
    ids.map((id) => {
      const examples = lessons.flatMap(({ signature, label, features, seed }, index): Example[] => {
        if (signature === id) {
          const weight = label === 1 ? 1 : weights.differs;
          const around = seed === true ? [] : (disguised[index] ?? []);
          return [features, ...around].map((own) => ({ features: own, label, weight }));
        }
        return label === 1 ? [{ features, label: 0, weight: weights.others }] : [];
      });
      const worth = weigh(id, lessons, everywhere, reports.length);
      const train = (ordinary: readonly Uint32Array[], how: Fitting) => {
        const rest = ordinary.map(
          (features): Example => ({ features, label: 0, weight: weights.background }),
        );
        return fitLogistic([...examples, ...rest], worth, how);
      };
      const first = train(background, firstFitting);
      const unlike = background.filter((features) => score(first, features) < 0);
      return [id, train(unlike, fitting)];
    }),
  );
}

/** The log-odds that a linear model gives to a set of features. */
export function score(model: Linear, features: Iterable<number>): number {
  let sum = model.bias;
  for (const id of features) sum += model.weights.get(id) ?? 0;
  return sum;
}

function disguise(lesson: Lesson, index: number, background: readonly Uint32Array[]): Uint32Array[] {
  if (background.length === 0) return [];
  return Array.from({ length: disguises }, (_, fold) => {
    const around = background[(index * 37 + fold * 211) % background.length] ?? lesson.features;
    return Uint32Array.from(new Set([...lesson.features, ...around]));
  });
}

/**
 * What each feature of a signature's lessons is worth: how much likelier it is there than elsewhere (the log
 * count ratio of Wang and Manning, 2012), less where few lessons have it.
 */
function weigh(
  id: string,
  lessons: readonly Lesson[],
  everywhere: ReadonlyMap<number, number>,
  reports: number,
): ReadonlyMap<number, number> {
  const own = lessons.filter(({ signature }) => signature === id);
  const worth = new Map<number, number>();
  for (const label of [1, 0] as const) {
    const same = own.filter((lesson) => lesson.label === label);
    for (const [feature, times] of count(same.map(({ features }) => features))) {
      const share = (times + 0.5) / (same.length + 1);
      const elsewhere = (everywhere.get(feature) ?? 0) - (label === 1 ? times : 0);
      const ratio = Math.log((share * (reports + 2)) / (elsewhere + 1));
      const value = (ratio * times) / (times + 1.5) / 4;
      if (value > (worth.get(feature) ?? 0)) worth.set(feature, value);
    }
  }
  return worth;
}

function count(sets: readonly Uint32Array[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const set of sets) for (const feature of set) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  return counts;
}

/**
 * Fits the calibrations on log-odds of lessons and background reports that the models had not seen: in turn a
 * fifth of both is left out. Not the failure are near misses, reports of any other page, and the background.
 */
function calibrate(
  ids: readonly string[],
  lessons: readonly Lesson[],
  background: readonly Uint32Array[],
): Calibrations {
  const found: Point[] = [];
  const others: Point[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const inFold = (_: unknown, index: number) => index % folds === fold;
    const outside = (_: unknown, index: number) => index % folds !== fold;
    const models = fitModels(
      ids,
      lessons.filter((lesson, index) => lesson.seed === true || outside(lesson, index)),
      background.filter(outside),
    );
    const highest = (features: Uint32Array, but?: string): number =>
      Math.max(...ids.filter((id) => id !== but).map((id) => score(models.get(id)!, features)));
    for (const { signature, label, features, seed } of lessons.filter(inFold)) {
      if (seed === true) continue;
      const x = score(models.get(signature)!, features);
      if (label === 0) others.push({ x, y: 0, weight: 1 });
      else {
        found.push({ x, y: 1, weight: 1 });
        others.push({ x: highest(features, signature), y: 0, weight: 1 });
      }
    }
    // Of the reports of the background that look like a failure about every second one is it: nobody has said.
    for (const features of background.filter(inFold)) {
      others.push({ x: highest(features), y: 0, weight: 0.25 });
    }
  }
  const few = found.map((point) => ({ ...point, weight: missed }));
  return { alone: platt([...found, ...others]), silent: platt([...few, ...others]) };
}
