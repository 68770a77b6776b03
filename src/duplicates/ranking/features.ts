import { cosine } from '../search-index/embedding.ts';
import { fields } from '../text/analysis.ts';
import type { Pair } from './pair.ts';

/** One number that the ranking sees of a pair. */
export interface Feature {
  readonly name: string;
  readonly compute: (pair: Pair) => number;
}

/** Names are part of every stored model; shares are of information (see scoring.ts), 0 to 1. */
const declared = [
  // The retrieval score: as a share of what an identical issue would have, and of what the first candidate
  // has.
  {
    name: 'score-of-best',
    compute: ({ query, retrieval }) => retrieval.score / Math.max(query.maxScore, 1e-9),
  },
  { name: 'score-of-top', compute: ({ retrieval }) => retrieval.score / Math.max(retrieval.topScore, 1e-9) },
  { name: 'rank', compute: ({ retrieval }) => 1 / (1 + retrieval.rank) },
  // "x in y": the share of the query's x that stands in the candidate's y. "x covered y": the other way
  // round.
  { name: 'title-in-title', compute: (pair) => inField(pair, fields.title) },
  {
    name: 'title-in-issue',
    compute: ({ queryTerms, terms }) => share(terms.titleInIssue, queryTerms.fields[fields.title]!),
  },
  { name: 'title-covered-title', compute: (pair) => coveredField(pair, fields.title) },
  {
    name: 'title-covered',
    compute: ({ terms }) => share(terms.titleCovered, terms.candidate[fields.title]!),
  },
  { name: 'prose-in-prose', compute: (pair) => inField(pair, fields.prose) },
  { name: 'prose-covered-prose', compute: (pair) => coveredField(pair, fields.prose) },
  { name: 'code-in-code', compute: (pair) => inField(pair, fields.code) },
  { name: 'code-covered-code', compute: (pair) => coveredField(pair, fields.code) },
  { name: 'errors-in-errors', compute: (pair) => inField(pair, fields.errors) },
  { name: 'errors-covered-errors', compute: (pair) => coveredField(pair, fields.errors) },
  { name: 'all-in-all', compute: ({ queryTerms, terms }) => share(terms.sharedWords, queryTerms.words) },
  { name: 'all-covered-all', compute: ({ terms }) => share(terms.sharedWords, terms.candidateWords) },
  {
    name: 'cosine',
    compute: ({ queryTerms, terms }) => share(terms.dotProduct, queryTerms.norm * terms.candidateNorm),
  },
  // Equal error lines and stack frames that are rare, not the runtime's own.
  { name: 'marks', compute: ({ terms }) => Math.log1p(terms.rareFingerprints) },
  { name: 'rarest-mark', compute: ({ logTotal, terms }) => terms.rarestFingerprint / logTotal },
  { name: 'marks-in-marks', compute: (pair) => inField(pair, fields.fingerprint) },
  { name: 'marks-covered-marks', compute: (pair) => coveredField(pair, fields.fingerprint) },
  { name: 'rarest-shared', compute: ({ logTotal, terms }) => terms.rarest / logTotal },
  {
    name: 'three-rarest-shared',
    compute: ({ logTotal, terms }) =>
      (terms.rarest + terms.secondRarest + terms.thirdRarest) / (3 * logTotal),
  },
  { name: 'shared-terms', compute: ({ terms }) => Math.log1p(terms.sharedWordCount) },
  // The share of neighbouring words of the query's title that are neighbours in the candidate's.
  { name: 'title-pairs', compute: ({ query, titles }) => share(titles.pairs, query.title.length - 1) },
  { name: 'title-phrase', compute: ({ logTotal, titles }) => titles.longest / logTotal },
  { name: 'same-author', compute: ({ candidate, query }) => (candidate.author === query.author ? 1 : 0) },
  { name: 'age', compute: ({ age }) => age },
  { name: 'age-squared', compute: ({ age }) => age * age },
  { name: 'closed', compute: ({ closedFor }) => (closedFor === null ? 0 : 1) },
  { name: 'closed-for', compute: ({ closedFor }) => closedFor ?? 0 },
  { name: 'known-duplicates', compute: ({ retrieval }) => Math.log1p(retrieval.knownDuplicates) },
  { name: 'length', compute: ({ candidate }) => Math.log1p(candidate.terms.length) },
  {
    name: 'length-ratio',
    compute: ({ candidate, query }) => Math.log1p(candidate.terms.length) - Math.log1p(query.terms.length),
  },
  { name: 'both-code', compute: (pair) => inBoth(pair, fields.code) },
  // With no equal one among them, that speaks against it.
  { name: 'both-marks', compute: (pair) => inBoth(pair, fields.fingerprint) },
  // Cosines in the latent space.
  { name: 'near', compute: (pair) => nearness(pair, 'issue', 'issue') },
  { name: 'title-near-issue', compute: (pair) => nearness(pair, 'title', 'issue') },
  { name: 'issue-near-title', compute: (pair) => nearness(pair, 'issue', 'title') },
  { name: 'title-near-title', compute: (pair) => nearness(pair, 'title', 'title') },
  { name: 'rarest-triple', compute: ({ logTotal, triples }) => triples.rarest / logTotal },
  { name: 'third-rarest-triple', compute: ({ logTotal, triples }) => triples.thirdRarest / logTotal },
  { name: 'triples-in-triples', compute: ({ queryTriples, triples }) => share(triples.common, queryTriples) },
  { name: 'triples-covered-triples', compute: ({ triples }) => share(triples.common, triples.candidate) },
  { name: 'rare-triples', compute: ({ triples }) => Math.log1p(triples.rare) },
  { name: 'triples-told', compute: ({ triples }) => Math.log1p(triples.common) },
  { name: 'constructs', compute: ({ constructs }) => constructs.share },
  { name: 'rarest-construct', compute: ({ constructs }) => constructs.rarest },
] as const satisfies readonly Feature[];

export type FeatureName = (typeof declared)[number]['name'];

export const features: readonly Feature[] = declared;
export const featureNames: readonly FeatureName[] = declared.map(({ name }) => name);
/** Where a feature stands in a row of features. */
export const featureIndex = Object.fromEntries(featureNames.map((name, i) => [name, i])) as Readonly<
  Record<FeatureName, number>
>;

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

function inField({ queryTerms, terms }: Pair, field: number): number {
  return share(terms.common[field]!, queryTerms.fields[field]!);
}

function coveredField({ terms }: Pair, field: number): number {
  return share(terms.common[field]!, terms.candidate[field]!);
}

function inBoth({ candidate, query }: Pair, field: number): number {
  return query.lengths[field]! > 0 && candidate.lengths[field]! > 0 ? 1 : 0;
}

type Part = 'title' | 'issue';

function nearness({ candidate, query }: Pair, part: Part, other: Part): number {
  if (query.embedding === null || candidate.embedding === null) return 0;
  return cosine(query.embedding[part], candidate.embedding[other]);
}

/**
 * Writes the features of a pair into `rows` from `at` on. A row that does not end in it throws a RangeError.
 */
export function writeFeatures(pair: Pair, rows: Float32Array, at: number): void {
  if (at < 0 || at + features.length > rows.length)
    throw new RangeError(`a row of ${features.length} features at ${at} of ${rows.length} numbers`);
  for (let f = 0; f < features.length; f++) rows[at + f] = features[f]!.compute(pair);
}
