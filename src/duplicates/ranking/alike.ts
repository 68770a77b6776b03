import type { StoredDocument } from '../search-index/document.ts';
import { information } from '../search-index/scoring.ts';
import { type DuplicateIndex, documentOf } from '../search-index/store.ts';
import { type Counts, countIn, type FieldName, fields, maxCount } from '../text/analysis.ts';

/**
 * By counts: what a term is worth by the fields it stands in, however often. Reports of one failure share words, not how
 * often they repeat them. The words of logs are counted apart: see `vectorOf`.
 */
const wordWeights = weigh({ title: 1.5, prose: 1 });
const logWeights = weigh({ code: 0.5, errors: 1, mark: 1.5 });
/** What the words of logs weigh together at most, beside what the reporter wrote. */
const mostLogs = 0.6;
/** Issues that are compared, the latest: an outbreak is not years long. */
const mostCompared = 4000;

/** By term, what the issues that are asked for say together: nothing between two questions. */
let sum = new Float64Array(1024);

/**
 * How much the latest issues of an index are like some of them on average, 0 to 1, by number: cosines of what their terms
 * tell. Unlike `rank` it needs no model and does not know time, authors and links. A number that is not in the index, or was
 * left out for its age, is not in the answer.
 */
export function alike(index: DuplicateIndex, numbers: readonly number[]): ReadonlyMap<number, number> {
  if (sum.length < index.table.size) sum = new Float64Array(index.table.size * 2);
  const some = numbers.flatMap((number) => documentOf(index, number) ?? []);
  for (const document of some) {
    const vector = vectorOf(index, document);
    const { terms } = document;
    for (let i = 0; i < terms.length; i++) {
      const term = terms[i] ?? 0;
      sum[term] = (sum[term] ?? 0) + (vector[i] ?? 0) / numbers.length;
    }
  }
  const likeness = new Map<number, number>();
  for (let slot = Math.max(0, index.documents.length - mostCompared); slot < index.documents.length; slot++) {
    const document = index.documents[slot];
    if (document === undefined) continue;
    const vector = vectorOf(index, document);
    const { number, terms } = document;
    let dot = 0;
    for (let i = 0; i < terms.length; i++) dot += (sum[terms[i] ?? 0] ?? 0) * (vector[i] ?? 0);
    likeness.set(number, dot);
  }
  for (const { terms } of some) for (let i = 0; i < terms.length; i++) sum[terms[i] ?? 0] = 0;
  return likeness;
}

interface Known {
  readonly vector: Float32Array;
  /** How many issues said which words are common. */
  readonly among: number;
}

const known = new WeakMap<StoredDocument, Known>();
/** What words tell is looked up again when the index has grown by so much. */
const renewedAt = 1.1;

/**
 * What each term of an issue tells, of length 1. A log that was pasted along must not drown what the reporter wrote.
 */
function vectorOf(index: DuplicateIndex, document: StoredDocument): Float32Array {
  const { counts, terms } = document;
  const among = index.slots.size;
  const before = known.get(document);
  if (before !== undefined && among < before.among * renewedAt) return before.vector;
  const { frequency } = index.postings;
  const vector = new Float32Array(terms.length);
  let [words, logs] = [0, 0];
  for (let i = 0; i < vector.length; i++) {
    const told = information(among, frequency[terms[i] ?? 0] ?? 0);
    vector[i] = told;
    words += ((wordWeights[counts[i] ?? 0] ?? 0) * told) ** 2;
    logs += ((logWeights[counts[i] ?? 0] ?? 0) * told) ** 2;
  }
  const share = Math.min(1, mostLogs * Math.sqrt(words / Math.max(logs, Number.EPSILON))) || 1;
  let squares = 0;
  for (let i = 0; i < vector.length; i++) {
    const count = counts[i] ?? 0;
    const value = ((wordWeights[count] ?? 0) + (logWeights[count] ?? 0) * share) * (vector[i] ?? 0);
    vector[i] = value;
    squares += value * value;
  }
  const length = Math.sqrt(squares) || 1;
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] ?? 0) / length;
  known.set(document, { vector, among });
  return vector;
}

function weigh(by: Readonly<Partial<Record<FieldName, number>>>): Float32Array {
  return Float32Array.from({ length: (maxCount + 1) ** fields.length }, (_, counts: Counts) =>
    fields.reduce((most, name, field) => {
      const worth = countIn(counts, field) === 0 ? 0 : (by[name] ?? 0);
      return name === 'title' || name === 'prose' ? Math.max(most, worth) : most + worth;
    }, 0),
  );
}
