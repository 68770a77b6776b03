import { featureNames } from './features.ts';
import { askForest, learnForest } from './forest.ts';
import type { LinearModel } from './listwise.ts';
import { minimise } from './minimise.ts';
import type { LinkModel } from './model.ts';
import type { Candidates, Pooled } from './rank.ts';

/** How long reports are, and who files twice, differs between trackers and alone says little of one pair. */
const unused = new Set<string>(['length', 'length-ratio', 'shared-terms', 'same-author']);
const columns = (...names: (typeof featureNames)[number][]): number[] =>
  names.map((name) => featureNames.indexOf(name));
const [sameAuthor, titleInTitle, titleCovered, allInAll, allCovered, age, sharedTerms = 0, closed, known] =
  columns(
    'same-author',
    'title-in-title',
    'title-covered-title',
    'all-in-all',
    'all-covered-all',
    'age',
    'shared-terms',
    'closed',
    'known-duplicates',
  );
/** Where it counts by how much a candidate is ahead of all other issues, not only of the next by score. */
const ahead = columns('rare-triples', 'title-in-title', 'title-near-issue', 'code-in-code');
const used = featureNames
  .keys()
  .filter((f) => !unused.has(featureNames[f] ?? ''))
  .toArray();
/** What is true of a candidate itself. All else is likeness, in which its known duplicates speak for it too. */
const standing = new Set(
  columns(
    'rank',
    'age',
    'age-squared',
    'closed',
    'closed-for',
    'known-duplicates',
    'both-code',
    'both-marks',
  ),
);
/** All of a large cluster together are like anything: so many of it speak, those that are most alike. */
const speakers = 3;
/**
 * What else is like an issue tells of what kind it is: of some kinds more are duplicates than of others, and where most of
 * the like are closed the matter may be settled. So many of the best other candidates are asked for each.
 */
const alike = { known: 100, closed: 10 };
/** So many known duplicates say nothing of a kind yet, in a past that has none above all. */
const fewKnown = 0.02;

/**
 * What speaks for each of the candidates: its lead, its chance, its known duplicates, the kind of issue, and the pair itself. A
 * report may say what the first one said in the words of the second and with the trace of the third: of each likeness the most
 * counts that the candidate or one of its known duplicates has.
 * @returns asked by place, from 0; there must be a candidate
 */
export function linkFeatures(
  { knownShare, nearKnown, roots, rows }: Pick<Candidates, 'knownShare' | 'nearKnown' | 'roots' | 'rows'>,
  scores: Float64Array,
  { chances, order }: Pooled,
): (place: number) => number[] {
  const featureOf = (row: number, f = 0): number => rows[row * featureNames.length + f] ?? 0;
  const mostOfOthers = ahead.map((f) => mostBeside(order, (row) => featureOf(row, f)));
  const knownAlike = shareBeside(order, alike.known, (row) => featureOf(row, known) > 0);
  const closedAlike = shareBeside(order, alike.closed, (row) => featureOf(row, closed) > 0);
  const chanceAt = (place: number): number => Math.max(chances[place] ?? 0, Number.MIN_VALUE);
  return (place) => {
    const row = order[place] ?? 0;
    const next = place === 0 ? 1 : 0;
    const rival = order[next];
    const feature = (f?: number): number => featureOf(row, f);
    const cluster = placesOf(roots, roots[row] ?? 0).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
    const speaking = cluster.slice(0, speakers);
    const most = (f: number): number => speaking.reduce((most, one) => Math.max(most, featureOf(one, f)), 0);
    const isAhead = (one: number) => one !== row && (scores[one] ?? 0) > (scores[rival ?? -1] ?? 0);
    const sameTitle = Math.min(feature(titleInTitle), feature(titleCovered));
    const soon = Math.exp(-2 * Math.expm1(feature(age)));
    return [
      rival === undefined ? 0 : Math.log(chanceAt(place) / chanceAt(next)),
      chanceAt(place),
      // Its known duplicates that are ahead of the best other issue too.
      rival === undefined ? 0 : Math.log1p(cluster.filter(isAhead).length),
      ...ahead.map((f, i) => most(f) - (mostOfOthers[i]?.(place) ?? 0)),
      Math.log((knownAlike(place) + fewKnown) / (knownShare + fewKnown)),
      nearKnown,
      closedAlike(place),
      ...used.map((f) => (standing.has(f) ? feature(f) : most(f))),
      // Who files twice knows the first: under another title it is another problem, the more so within a day.
      feature(sameAuthor) * (1 - sameTitle),
      feature(sameAuthor) * soon * (1 - sameTitle * Math.min(feature(allInAll), feature(allCovered))),
    ];
  };
}

