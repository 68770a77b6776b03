import type { Analysis } from '../text/analysis.ts';
import type { Constructs } from '../text/constructs.ts';
import type { Triples } from '../text/triples.ts';
import type { LatentPlace } from './document.ts';
import type { Found } from './heap.ts';
import { placeIn } from './latent.ts';
import { fieldValues, impactOf, information, maxImpact, type ScoringOptions } from './scoring.ts';
import { search } from './search.ts';
import type { DuplicateIndex } from './store.ts';
import { lookup } from './term-table.ts';

/** An issue to be compared with those in an index. */
export interface Query {
  readonly number: number;
  readonly author: number;
  readonly createdAt: number;
  /** Distinct terms by the index's numbers; -1 where the index never saw one. */
  readonly terms: Int32Array;
  readonly counts: Uint16Array;
  /** How much each term tells. */
  readonly information: Float64Array;
  /** What a full occurrence of each term adds to a score. */
  readonly weights: Float64Array;
  /** The title's terms in order, as positions in `terms`. */
  readonly title: ArrayLike<number>;
  readonly lengths: Uint32Array;
  readonly triples: Triples;
  readonly constructs: Constructs;
  /** The score of a document with every term at full impact. */
  readonly best: number;
  /** Null where the index has no latent space. */
  readonly place: LatentPlace | null;
}

// A reporter's title says it best; long bodies count by their share.
const queryScoring: ScoringOptions = {
  weights: [6, 1, 0.7, 1, 2],
  norms: [0, 0.5, 0.5, 0.5, 0],
  saturation: 4,
};
/** Rare terms count more than their information alone would have it. */
const rarity = 1.3;
/** The terms that say most find as many duplicates as all of them (measured), in less time. */
const maxSearched = 64;

export function prepare(index: DuplicateIndex, analysis: Analysis): Query {
  const { highs, lows, counts } = analysis;
  const living = index.slots.size;
  const averages = Array.from(index.totals, (total) => total / Math.max(living, 1));
  const values = fieldValues(analysis.lengths, averages, queryScoring);
  const terms = Int32Array.from(highs, (high, i) => lookup(index.table, high, lows[i] ?? 0));
  const told = Float64Array.from(terms, (term) =>
    information(living, term < 0 ? 0 : (index.postings.frequency[term] ?? 0)),
  );
  const weights = Float64Array.from(
    told,
    (value, i) => (value ** rarity * impactOf(counts[i] ?? 0, values, queryScoring.saturation)) / maxImpact,
  );
  return {
    number: analysis.number,
    author: analysis.author,
    createdAt: analysis.createdAt,
    terms,
    counts,
    information: told,
    weights,
    title: analysis.title,
    lengths: analysis.lengths,
    triples: analysis.triples,
    constructs: analysis.constructs,
    best: weights.reduce((sum, weight) => sum + weight, 0),
    place: index.latent && placeIn(index.latent, highs, lows, counts),
  };
}

/** The k earlier issues that share most with the query, best first. */
export function searchEarlier(index: DuplicateIndex, query: Query, k: number): Found {
  const strongest = Array.from(query.terms.keys())
    .filter((i) => (query.terms[i] ?? -1) >= 0)
    .sort((a, b) => (query.weights[b] ?? 0) - (query.weights[a] ?? 0) || a - b)
    .slice(0, maxSearched);
  const terms = strongest.map((i) => query.terms[i] ?? 0);
  const weights = strongest.map((i) => (query.weights[i] ?? 0) / maxImpact);
  const { created } = index;
  const own = index.slots.get(query.number) ?? -1;
  const latest = query.createdAt;
  // Of those that left the time is NaN, which is not earlier than any.
  const accept = (slot: number) => slot !== own && (created[slot] ?? 0) <= latest;
  return search(index.postings, index.documents.length, terms, weights, k, accept);
}
