import type { Candidates, RankedClusters } from './candidates.ts';
import { type FeatureName, featureIndex, featureNames } from './features.ts';

/** One candidate among all: what the features of a link are computed from. */
interface LinkCandidate {
  /**
   * Of the softmax over all candidates, for its whole cluster and for the best other cluster; null without
   * one.
   */
  readonly share: number;
  readonly rivalShare: number | null;
  /** How many of its known duplicates are ahead of the best other cluster too. */
  readonly duplicatesAhead: number;
  /** A feature of the candidate itself. */
  readonly own: (name: FeatureName) => number;
  /** The most that it or one of its known duplicates has of a likeness, at least 0. */
  readonly strongest: (name: FeatureName) => number;
  /** The most that any other cluster's best candidate has, at least 0. */
  readonly strongestOfOthers: (name: LeadName) => number;
  /** The share of threads with known duplicates among the candidates like it, and among all issues. */
  readonly knownShare: number;
  readonly knownShareOfAll: number;
  readonly knownProximity: number;
  /** The share of closed issues among the candidates like it. */
  readonly closedShare: number;
}

interface LinkFeature {
  readonly name: string;
  readonly compute: (candidate: LinkCandidate) => number;
}

/** Where it counts by how much a candidate is ahead of all other issues, not only of the next by score. */
const leadNames = ['rare-triples', 'title-in-title', 'title-near-issue', 'code-in-code'] as const;
type LeadName = (typeof leadNames)[number];

/** How long reports are, and who files twice, differs between trackers and alone says little of one pair. */
const unused: ReadonlySet<FeatureName> = new Set([
  'length',
  'length-ratio',
  'shared-terms',
  'same-author',
] as const);

/** True of a candidate itself. All else is likeness, in which its known duplicates speak for it too. */
const ofCandidateAlone: ReadonlySet<FeatureName> = new Set([
  'rank',
  'age',
  'age-squared',
  'closed',
  'closed-for',
  'known-duplicates',
  'both-code',
  'both-marks',
] as const);

/** A duplicate or two say nothing of a kind of issues yet, above all in a history without any. */
const smoothing = 0.02;

const features: readonly LinkFeature[] = [
  {
    name: 'lead',
    compute: ({ rivalShare, share }) => (rivalShare === null ? 0 : Math.log(share / rivalShare)),
  },
  { name: 'share', compute: ({ share }) => share },
  { name: 'duplicates-ahead', compute: ({ duplicatesAhead }) => Math.log1p(duplicatesAhead) },
  ...leadNames.map(
    (name): LinkFeature => ({
      name: `${name}-lead`,
      compute: ({ strongest, strongestOfOthers }) => strongest(name) - strongestOfOthers(name),
    }),
  ),
  {
    name: 'known-share',
    compute: ({ knownShare, knownShareOfAll }) =>
      Math.log((knownShare + smoothing) / (knownShareOfAll + smoothing)),
  },
  { name: 'known-proximity', compute: ({ knownProximity }) => knownProximity },
  { name: 'closed-share', compute: ({ closedShare }) => closedShare },
  ...featureNames
    .filter((name) => !unused.has(name))
    .map(
      (name): LinkFeature => ({
        name,
        compute: ofCandidateAlone.has(name) ? ({ own }) => own(name) : ({ strongest }) => strongest(name),
      }),
    ),
  // Who files twice knows the first: under another title it is another problem, the more so within a day.
  {
    name: 'same-author-other-title',
    compute: ({ own }) => own('same-author') * (1 - sameTitle(own)),
  },
  {
    name: 'same-author-soon',
    compute: ({ own }) => {
      const soon = Math.exp(-2 * Math.expm1(own('age')));
      const sameText = Math.min(own('all-in-all'), own('all-covered-all'));
      return own('same-author') * soon * (1 - sameTitle(own) * sameText);
    },
  },
];

function sameTitle(own: LinkCandidate['own']): number {
  return Math.min(own('title-in-title'), own('title-covered-title'));
}

