import type { IndexedDocument } from '../search-index/document.ts';
import { createIntMap, getInt, setInt } from '../search-index/int-map.ts';
import { type DuplicateIndex, documentOf } from '../search-index/inverted-index.ts';
import { idf } from '../search-index/scoring.ts';
import { type FieldName, fieldCountsSize, fields, termFrequency } from '../text/analysis.ts';

/**
 * By counts: the weight of a term by the fields it stands in, however often. Reports of one failure share
 * words, not how often they repeat them. The words of logs are counted apart: see `vectorOf`.
 */
const wordWeights = tableOf({ title: 1.5, prose: 1 }, (a, b) => Math.max(a, b));
const logWeights = tableOf({ code: 0.5, errors: 1, fingerprint: 1.5 }, (a, b) => a + b);
/** What the words of logs weigh together at most, beside what the reporter wrote. */
const maxLogWeight = 0.6;
/** Issues that are compared, the latest: an outbreak is not years long. */
const maxCompared = 4000;

/**
 * The mean similarity of the latest issues of an index to some of them, 0 to 1, by number: cosines of their
 * terms weighed by information. Unlike `rank` it needs no model and does not know time, authors and links. A
 * number that is not in the index, or was left out for its age, is not in the answer.
 */
export function similarities(index: DuplicateIndex, numbers: readonly number[]): ReadonlyMap<number, number> {
  const group = numbers.flatMap((number) => documentOf(index, number) ?? []);
  const most = group.reduce((sum, { terms }) => sum + terms.length, 0);
  // By term its place in the mean vector, from 1.
  const places = createIntMap(most);
  const mean = new Float64Array(most + 1);
  let used = 0;
  for (const document of group) {
    const vector = vectorOf(index, document);
    document.terms.forEach((term, i) => {
      if (getInt(places, term) === 0) setInt(places, term, ++used);
      mean[getInt(places, term)]! += vector[i]! / numbers.length;
    });
  }
  const found = new Map<number, number>();
  for (const document of index.documents.slice(-maxCompared)) {
    if (document === undefined) continue;
    const vector = vectorOf(index, document);
    const { number, terms } = document;
    let dot = 0;
    for (let i = 0; i < terms.length; i++) dot += mean[getInt(places, terms[i]!)]! * vector[i]!;
    found.set(number, dot);
  }
  return found;
}

interface TermVector {
  readonly values: Float32Array;
  /** How many issues there were to tell which words are common. */
  readonly documents: number;
}

const vectors = new WeakMap<IndexedDocument, TermVector>();
/** A vector is made anew when the index has grown by so much. */
const renewedAt = 1.1;

/**
 * The weight of each term of an issue, together of length 1. A pasted log must not drown what the reporter
 * wrote.
 */
function vectorOf(index: DuplicateIndex, document: IndexedDocument): Float32Array {
  const { counts, terms } = document;
  const documents = index.slots.size;
  const before = vectors.get(document);
  if (before !== undefined && documents < before.documents * renewedAt) return before.values;
  const { frequency } = index.postings;
  const values = new Float32Array(terms.length);
  let [words, logs] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const information = idf(documents, frequency[terms[i]!]!);
    values[i] = information;
    words += (wordWeights[counts[i]!]! * information) ** 2;
    logs += (logWeights[counts[i]!]! * information) ** 2;
  }
  const share = Math.min(1, maxLogWeight * Math.sqrt(words / Math.max(logs, Number.EPSILON))) || 1;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = (wordWeights[counts[i]!]! + logWeights[counts[i]!]! * share) * values[i]!;
    values[i] = value;
    squares += value * value;
  }
  const length = Math.sqrt(squares) || 1;
  for (let i = 0; i < values.length; i++) values[i]! /= length;
  vectors.set(document, { values, documents });
  return values;
}

/** By counts: the weights of the fields that a term stands in, put together. */
function tableOf(
  weights: Readonly<Partial<Record<FieldName, number>>>,
  combine: (a: number, b: number) => number,
): Float32Array {
  return Float32Array.from({ length: fieldCountsSize }, (_, counts) =>
    Object.entries(weights).reduce((sum, [name, weight]) => {
      const isIn = termFrequency(counts, fields[name as FieldName]) > 0;
      return isIn ? combine(sum, weight) : sum;
    }, 0),
  );
}
