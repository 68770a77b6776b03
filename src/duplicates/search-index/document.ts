import type { Constructs } from '../text/constructs.ts';
import type { Triples } from '../text/triples.ts';
import type { TermTable } from './term-table.ts';

/** An issue in the index: numbers only, no text. */
export interface IndexedDocument {
  readonly number: number;
  readonly author: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds; null while open. */
  closedAt: number | null;
  /** Distinct terms, numbers rising. */
  readonly terms: Uint32Array;
  /** The `FieldCounts` of each of these terms. */
  readonly counts: Uint16Array;
  /** The title's terms in order. */
  readonly title: Uint32Array;
  /** By field, how many terms stand in it, repeats included. */
  readonly lengths: Uint32Array;
  readonly triples: Triples;
  readonly constructs: Constructs;
  /** By field, the weight of an occurrence as of the day when the document was added. */
  readonly fieldWeights: Float64Array;
  /** Null without a latent space. */
  embedding: Embedding | null;
}

/**
 * Directions in which the words of a repository's issues vary together (latent semantic analysis, Deerwester
 * et al. 1990), moved until the title of an issue points where its body does and not where those of others
 * do. Issues that say the same in other words lie near one another. Terms are known by hash, so that a space
 * outlives the index that taught it.
 */
export interface LatentSpace {
  readonly table: TermTable;
  /** `dimensions` numbers a term, multiplied with the information in it. */
  readonly vectors: Float32Array;
}

/**
 * Where an issue lies in a latent space: vectors of its title and of all of it, of length 127; 0 without
 * known words.
 */
export interface Embedding {
  readonly title: Int8Array;
  readonly issue: Int8Array;
}

/** Some columns of a matrix and the value in each; in all others it is 0. */
export interface SparseVector {
  readonly columns: Uint32Array;
  readonly values: Float32Array;
}

/**
 * The same document with its lists in one buffer: one for each would take more room than the lists
 * themselves.
 */
export function inOneBuffer(document: IndexedDocument): IndexedDocument {
  const { constructs, counts, fieldWeights, lengths, terms, title, triples } = document;
  const lists = [fieldWeights, terms, title, lengths, triples, constructs, counts];
  const buffer = new ArrayBuffer(lists.reduce((sum, list) => sum + list.byteLength, 0));
  // From the widest numbers to the narrowest, so that each list is aligned.
  let at = 0;
  const place = <T extends Float64Array | Uint32Array | Uint16Array>(
    list: T,
    Type: new (buffer: ArrayBuffer, at: number, length: number) => T,
  ): T => {
    const own = new Type(buffer, at, list.length);
    own.set(list);
    at += own.byteLength;
    return own;
  };
  return {
    ...document,
    fieldWeights: place(fieldWeights, Float64Array),
    terms: place(terms, Uint32Array),
    title: place(title, Uint32Array),
    lengths: place(lengths, Uint32Array),
    triples: place(triples, Uint32Array),
    constructs: place(constructs, Uint32Array),
    counts: place(counts, Uint16Array),
  };
}
