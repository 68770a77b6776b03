import type { Report } from '../model/report.ts';
import { sigmoid } from '../numerics/logistic.ts';
import type { FeatureCounts } from './feature-types.ts';
import { countFeatures } from './features.ts';
import { dealFolds, trainDense } from './logistic.ts';
import { type FactRule, factsOf, learnRules } from './rules.ts';
import { chooseThresholds } from './thresholds.ts';
import { mentionStrength, topicsOfLabel } from './topics.ts';
import { dot, type Vector, type Vocabulary } from './vectors.ts';
import { combine, crossPredict, fitViews, folds, views } from './views.ts';

/** A report of the repository and the labels that it has now. */
export interface LabelExample {
  readonly report: Report;
  readonly labels: readonly string[];
}

export interface LabelOptions {
  /** Labels whose reasons lie outside the report (`duplicate`, `invalid`): neither learned nor suggested. */
  readonly skip?: readonly string[];
  /** The repository's labels; facts may imply those without examples. Default: the examples' labels. */
  readonly labels?: readonly string[];
  /** Examples that a label needs to be learned. Default 10. */
  readonly minExamples?: number;
  /** The last examples are used, at most this many: time grows with examples times labels. Default 2,000. */
  readonly maxExamples?: number;
  /** The precision over all suggestions that the thresholds aim at. Default 0.88. */
  readonly precision?: number;
}

/** The model of one label; `labelProbability` evaluates it. */
export interface LearnedLabel {
  readonly name: string;
  readonly weights: Float32Array;
  readonly bias: number;
  /** The topics of the label's name. */
  readonly topics: readonly string[];
  /** The weight of mentions of these topics. */
  readonly mention: number;
  /** The lowest probability at which it is suggested. */
  readonly threshold: number;
  /** The number of examples that carry it. */
  readonly support: number;
}

/** The input of `suggestLabels`, serialised by `encodeModel`. */
export interface LabelModel {
  readonly vocabulary: Vocabulary;
  readonly labels: readonly LearnedLabel[];
  readonly rules: readonly FactRule[];
}

/** The penalty that keeps the views' weights near equal shares. */
const sharePenalty = 10;

/**
 * Trains on a repository's labelled reports. Thresholds and calibration come from predictions for held-out
 * reports. The same examples in the same order give the same model.
 */
export function trainLabels(history: readonly LabelExample[], options: LabelOptions = {}): LabelModel {
  const { skip = [], minExamples = 10, maxExamples = 2_000, precision = 0.88 } = options;
  const examples = history.slice(-maxExamples).map(({ report, labels }) => ({
    features: countFeatures(report),
    facts: factsOf(report),
    labels,
  }));
  const counts = new Map<string, number>();
  for (const label of examples.flatMap(({ labels }) => labels))
    counts.set(label, (counts.get(label) ?? 0) + 1);
  const candidates = (options.labels ?? [...counts.keys()]).filter((label) => !skip.includes(label));
  const names = candidates.filter((label) => (counts.get(label) ?? 0) >= minExamples);
  const rules = learnRules(examples, candidates).filter(
    ({ fact, label }) => !(names.includes(label) && fact.startsWith('kind=')),
  );
  const heldOutScores = crossPredict(examples, names);
  const full = fitViews(examples, names);
  const calibrated = names.map((name, k) => {
    const topics = topicsOfLabel(name);
    const mentions = Float64Array.from(examples, ({ features }) => mentionStrength(topics, features));
    const inputs = [...heldOutScores[k]!, mentions];
    const targets = examples.map(({ labels }) => labels.includes(name));
    const { shares, probabilities } = calibrate(inputs, targets);
    const setByFact = examples.map(({ facts }) =>
      rules.some((rule) => rule.label === name && facts.some(({ fact }) => fact === rule.fact)),
    );
    return { name, topics, shares, targets, probabilities, setByFact };
  });
  const thresholds = chooseThresholds(calibrated, precision);
  return {
    vocabulary: full.vocabulary,
    rules,
    labels: calibrated.map(({ name, topics, shares, targets }, k) => ({
      name,
      ...combine(full.linear[k]!, shares),
      topics,
      mention: shares[views.length]!,
      threshold: thresholds[k]!,
      support: targets.filter(Boolean).length,
    })),
  };
}

/**
 * Fits the weights of a label's inputs, the scores of the views and then mentions, and cross-validates: each
 * example's probability comes from weights fitted without its fold.
 */
function calibrate(
  inputs: readonly Float64Array[],
  targets: readonly boolean[],
): { readonly shares: readonly number[]; readonly probabilities: readonly number[] } {
  const prior = [...views.map(() => 1 / views.length), 0];
  const parts = dealFolds(targets.length, folds);
  const probabilities = targets.map(() => 0);
  for (let part = 0; part < folds; part++) {
    const others = [...parts.keys()].filter((example) => parts[example] !== part);
    const shares = trainDense(
      inputs.map((input) => Float64Array.from(others, (example) => input[example]!)),
      others.map((example) => targets[example]!),
      prior,
      sharePenalty,
    );
    parts.forEach((of, example) => {
      if (of !== part) return;
      probabilities[example] = sigmoid(
        shares.reduce((sum, share, k) => sum + share * (inputs[k]?.[example] ?? 1), 0),
      );
    });
  }
  return { shares: trainDense(inputs, targets, prior, sharePenalty), probabilities };
}

/** The calibrated probability that a report carries the label. */
export function labelProbability(label: LearnedLabel, features: FeatureCounts, vector: Vector): number {
  return sigmoid(
    dot(label.weights, vector) + label.mention * mentionStrength(label.topics, features) + label.bias,
  );
}
