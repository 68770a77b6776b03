import type { IndexedDocument } from '../search-index/document.ts';
import type { DuplicateIndex } from '../search-index/inverted-index.ts';
import type { Query } from '../search-index/query.ts';
import { comparePhrases, type PhraseOverlap } from '../text/phrases.ts';
import { type ConstructOverlap, compareConstructs } from './compare-constructs.ts';
import {
  compareTriples,
  type TripleOverlap,
  type TripleStatistics,
  tripleInformation,
  tripleStatistics,
} from './compare-triples.ts';
import {
  compareTerms,
  createTermSums,
  type QueryTerms,
  queryTerms,
  type TermOverlap,
  type TermSums,
} from './term-overlap.ts';

/** How a candidate was retrieved, and what is known of it beside its text, as of the query's time. */
export interface Retrieval {
  /** Place among the candidates by score, from 0, and the score itself with that of the first. */
  readonly rank: number;
  readonly score: number;
  readonly topScore: number;
  /** How many other issues are known to be the same problem. */
  readonly knownDuplicates: number;
}

/** A query and one candidate: all that the features are computed from. */
export interface Pair {
  readonly query: Query;
  readonly candidate: IndexedDocument;
  readonly retrieval: Retrieval;
  /** The logarithm of how many issues the query sees, plus one: no term has more information. */
  readonly logTotal: number;
  readonly queryTerms: QueryTerms;
  readonly terms: TermOverlap;
  readonly titles: PhraseOverlap;
  /** The information in the query's triples. */
  readonly queryTriples: number;
  readonly triples: TripleOverlap;
  readonly constructs: ConstructOverlap;
  /**
   * The days between the two issues, and since the candidate was closed, each as log(1 + days); null while
   * open.
   */
  readonly age: number;
  readonly closedFor: number | null;
}

const day = 86_400_000;

/**
 * One query's side of its comparisons. Two queries share nothing, so that their comparisons may alternate.
 */
export interface Comparison {
  readonly index: DuplicateIndex;
  readonly query: Query;
  readonly terms: QueryTerms;
  /** The terms of the query's title, and the information in each. */
  readonly title: Int32Array;
  readonly titleIdf: Float64Array;
  readonly triples: TripleStatistics;
  readonly tripleInformation: number;
  readonly sums: TermSums;
}

export function createComparison(index: DuplicateIndex, query: Query): Comparison {
  const { documents, excludedTriples } = query.view;
  const triples = tripleStatistics(index.tripleCounts, excludedTriples, documents);
  return {
    index,
    query,
    terms: queryTerms(query),
    title: Int32Array.from(query.title, (position) => query.terms[position]!),
    titleIdf: Float64Array.from(query.title, (position) => query.idf[position]!),
    triples,
    tripleInformation: tripleInformation(triples, query.triples),
    sums: createTermSums(),
  };
}

/** Compares the query with one candidate. The pair holds until the next one of the same comparison. */
export function comparePair(
  { index, query, sums, terms, title, titleIdf, tripleInformation, triples }: Comparison,
  candidate: IndexedDocument,
  retrieval: Retrieval,
): Pair {
  const { closedAt } = candidate;
  const isClosed = closedAt !== null && closedAt <= query.createdAt;
  return {
    query,
    candidate,
    retrieval,
    logTotal: triples.logTotal,
    queryTerms: terms,
    terms: compareTerms(index, query, candidate, triples.logTotal, sums),
    titles: comparePhrases(title, titleIdf, candidate.title),
    queryTriples: tripleInformation,
    triples: compareTriples(triples, query.triples, candidate.triples),
    constructs: compareConstructs(query.view.constructCounts, query.constructs, candidate.constructs),
    age: Math.log1p(Math.max(0, query.createdAt - candidate.createdAt) / day),
    closedFor: isClosed ? Math.log1p((query.createdAt - closedAt) / day) : null,
  };
}
