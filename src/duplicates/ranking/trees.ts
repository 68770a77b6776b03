/**
 * A split: below the threshold of a feature one tree answers, otherwise the other. Or a number, the answer of
 * a leaf. Plain JSON.
 */
export type Tree = number | readonly [feature: number, threshold: number, below: Tree, otherwise: Tree];

/** The mean answer of trees to these features; NaN without a tree. */
export function predict(trees: readonly Tree[], features: readonly number[]): number {
  const { feature, left, right, roots, thresholds } = flatForests.get(trees) ?? flatten(trees);
  let sum = 0;
  for (let i = 0; i < roots.length; i++) {
    let node = roots[i]!;
    for (let split = feature[node]!; split !== leaf; split = feature[node]!)
      node = features[split]! < thresholds[node]! ? left[node]! : right[node]!;
    sum += thresholds[node]!;
  }
  return sum / roots.length;
}

/** Trees in typed arrays, by node: to go through them as they are stored costs ten times as much. */
interface FlatForest {
  readonly roots: Int32Array;
  /** By which a node splits; `leaf` where it does not. */
  readonly feature: Int16Array;
  /** Of a split; of a leaf the answer. */
  readonly thresholds: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
}

const leaf = -1;

/** A forest is flattened once. */
const flatForests = new WeakMap<readonly Tree[], FlatForest>();

function flatten(trees: readonly Tree[]): FlatForest {
  const feature: number[] = [];
  const thresholds: number[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const put = (tree: Tree): number => {
    const node = feature.length;
    const [split, threshold, below, otherwise] = typeof tree === 'number' ? [leaf, tree, null, null] : tree;
    feature.push(split);
    thresholds.push(threshold);
    left.push(node);
    right.push(node);
    if (below !== null) left[node] = put(below);
    if (otherwise !== null) right[node] = put(otherwise);
    return node;
  };
  const roots = Int32Array.from(trees, put);
  const forest: FlatForest = {
    roots,
    feature: Int16Array.from(feature),
    thresholds: Float64Array.from(thresholds),
    left: Int32Array.from(left),
    right: Int32Array.from(right),
  };
  flatForests.set(trees, forest);
  return forest;
}
