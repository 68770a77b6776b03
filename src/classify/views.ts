import type { Features, Group } from './feature-types.ts';
import { dealFolds, type Linear, trainLogistic } from './logistic.ts';
import type { StatedFact } from './rules.ts';
import { dot, readVocabulary, scale, type Vector, type Vocabulary, vectorise } from './vectors.ts';

/** A labelled report as learning sees it. */
export interface Example {
  readonly features: Features;
  readonly facts: readonly StatedFact[];
  readonly labels: readonly string[];
}

/** Parts that a history is dealt into; each is predicted by what the others teach. */
export const folds = 5;

/** One way to look at a report: how much each group of features counts. */
interface View {
  readonly weights: Readonly<Record<Group, number>>;
  /** What an error weighs against large weights in training. */
  readonly cost: number;
  /** Features count by how differently they occur with and without the label (Wang, Manning, ACL 2012). */
  readonly contrast: boolean;
  /** Learns from reports with a label only: one without was hardly ever looked at. */
  readonly triaged: boolean;
}

const words = { form: 0, title: 1, text: 1.4, code: 0.5, topic: 1.2 };
export const views: readonly View[] = [
  { weights: { form: 1.5, title: 0, text: 0, code: 0, topic: 0 }, cost: 5, contrast: false, triaged: false },
  { weights: words, cost: 5, contrast: false, triaged: true },
  { weights: words, cost: 2, contrast: true, triaged: true },
];

/** A feature of fewer reports says nothing about the next one. */
const leastDocuments = 2;

/** Scores of each example by models that were trained without it: label × view × example. */
export function crossPredict(examples: readonly Example[], names: readonly string[]): Float64Array[][] {
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

/** A linear model per label and view, over the plain vectors of one vocabulary. */
export function fitViews(
  examples: readonly Example[],
  names: readonly string[],
): { readonly vocabulary: Vocabulary; readonly linear: readonly (readonly Linear[])[] } {
  const vocabulary = readVocabulary(
    examples.map(({ features }) => features),
    leastDocuments,
  );
  const plain = examples.map(({ features }) => vectorise(features, vocabulary));
  const seen = views.map(({ weights }) => {
    const scales = Float64Array.from(vocabulary.groups, (group) => weights[group]);
    return { scales, vectors: plain.map((vector) => present(scale(vector, scales))) };
  });
  const everyone = examples.map((_, example) => example);
  const labelled = everyone.filter((example) =>
    examples[example]!.labels.some((label) => names.includes(label)),
  );
  const linear = names.map((name) => {
    const all = examples.map(({ labels }) => (labels.includes(name) ? 1 : -1));
    return views.map(({ cost, contrast, triaged }, view): Linear => {
      const { scales } = seen[view]!;
      const chosen = triaged ? labelled : everyone;
      const vectors = chosen.map((example) => seen[view]!.vectors[example]!);
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

/** The vector without what its view does not see. */
function present({ ids, values }: Vector): Vector {
  return { ids: ids.filter((_, k) => values[k] !== 0), values: values.filter((value) => value !== 0) };
}

/** How differently each feature occurs in examples with and without the label: |log ratio|, smoothed. */
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

/** The views of a label, each by its share, as one linear model. */
export function combine(
  ofViews: readonly Linear[],
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
