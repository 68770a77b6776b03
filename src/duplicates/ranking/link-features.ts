import type { Candidates, Pooled } from './candidates.ts';
import { featureNames } from './features.ts';

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
