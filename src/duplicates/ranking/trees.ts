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