/** Names are part of the model of links. */
export const linkFeatureNames: readonly string[] = features.map(({ name }) => name);

/** All of a large cluster together are like anything: so many of it speak, those with the highest scores. */
const maxSpeakers = 3;

/**
 * The candidates like an issue tell of what kind it is: of some kinds more are duplicates than of others, and
 * where most of them are closed the matter may be settled. So many of the best other candidates count.
 */
const neighbours = { known: 100, closed: 10 };

/**
 * What speaks for a link to each of the candidates: its lead, its share, its known duplicates, the kind of
 * issue, and the pair itself. A report may say what the first one said in the words of the second and with
 * the trace of the third: of each likeness the most counts that the candidate or one of its known duplicates
 * has.
 * @returns by place in the ranking, from 0, the features in the order of `linkFeatureNames`
 */
export function linkFeatures(
  candidates: Pick<Candidates, 'knownProximity' | 'knownShare' | 'roots' | 'rows'>,
  scores: Float64Array,
  ranked: RankedClusters,
): (place: number) => number[] {
  const candidateAt = linkCandidates(candidates, scores, ranked);
  return (place) => {
    const candidate = candidateAt(place);
    return features.map(({ compute }) => compute(candidate));
  };
}

function linkCandidates(
  {
    knownProximity,
    knownShare,
    roots,
    rows,
  }: Pick<Candidates, 'knownProximity' | 'knownShare' | 'roots' | 'rows'>,
  scores: Float64Array,
  { order, shares }: RankedClusters,
): (place: number) => LinkCandidate {
  const featureOf = (row: number, name: FeatureName): number =>
    rows[row * featureNames.length + featureIndex[name]]!;
  const strongestBeside = new Map(
    leadNames.map((name) => [name, mostBeside(order, (row) => featureOf(row, name))]),
  );
  const knownBeside = shareBeside(order, neighbours.known, (row) => featureOf(row, 'known-duplicates') > 0);
  const closedBeside = shareBeside(order, neighbours.closed, (row) => featureOf(row, 'closed') > 0);
  const shareAt = (place: number): number => Math.max(shares[place]!, Number.MIN_VALUE);
  return (place) => {
    const row = order[place]!;
    const rivalPlace = place === 0 ? 1 : 0;
    const rival = order[rivalPlace];
    const cluster = rowsOf(roots, roots[row]!).sort((a, b) => scores[b]! - scores[a]!);
    const speakers = cluster.slice(0, maxSpeakers);
    const isAhead = (other: number) =>
      rival !== undefined && other !== row && scores[other]! > scores[rival]!;
    return {
      share: shareAt(place),
      rivalShare: rival === undefined ? null : shareAt(rivalPlace),
      duplicatesAhead: cluster.filter(isAhead).length,
      own: (name) => featureOf(row, name),
      strongest: (name) => speakers.reduce((most, speaker) => Math.max(most, featureOf(speaker, name)), 0),
      strongestOfOthers: (name) => strongestBeside.get(name)?.(place) ?? 0,
      knownShare: knownBeside(place),
      knownShareOfAll: knownShare,
      knownProximity,
      closedShare: closedBeside(place),
    };
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
  return (place) => (featureOf(order[place]!) === best ? second : best);
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
    const own = is(order[place]!) ? 1 : 0;
    return (place < many ? first + beyond - own : first) / size;
  };
}

/** A plain loop, since each candidate of each issue goes through it. */
function rowsOf(roots: readonly number[], root: number): number[] {
  const found: number[] = [];
  for (let row = 0; row < roots.length; row++) if (roots[row] === root) found.push(row);
  return found;
}

/** Fewer words in common are no evidence of one problem, however alike the issues are: "Test" and "test". */
const minSharedTerms = 4;

/** How much of a probability the words that two issues share can bear, 0 to 1. */
export function overlapWeight({ rows }: Pick<Candidates, 'rows'>, row: number): number {
  const sharedTerms = Math.expm1(rows[row * featureNames.length + featureIndex['shared-terms']]!);
  return Math.min(1, sharedTerms / minSharedTerms);
}
