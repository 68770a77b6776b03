import type { Analysis } from '../text/analysis.ts';
import { type Constructs, countConstructs } from '../text/constructs.ts';
import { type Triples, tripleBucket } from '../text/triples.ts';
import type { Embedding, IndexedDocument } from './document.ts';
import { embed } from './embedding.ts';
import { createIntMap, getInt, type IntMap, setInt } from './int-map.ts';
import { type DuplicateIndex, documentOf } from './inverted-index.ts';
import { fieldWeightsOf, idf, impactOf, maxImpact, type ScoringOptions } from './scoring.ts';
import { search } from './search.ts';
import { lookup } from './term-table.ts';
import type { Hits } from './top-k.ts';

/** An issue to be compared with those in an index. */
export interface Query {
  readonly number: number;
  readonly author: number;
  readonly createdAt: number;
  /** Distinct terms by the index's numbers; -1 where the index never saw one. */
  readonly terms: Int32Array;
  readonly counts: Uint16Array;
  /** The information in each term. */
  readonly idf: Float64Array;
  /** What a full occurrence of each term adds to a score. */
  readonly weights: Float64Array;
  /** The title's terms in order, as positions in `terms`. */
  readonly title: ArrayLike<number>;
  readonly lengths: Uint32Array;
  readonly triples: Triples;
  readonly constructs: Constructs;
  /** The score of a document with every term at full impact. */
  readonly maxScore: number;
  /** Null where the index has no latent space. */
  readonly embedding: Embedding | null;
  readonly view: View;
}

/** The index as one query sees it. An excluded issue counts nowhere, as if it had never been added. */
export interface View {
  readonly excluded: IndexedDocument | null;
  /** How many documents it sees. */
  readonly documents: number;
  /** By term, see `positionIn` and `isExcluded`. */
  readonly marks: IntMap;
  /** By bucket of the index's counts, how many triples of the excluded document are to be subtracted. */
  readonly excludedTriples: IntMap;
  /** As in the index, less those of the excluded document. */
  readonly constructCounts: Uint32Array;
}

/** A term's mark: 1 if it stands in the excluded document, and twice its position in the query, from 1. */
export function markOf({ marks }: View, term: number): number {
  return getInt(marks, term);
}

/** 1 where the mark is of a term in the excluded document: so much is to be subtracted from its frequency. */
export function isExcluded(mark: number): number {
  return mark & 1;
}

/** The position in the query of a term with that mark; -1 without one. */
export function positionIn(mark: number): number {
  return (mark >>> 1) - 1;
}

// A reporter's title says it best; long bodies count by their share.
const queryScoring: ScoringOptions = {
  weights: [6, 1, 0.7, 1, 2],
  norms: [0, 0.5, 0.5, 0.5, 0],
  saturation: 4,
};
/** Rare terms count more than their information alone would have it. */
const idfExponent = 1.3;
/** The terms that weigh most find as many duplicates as all of them (measured), in less time. */
const maxSearchTerms = 64;

export interface QueryOptions {
  /** The number of an issue that is not to be seen; default: none. The index stays as it is. */
  readonly exclude?: number | undefined;
}

/** What of an issue is asked for in an index. */
export function createQuery(
  index: DuplicateIndex,
  analysis: Analysis,
  { exclude }: QueryOptions = {},
): Query {
  const { highs, lows, counts } = analysis;
  const terms = Int32Array.from(highs, (high, i) => lookup(index.table, high, lows[i]!));
  const view = viewOf(index, terms, exclude);
  const seenLengths = (total: number, field: number) => total - (view.excluded?.lengths[field] ?? 0);
  const averages = Array.from(
    index.totalLengths,
    (total, field) => seenLengths(total, field) / Math.max(view.documents, 1),
  );
  const fieldWeights = fieldWeightsOf(analysis.lengths, averages, queryScoring);
  const termIdf = Float64Array.from(terms, (term) =>
    idf(view.documents, term < 0 ? 0 : documentFrequency(index, view, term)),
  );
  const weights = Float64Array.from(
    termIdf,
    (value, i) =>
      (value ** idfExponent * impactOf(counts[i]!, fieldWeights, queryScoring.saturation)) / maxImpact,
  );
  return {
    number: analysis.number,
    author: analysis.author,
    createdAt: analysis.createdAt,
    terms,
    counts,
    idf: termIdf,
    weights,
    title: analysis.title,
    lengths: analysis.lengths,
    triples: analysis.triples,
    constructs: analysis.constructs,
    maxScore: weights.reduce((sum, weight) => sum + weight, 0),
    embedding: index.latent && embed(index.latent, highs, lows, counts),
    view,
  };
}

function viewOf(index: DuplicateIndex, terms: Int32Array, exclude: number | undefined): View {
  const excluded = exclude === undefined ? null : (documentOf(index, exclude) ?? null);
  const marks = createIntMap(terms.length + (excluded?.terms.length ?? 0));
  terms.forEach((term, i) => {
    if (term >= 0) setInt(marks, term, (i + 1) << 1);
  });
  const excludedTriples = createIntMap(excluded?.triples.length ?? 0);
  let { constructCounts } = index;
  if (excluded !== null) {
    for (const term of excluded.terms) setInt(marks, term, getInt(marks, term) | 1);
    for (const triple of excluded.triples) {
      const bucket = tripleBucket(index.tripleCounts, triple);
      setInt(excludedTriples, bucket, getInt(excludedTriples, bucket) + 1);
    }
    constructCounts = constructCounts.slice();
    countConstructs(constructCounts, excluded.constructs, -1);
  }
  const documents = index.slots.size - (excluded === null ? 0 : 1);
  return { excluded, documents, marks, excludedTriples, constructCounts };
}

/** How many of the documents that a query sees contain a term. */
export function documentFrequency({ postings }: DuplicateIndex, view: View, term: number): number {
  return postings.frequency[term]! - isExcluded(markOf(view, term));
}

/** A document by the number of its issue; undefined where the query does not see it. */
export function seenDocument(
  index: DuplicateIndex,
  { excluded }: View,
  number: number,
): IndexedDocument | undefined {
  return excluded?.number === number ? undefined : documentOf(index, number);
}

/** The k earlier issues that share most with the query, best first. */
export function retrieve(index: DuplicateIndex, query: Query, k: number): Hits {
  const strongest = Array.from(query.terms.keys())
    .filter((i) => query.terms[i]! >= 0)
    .sort((a, b) => query.weights[b]! - query.weights[a]! || a - b)
    .slice(0, maxSearchTerms);
  const terms = strongest.map((i) => query.terms[i]!);
  const weights = strongest.map((i) => query.weights[i]! / maxImpact);
  const { createdAt, slots } = index;
  const own = slots.get(query.number);
  const excluded = query.view.excluded === null ? undefined : slots.get(query.view.excluded.number);
  const latest = query.createdAt;
  // A removed document was created at NaN, which is not earlier than any time.
  const accept = (slot: number) => slot !== own && slot !== excluded && createdAt[slot]! <= latest;
  return search(index.postings, index.documents.length, terms, weights, k, accept);
}
