import { type Counts, countIn, type FieldName, fields, maxCount } from './analysis.ts';
import { type Query, searchEarlier } from './query.ts';
import { information } from './scoring.ts';
import type { DuplicateIndex } from './store.ts';

/** An earlier issue, and how much it is like the one that was asked about: 0 to 1. */
export interface Alike {
  readonly number: number;
  readonly likeness: number;
}

/** By counts: what a term is worth by the fields it stands in. The words of logs are counted apart: see `vectorOf`. */
const wordWeights = weigh({ title: 3, prose: 1 });
const logWeights = weigh({ code: 0.5, errors: 2, mark: 3 });

/**
 * The earlier issues of an index that are most like a new one, most alike first: the cosine of what their terms tell.
 * Unlike `rank` it needs no model and does not know time, authors and links, so that it may be averaged over a group.
 */
export function alike(index: DuplicateIndex, query: Query, k: number): readonly Alike[] {
  const told = (term: number): number =>
    information(index.slots.size, term < 0 ? 0 : (index.postings.frequency[term] ?? 0));
  const own = vectorOf(query.terms, query.counts, told);
  const weights = new Map(Array.from(query.terms, (term, i) => [term, own.weights[i] ?? 0]));
  return Array.from(searchEarlier(index, query, k).slots)
    .flatMap((slot): Alike[] => {
      const document = index.documents[slot];
      if (document === undefined) return [];
      const other = vectorOf(document.terms, document.counts, told);
      let dot = 0;
      document.terms.forEach((term, i) => {
        dot += (weights.get(term) ?? 0) * (other.weights[i] ?? 0);
      });
      return dot === 0 ? [] : [{ number: document.number, likeness: dot / (own.norm * other.norm) }];
    })
    .toSorted((a, b) => b.likeness - a.likeness || a.number - b.number);
}

/** A long log must not drown what the reporter wrote: all its words together weigh at most as much. */
function vectorOf(
  terms: ArrayLike<number>,
  counts: ArrayLike<Counts>,
  told: (term: number) => number,
): { readonly weights: Float64Array; readonly norm: number } {
  const words = new Float64Array(terms.length);
  const logs = new Float64Array(terms.length);
  for (let i = 0; i < terms.length; i++) {
    words[i] = wordWeights[counts[i] ?? 0] ?? 0;
    logs[i] = logWeights[counts[i] ?? 0] ?? 0;
  }
  const share = Math.min(1, length(words) / Math.max(length(logs), Number.EPSILON));
  const weights = words.map((word, i) => (word + (logs[i] ?? 0) * (share || 1)) * told(terms[i] ?? -1));
  return { weights, norm: length(weights) };
}

function weigh(by: Readonly<Partial<Record<FieldName, number>>>): Float32Array {
  return Float32Array.from({ length: (maxCount + 1) ** fields.length }, (_, counts: Counts) =>
    fields.reduce((sum, name, field) => {
      const count = countIn(counts, field);
      return count === 0 ? sum : sum + (by[name] ?? 0) * (1 + Math.log(count));
    }, 0),
  );
}

function length(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
