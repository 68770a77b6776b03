import { chanceFrom } from './chance.ts';

/** A question: below the limit of a feature one tree answers, otherwise the other. Or a number: the answer. Plain JSON. */
export type Tree = number | readonly [feature: number, limit: number, below: Tree, otherwise: Tree];

/** What each tree says of these features, on average. There must be a tree. */
export function askForest(trees: readonly Tree[], features: readonly number[]): number {
  const { asked, below, limits, otherwise, roots } = laidOut.get(trees) ?? layOut(trees);
  let sum = 0;
  for (let i = 0; i < roots.length; i++) {
    let node = roots[i] ?? 0;
    for (let feature = asked[node] ?? answer; feature !== answer; feature = asked[node] ?? answer)
      node = ((features[feature] ?? 0) < (limits[node] ?? 0) ? below[node] : otherwise[node]) ?? 0;
    sum += limits[node] ?? 0;
  }
  return sum / roots.length;
}

/** Trees in typed arrays, by node: going through them as they are stored costs ten times as much. */
interface Layout {
  readonly roots: Int32Array;
  /** The feature; `answer`: the node has none. */
  readonly asked: Int16Array;
  /** Or the answer. */
  readonly limits: Float64Array;
  readonly below: Int32Array;
  readonly otherwise: Int32Array;
}

const answer = -1;
const laidOut = new WeakMap<readonly Tree[], Layout>();

/** Once for each forest: asked again and again, it is looked up. */
function layOut(trees: readonly Tree[]): Layout {
  const asked: number[] = [];
  const limits: number[] = [];
  const below: number[] = [];
  const otherwise: number[] = [];
  const put = (tree: Tree): number => {
    const node = asked.length;
    const [feature, limit, first, second] = typeof tree === 'number' ? [answer, tree, null, null] : tree;
    asked.push(feature);
    limits.push(limit);
    below.push(node);
    otherwise.push(node);
    if (first !== null) below[node] = put(first);
    if (second !== null) otherwise[node] = put(second);
    return node;
  };
  const roots = Int32Array.from(trees, put);
  const layout: Layout = {
    roots,
    asked: Int16Array.from(asked),
    limits: Float64Array.from(limits),
    below: Int32Array.from(below),
    otherwise: Int32Array.from(otherwise),
  };
  laidOut.set(trees, layout);
  return layout;
}

/** An answer that fewer samples stand behind says little. */
const fewest = 8;

/** Features, what a tree should say of them, and how much the sample counts. */
export interface Sample {
  readonly features: readonly number[];
  readonly target: number;
  readonly weight: number;
}

/**
 * Extremely randomised trees (Geurts, Ernst and Wehenkel 2006): at each node every feature proposes one limit by chance, and
 * the one that leaves least variance is kept. The chance is the same each time.
 * @param count of trees; none are learned from no samples
 */
export function learnForest(samples: readonly Sample[], count: number): Tree[] {
  if (samples.length === 0) return [];
  return Array.from({ length: count }, (_, seed) => learnTree(samples, chanceFrom(seed)));
}

function learnTree(samples: readonly Sample[], chance: () => number): Tree {
  const question = bestQuestion(samples, chance);
  if (question === null) return rounded(mean(samples));
  const { feature, limit } = question;
  const isBelow = ({ features }: Sample) => (features[feature] ?? 0) < limit;
  const below = learnTree(samples.filter(isBelow), chance);
  return [
    feature,
    limit,
    below,
    learnTree(
      samples.filter((sample) => !isBelow(sample)),
      chance,
    ),
  ];
}

/**
 * The question that tells most among those that chance proposes, though it be nothing: the next may tell the more. Null when
 * the samples agree, look the same, or are too few.
 */
function bestQuestion(
  samples: readonly Sample[],
  chance: () => number,
): { feature: number; limit: number } | null {
  const agree = samples.every(({ target }) => target === samples[0]?.target);
  if (agree || samples.length < 2 * fewest) return null;
  let best: { feature: number; limit: number } | null = null;
  let most = Number.NEGATIVE_INFINITY;
  for (let feature = 0; feature < (samples[0]?.features.length ?? 0); feature++) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const { features } of samples) {
      low = Math.min(low, features[feature] ?? 0);
      high = Math.max(high, features[feature] ?? 0);
    }
    if (low === high) continue;
    const limit = rounded(low + (high - low) * chance());
    const below = { samples: 0, weight: 0, sum: 0 };
    const above = { samples: 0, weight: 0, sum: 0 };
    for (const { features, target, weight } of samples) {
      const side = (features[feature] ?? 0) < limit ? below : above;
      side.samples++;
      side.weight += weight;
      side.sum += weight * target;
    }
    if (below.samples < fewest || above.samples < fewest) continue;
    // The variance that is left is least where this is most.
    const told = below.sum ** 2 / below.weight + above.sum ** 2 / above.weight;
    if (told > most) [most, best] = [told, { feature, limit }];
  }
  return best;
}

function mean(samples: readonly Sample[]): number {
  const sum = samples.reduce((sum, { target, weight }) => sum + weight * target, 0);
  return sum / samples.reduce((sum, { weight }) => sum + weight, 0);
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