/** By place, the most of all others; at least 0. */
function mostBeside(order: readonly number[], featureOf: (row: number) => number): (place: number) => number {
  let [best, second] = [0, 0];
  for (const row of order) {
    const value = featureOf(row);
    if (value > best) [best, second] = [value, best];
    else if (value > second) second = value;
  }
  return (place) => (featureOf(order[place] ?? 0) === best ? second : best);
}

/** By place, the share among so many of the first others. */
function shareBeside(
  order: readonly number[],
  many: number,
  is: (row: number) => boolean,
): (place: number) => number {
  const first = order.slice(0, many).filter(is).length;
  const beyond = order.slice(many, many + 1).some(is) ? 1 : 0;
  const size = Math.max(1, Math.min(many, order.length - 1));
  return (place) => {
    const own = is(order[place] ?? 0) ? 1 : 0;
    return (place < many ? first + beyond - own : first) / size;
  };
}

/** In a plain loop: this is asked for each candidate of each issue. */
function placesOf(roots: readonly number[], root: number): number[] {
  const places: number[] = [];
  for (let row = 0; row < roots.length; row++) if (roots[row] === root) places.push(row);
  return places;
}

/** Fewer words in common are no evidence of one problem, however alike the issues are: "Test" and "test". */
const fewestShared = 4;

/** How much of a probability is to be believed for the words that two issues share, 0 to 1. */
export function substance({ rows }: Pick<Candidates, 'rows'>, row: number): number {
  return Math.min(1, Math.expm1(rows[row * featureNames.length + sharedTerms] ?? 0) / fewestShared);
}

/** One issue of the past: what spoke for its first candidate, and what people said of it. */
export interface LinkExample {
  readonly features: readonly number[];
  /** Whether somebody marked it as a duplicate of that candidate. */
  readonly marked: boolean;
  /** How sure a reader was that both are the same problem, 0 to 1; undefined when nobody read the pair. */
  readonly read?: number | undefined;
}

/** A pair far outside of what was seen when learning must not be sure for that reason alone. */
const farthest = 4;

/** In deviations from the mean, at most four. */
function standardise(value: number, mean = 0, deviation = 1): number {
  return Math.max(-farthest, Math.min(farthest, (value - mean) / deviation));
}

/** No evidence in a text makes it certain. */
const surest = 0.99;

/**
 * The probability that it is the same problem, marked by anybody or not.
 * @param shift log-odds that are added, by what people said of links
 */
export function probabilityOf(model: LinkModel, features: readonly number[], shift = 0): number {
  const forest = model.trees.length === 0 ? 0 : say * logOdds(askForest(model.trees, features));
  return Math.min(surest, chanceOf(model, features, forest + shift));
}

/** @param beside log-odds of what else is known */
function chanceOf(curve: Curve, features: readonly number[], beside = 0): number {
  let score = curve.bias + beside;
  curve.weights.forEach((weight, f) => {
    score += weight * standardise(features[f] ?? 0, curve.means[f], curve.deviations[f]);
  });
  return 1 / (1 + Math.exp(-score));
}

function logOdds(share: number): number {
  const chance = Math.max(1 - surest, Math.min(surest, share));
  return Math.log(chance / (1 - chance));
}

/** The share of duplicates that people mark: 4 in 10 of the pairs of rust-lang/rust that were read. */
const completeness = 0.4;
const decay = 3;
/** A link is told from what looks like one: what is less likely than this anyhow teaches little of that. */
const likely = 0.15;
const littleWeight = 0.05;
/**
 * A curve cannot say that one thing counts only beside another; trees can. Both are asked, and since each errs on its own, they are
 * surer together than their average: log-odds are added up with this weight.
 */
