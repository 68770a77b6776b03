import type { FeatureCounts, Group } from './feature-types.ts';
import { dealFolds, type LinearModel, trainLogistic } from './logistic.ts';
import type { StatedFact } from './rules.ts';
import { dot, readVocabulary, scale, type Vector, type Vocabulary, vectorise } from './vectors.ts';

/** The features, facts and labels of a report. */
export interface FeaturisedExample {
  readonly features: FeatureCounts;
  readonly facts: readonly StatedFact[];
  readonly labels: readonly string[];
}

/** Folds of cross-validation. */
export const folds = 5;

/** One weighting of the groups of features, and how its models are trained. */
interface View {
  readonly weights: Readonly<Record<Group, number>>;
  /** The weight of the loss against the penalty. */
  readonly cost: number;
  /**
   * Scales features by their log-count ratio with and without the label (NB-SVM; Wang, Manning, ACL 2012).
   */
  readonly contrast: boolean;
  /** Trains only on reports with any of the labels: one without was probably never triaged. */
  readonly triagedOnly: boolean;
}

const words = { form: 0, title: 1, text: 1.4, code: 0.5, topic: 1.2 };
export const views: readonly View[] = [
  {
    weights: { form: 1.5, title: 0, text: 0, code: 0, topic: 0 },
    cost: 5,
    contrast: false,
    triagedOnly: false,
  },
  { weights: words, cost: 5, contrast: false, triagedOnly: true },
  { weights: words, cost: 2, contrast: true, triagedOnly: true },
];

/** Reports that a feature must occur in. */
const minDocuments = 2;

/** Scores each example by models trained without its fold: label × view × example. */
export function crossPredict(
  examples: readonly FeaturisedExample[],
  names: readonly string[],
): Float64Array[][] {
  const parts = dealFolds(examples.length, folds);
  const scores = names.map(() => views.map(() => new Float64Array(examples.length)));
  for (let part = 0; part < folds; part++) {
    const { vocabulary, linear } = fitViews(
      examples.filter((_, k) => parts[k] !== part),
      names,
    );
    examples.forEach(({ features }, example) => {
      if (parts[example] !== part) return;
      const vector = vectorise(features, vocabulary);
      linear.forEach((ofViews, k) => {
        ofViews.forEach(({ weights, bias }, view) => {
          scores[k]![view]![example] = dot(weights, vector) + bias;
        });
      });
    });
  }
  return scores;
}

/** Fits a linear model for each label and view, over the unscaled vectors of one vocabulary. */
export function fitViews(
  examples: readonly FeaturisedExample[],
  names: readonly string[],
): { readonly vocabulary: Vocabulary; readonly linear: readonly (readonly LinearModel[])[] } {
  const vocabulary = readVocabulary(
    examples.map(({ features }) => features),
    minDocuments,
  );
  const unscaled = examples.map(({ features }) => vectorise(features, vocabulary));
  const projections = views.map(({ weights }) => {
    const scales = Float64Array.from(vocabulary.groups, (group) => weights[group]);
    return { scales, vectors: unscaled.map((vector) => withoutZeros(scale(vector, scales))) };
  });
  const allIndices = examples.map((_, example) => example);
  const triagedIndices = allIndices.filter((example) =>
    examples[example]!.labels.some((label) => names.includes(label)),
  );
  const linear = names.map((name) => {
    const all = examples.map(({ labels }) => (labels.includes(name) ? 1 : -1));
    return views.map(({ cost, contrast, triagedOnly }, view): LinearModel => {
      const { scales } = projections[view]!;
      const chosen = triagedOnly ? triagedIndices : allIndices;
      const vectors = chosen.map((example) => projections[view]!.vectors[example]!);
      const targets = chosen.map((example) => all[example]!);
      const contrasts = contrast ? contrastsOf(vectors, targets, scales.length) : null;
      const trained = trainLogistic(
        contrasts ? vectors.map((vector) => scale(vector, contrasts)) : vectors,
        targets,
        scales.length,
        cost,
      );
      return {
        weights: trained.weights.map((weight, id) => weight * scales[id]! * (contrasts?.[id] ?? 1)),
        bias: trained.bias,
      };
    });
  });
  return { vocabulary, linear };
}

/** The vector without features of weight 0. */
function withoutZeros({ ids, values }: Vector): Vector {
  return { ids: ids.filter((_, k) => values[k] !== 0), values: values.filter((value) => value !== 0) };
}

/** The absolute log ratio of each feature's frequency in examples with and without the label, smoothed. */
function contrastsOf(
  vectors: readonly Vector[],
  targets: readonly number[],
  dimension: number,
): Float64Array {
  const smooth = 0.5;
  const base = 0.3;
  const hits = new Float64Array(dimension).fill(smooth);
  const misses = new Float64Array(dimension).fill(smooth);
  let hitCount = 2 * smooth;
  let missCount = 2 * smooth;
  vectors.forEach(({ ids }, example) => {
    const hit = targets[example]! > 0;
    const counts = hit ? hits : misses;
    if (hit) hitCount++;
    else missCount++;
    for (const id of ids) counts[id]!++;
  });
  return hits.map((count, id) => base + Math.abs(Math.log(count / hitCount / (misses[id]! / missCount))));
}

/** Combines a label's views by their shares, the last of which is the bias, into one linear model. */
export function combine(
  ofViews: readonly LinearModel[],
  shares: readonly number[],
): { weights: Float32Array; bias: number } {
  const weights = new Float32Array(ofViews[0]!.weights.length);
  let bias = shares.at(-1)!;
  ofViews.forEach((linear, view) => {
    const share = shares[view]!;
    bias += share * linear.bias;
    linear.weights.forEach((weight, id) => {
      weights[id]! += share * weight;
    });
  });
  return { weights, bias };
}
