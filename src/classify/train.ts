import type { Report } from '../model/report.ts';
import { sigmoid } from '../numerics/logistic.ts';
import type { Features } from './feature-types.ts';
import { featuresOf } from './features.ts';
import { dealFolds, trainDense } from './logistic.ts';
import { type FactRule, factsOf, learnRules } from './rules.ts';
import { chooseThresholds } from './thresholds.ts';
import { mentionOf, topicsOfLabel } from './topics.ts';
import { dot, type Vector, type Vocabulary } from './vectors.ts';
import { combine, crossPredict, fitViews, folds, views } from './views.ts';

/** A report of the repository and the labels that it ended up with. */
export interface LabelExample {
  readonly report: Report;
  readonly labels: readonly string[];
}

export interface LabelOptions {
  /** Labels that are set for reasons outside of the report (`duplicate`, `invalid`): neither learned nor suggested. */
  readonly skip?: readonly string[];
  /** Labels of the repository; those without examples are still set by facts. Default: the examples'. */
  readonly labels?: readonly string[];
  /** Least number of examples from which a label is learned. Default 10. */
  readonly least?: number;
  /** Most examples that are learned from, the last ones given: time grows with examples times labels. Default 2,000. */
  readonly most?: number;
  /** Share of suggestions, over all labels, that the bars aim to have right. Default 0.88. */
  readonly precision?: number;
}

/** What was learned of one label; `probabilityOf` puts it together. */
export interface LearnedLabel {
  readonly name: string;
  readonly weights: Float32Array;
  readonly bias: number;
  /** What the label's name speaks of, and what a mention of it adds. */
  readonly topics: readonly string[];
  readonly mention: number;
  /** Least probability at which it is suggested. */
  readonly threshold: number;
  /** Number of examples that carry it. */
  readonly support: number;
}

/** What `suggestLabels` needs; kept with `encodeModel`. */
export interface LabelModel {
  readonly vocabulary: Vocabulary;
  readonly labels: readonly LearnedLabel[];
  readonly rules: readonly FactRule[];
}

/** How strongly the shares of the views hold to being equal. */
const hold = 10;

/**
 * Learns from a repository's labelled reports. Every number in the model, bars and calibration included, comes from
 * predictions for reports that were left out of training. The same examples in the same order give the same model.
 */
export function trainLabels(given: readonly LabelExample[], options: LabelOptions = {}): LabelModel {
  const { skip = [], least = 10, most = 2_000, precision = 0.88 } = options;
  const examples = given.slice(-most).map(({ report, labels }) => ({
    features: featuresOf(report),
    facts: factsOf(report),
    labels,
  }));
  const counts = new Map<string, number>();
  for (const label of examples.flatMap(({ labels }) => labels))
    counts.set(label, (counts.get(label) ?? 0) + 1);
  const known = (options.labels ?? [...counts.keys()]).filter((label) => !skip.includes(label));
  const names = known.filter((label) => (counts.get(label) ?? 0) >= least);
  const rules = learnRules(examples, known).filter(
    ({ fact, label }) => !(names.includes(label) && fact.startsWith('kind=')),
  );
  const out = crossPredict(examples, names);
  const whole = fitViews(examples, names);
  const stacked = names.map((name, k) => {
    const topics = topicsOfLabel(name);
    const mentions = Float64Array.from(examples, ({ features }) => mentionOf(topics, features));
    const inputs = [...out[k]!, mentions];
    const targets = examples.map(({ labels }) => labels.includes(name));
    const { shares, chances } = calibrate(inputs, targets);
    const settled = examples.map(({ facts }) =>
      rules.some((rule) => rule.label === name && facts.some(({ fact }) => fact === rule.fact)),
    );
    return { name, topics, shares, targets, chances, settled };
  });
  const thresholds = chooseThresholds(stacked, precision);
  return {
    vocabulary: whole.vocabulary,
    rules,
    labels: stacked.map(({ name, topics, shares, targets }, k) => ({
      name,
      ...combine(whole.linear[k]!, shares),
      topics,
      mention: shares[views.length]!,
      threshold: thresholds[k]!,
      support: targets.filter(Boolean).length,
    })),
  };
}

/**
 * How much each input of a label counts: the scores of the views, then mentions. The chances are those that each
 * example has by the others.
 */
function calibrate(
  inputs: readonly Float64Array[],
  targets: readonly boolean[],
): { readonly shares: readonly number[]; readonly chances: readonly number[] } {
  const prior = [...views.map(() => 1 / views.length), 0];
  const parts = dealFolds(targets.length, folds);
  const chances = targets.map(() => 0);
  for (let part = 0; part < folds; part++) {
    const others = [...parts.keys()].filter((example) => parts[example] !== part);
    const shares = trainDense(
      inputs.map((input) => Float64Array.from(others, (example) => input[example]!)),
      others.map((example) => targets[example]!),
      prior,
      hold,
    );
    parts.forEach((of, example) => {
      if (of !== part) return;
      chances[example] = sigmoid(
        shares.reduce((sum, share, k) => sum + share * (inputs[k]?.[example] ?? 1), 0),
      );
    });
  }
  return { shares: trainDense(inputs, targets, prior, hold), chances };
}

/** The calibrated probability that the report carries the label. */
export function probabilityOf(label: LearnedLabel, features: Features, vector: Vector): number {
  return sigmoid(dot(label.weights, vector) + label.mention * mentionOf(label.topics, features) + label.bias);
}
