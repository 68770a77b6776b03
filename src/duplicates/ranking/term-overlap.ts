import type { IndexedDocument } from '../search-index/document.ts';
import type { DuplicateIndex } from '../search-index/inverted-index.ts';
import { isExcluded, markOf, positionIn, type Query } from '../search-index/query.ts';
import { logFrequency } from '../search-index/scoring.ts';
import { fieldCount, fieldCountsSize, fields, termFrequency } from '../text/analysis.ts';

/** The terms of a query and of a candidate, in information. Fingerprints are counted apart from words. */
export interface TermOverlap {
  /** By field: in the candidate's terms, and in terms that stand in this field of both. */
  readonly candidate: Float64Array;
  readonly common: Float64Array;
  /** In words of the query's title that stand anywhere in the candidate, and the other way round. */
  readonly titleInIssue: number;
  readonly titleCovered: number;
  /** In all shared words, and in all words of the candidate. */
  readonly sharedWords: number;
  readonly candidateWords: number;
  readonly sharedWordCount: number;
  /** In the three rarest shared words. */
  readonly rarest: number;
  readonly secondRarest: number;
  readonly thirdRarest: number;
  /** Of the vectors of words, weighed by how often they stand in an issue. */
  readonly dotProduct: number;
  readonly candidateNorm: number;
  /** How many shared fingerprints are rare, and the information in the rarest. */
  readonly rareFingerprints: number;
  readonly rarestFingerprint: number;
}

/** By field, the information in a query's terms, and what its words come to. */
export interface QueryTerms {
  readonly fields: Float64Array;
  readonly words: number;
  readonly norm: number;
}

const titleBit = 1 << fields.title;
const fingerprintBit = 1 << fields.fingerprint;

/** By counts: one bit for each field that the term stands in. */
const fieldSet = Uint8Array.from({ length: fieldCountsSize }, (_, counts) => {
  let set = 0;
  for (let field = 0; field < fieldCount; field++) if (termFrequency(counts, field) > 0) set |= 1 << field;
  return set;
});

/** By counts: the weight of a term that stands so often in an issue, in whatever field. */
const dampening = Float32Array.from({ length: fieldCountsSize }, (_, counts) => {
  let frequency = 0;
  for (let field = 0; field < fieldCount; field++) frequency += termFrequency(counts, field);
  return 1 + Math.log(Math.max(frequency, 1));
});

export function queryTerms({ counts, idf }: Query): QueryTerms {
  const byField = new Float64Array(fieldCount);
  let words = 0;
  let squares = 0;
  for (let i = 0; i < idf.length; i++) {
    const set = fieldSet[counts[i]!]!;
    addToFields(byField, set, idf[i]!);
    if ((set & fingerprintBit) !== 0) continue;
    squares += (idf[i]! * dampening[counts[i]!]!) ** 2;
    words += idf[i]!;
  }
  return { fields: byField, words, norm: Math.sqrt(squares) };
}

/**
 * Room for the sums of one pair: by set of fields, which are added up by field once, not term by term; and by
 * field.
 */
export interface TermSums {
  readonly candidateBySet: Float64Array;
  readonly sharedBySet: Float64Array;
  readonly candidate: Float64Array;
  readonly common: Float64Array;
}

export function createTermSums(): TermSums {
  return {
    candidateBySet: new Float64Array(1 << fieldCount),
    sharedBySet: new Float64Array(1 << fieldCount),
    candidate: new Float64Array(fieldCount),
    common: new Float64Array(fieldCount),
  };
}

/**
 * Compares the terms of a query with those of a candidate. This loop is most of what a query costs.
 * @param sums are overwritten; the overlap refers to them
 */
export function compareTerms(
  { postings: { frequency } }: DuplicateIndex,
  query: Query,
  { counts, terms }: IndexedDocument,
  logTotal: number,
  sums: TermSums,
): TermOverlap {
  const { counts: queryCounts, view } = query;
  const { candidateBySet, sharedBySet } = sums;
  candidateBySet.fill(0);
  sharedBySet.fill(0);
  let [titleInIssue, titleCovered, sharedWords, candidateWords, sharedWordCount] = [0, 0, 0, 0, 0];
  let [dotProduct, squares, rareFingerprints, rarestFingerprint] = [0, 0, 0, 0];
  let [rarest, second, third] = [0, 0, 0];
  for (let i = 0; i < terms.length; i++) {
    const term = terms[i]!;
    const mark = markOf(view, term);
    const idf = logTotal - logFrequency(frequency[term]! - isExcluded(mark));
    const set = fieldSet[counts[i]!]!;
    const position = positionIn(mark);
    candidateBySet[set]! += idf;
    if ((set & fingerprintBit) !== 0) {
      if (position < 0) continue;
      if (idf > logTotal / 2) rareFingerprints++;
      if (idf > rarestFingerprint) rarestFingerprint = idf;
      sharedBySet[fingerprintBit]! += idf;
      continue;
    }
    const weight = dampening[counts[i]!]! * idf;
    squares += weight * weight;
    candidateWords += idf;
    if (position < 0) continue;
    const asked = queryCounts[position]!;
    const querySet = fieldSet[asked]!;
    sharedWords += idf;
    sharedWordCount++;
    dotProduct += weight * dampening[asked]! * idf;
    if ((querySet & titleBit) !== 0) titleInIssue += idf;
    if ((set & titleBit) !== 0) titleCovered += idf;
    sharedBySet[querySet & set]! += idf;
    if (idf > third) {
      if (idf > second) {
        third = second;
        if (idf > rarest) {
          second = rarest;
          rarest = idf;
        } else second = idf;
      } else third = idf;
    }
  }
  sumByField(candidateBySet, sums.candidate);
  sumByField(sharedBySet, sums.common);
  return {
    candidate: sums.candidate,
    common: sums.common,
    titleInIssue,
    titleCovered,
    sharedWords,
    candidateWords,
    sharedWordCount,
    rarest,
    secondRarest: second,
    thirdRarest: third,
    dotProduct,
    candidateNorm: Math.sqrt(squares),
    rareFingerprints,
    rarestFingerprint,
  };
}

function sumByField(bySet: Float64Array, byField: Float64Array): void {
  byField.fill(0);
  for (let set = 1; set < bySet.length; set++) {
    const sum = bySet[set]!;
    if (sum !== 0) addToFields(byField, set, sum);
  }
}

function addToFields(byField: Float64Array, set: number, value: number): void {
  for (let field = 0, left = set; left !== 0; field++, left >>= 1)
    if ((left & 1) !== 0) byField[field]! += value;
}