const say = 0.6;
const treeCount = 100;
/** What was reported long ago was reported otherwise, and teaches less: a share of the past in which that is half. */
const halfLife = 0.5;

/**
 * How likely the first candidate is the same problem, from marks of which many are missing (Elkan and Noto 2008): somebody marks
 * a duplicate with the chance `completeness`, and nothing else. A first logistic curve, of all examples, tells the likely ones;
 * they teach the second, and trees.
 * @param examples in order of time
 */
export function learnLink(examples: readonly LinkExample[]): LinkModel {
  const fresh = examples.map((_, i) => 0.5 ** ((1 - i / examples.length) / halfLife));
  const first = fitCurve(examples, fresh);
  const isLikely = ({ features }: LinkExample) => chanceOf(first, features) >= likely;
  const weights = examples.map((example, i) => (fresh[i] ?? 0) * (isLikely(example) ? 1 : littleWeight));
  const curve = fitCurve(examples, weights);
  const samples = examples.flatMap((example, i) => {
    const target = believed(example, chanceOf(curve, example.features));
    return isLikely(example) ? [{ features: example.features, target, weight: fresh[i] ?? 0 }] : [];
  });
  const trees = learnForest(samples, treeCount);
  if (trees.length === 0) return { ...curve, trees };
  return { ...curve, weights: curve.weights.map((weight) => weight * say), bias: curve.bias * say, trees };
}

/** A logistic curve over what speaks for a candidate. */
type Curve = LinearModel & { readonly bias: number };

/** How sure it is the same problem; of what nobody marked or read: how likely it is so all the same. */
function believed({ marked, read }: LinkExample, chance: number): number {
  return marked ? 1 : (read ?? (chance * (1 - completeness)) / (1 - completeness * chance));
}

/** @param weights how much each example counts */
function fitCurve(examples: readonly LinkExample[], weights: readonly number[]): Curve {
  const width = examples[0]?.features.length ?? 0;
  const { deviations, means } = spread(examples, weights, width);
  const standard = examples.map(({ features }) =>
    features.map((value, f) => standardise(value, means[f], deviations[f])),
  );
  const solution = minimise(new Float64Array(width + 1), (at, gradient) => {
    let loss = 0;
    gradient.fill(0);
    for (let f = 0; f < width; f++) {
      loss += (decay / 2) * (at[f] ?? 0) ** 2;
      gradient[f] = decay * (at[f] ?? 0);
    }
    standard.forEach((features, i) => {
      let score = at[width] ?? 0;
      for (let f = 0; f < width; f++) score += (at[f] ?? 0) * (features[f] ?? 0);
      const { marked = false, read } = examples[i] ?? {};
      const weight = weights[i] ?? 0;
      const known = marked ? 1 : read;
      const chance = 1 / (1 + Math.exp(-score));
      const target = believed({ features, marked, read }, chance);
      // log(1 + e^s) without overflow
      const certain = Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score)));
      loss += weight * (known === undefined ? -Math.log(1 - completeness * chance) : certain - known * score);
      const pull = weight * (chance - target);
      for (let f = 0; f < width; f++) gradient[f] = (gradient[f] ?? 0) + pull * (features[f] ?? 0);
      gradient[width] = (gradient[width] ?? 0) + pull;
    });
    return loss;
  });
  return { means, deviations, weights: [...solution.subarray(0, width)], bias: solution[width] ?? 0 };
}

/** Weighted means and deviations of each feature. */
function spread(
  examples: readonly LinkExample[],
  weights: readonly number[],
  width: number,
): Pick<Curve, 'means' | 'deviations'> {
  const total = Math.max(
    weights.reduce((sum, weight) => sum + weight, 0),
    Number.EPSILON,
  );
  const average = (value: (features: readonly number[]) => number) =>
    examples.reduce((sum, { features }, i) => sum + (weights[i] ?? 0) * value(features), 0) / total;
  const means: number[] = [];
  const deviations: number[] = [];
  for (let f = 0; f < width; f++) {
    const mean = average((features) => features[f] ?? 0);
    const variance = average((features) => ((features[f] ?? 0) - mean) ** 2);
    means.push(mean);
    deviations.push(variance > 1e-12 ? Math.sqrt(variance) : 1);
  }
  return { means, deviations };
}
