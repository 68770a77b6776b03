import type { Constructs } from '../text/constructs.ts';
import type { Triples } from '../text/triples.ts';
import type { TermTable } from './term-table.ts';

/** An issue in the index: numbers only, no text. */
export interface StoredDocument {
  readonly number: number;
  readonly author: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds; null while open. */
  closedAt: number | null;
  /** Distinct terms and their counts, term numbers rising. */
  readonly terms: Uint32Array;
  readonly counts: Uint16Array;
  /** The title's terms in order. */
  readonly title: Uint32Array;
  readonly lengths: Uint32Array;
  readonly triples: Triples;
  readonly constructs: Constructs;
  /** By field, the value of one occurrence as of the day it was added. */
  readonly values: Float64Array;
  /** Null without a latent space. */
  place: LatentPlace | null;
}

/**
 * Directions in which the words of a repository's issues vary together (latent semantic analysis, Deerwester et
 * al. 1990), moved until the title of an issue points where its body does and not where those of others do: issues
 * that say the same in other words lie near one another. Terms are known by hash, so that a space outlives the
 * index that taught it.
 */
export interface LatentSpace {
  readonly table: TermTable;
  /** `dimensions` numbers a term, its information included. */
  readonly vectors: Float32Array;
}

/** Where an issue lies: vectors of its title and of all of it, of length 127; all 0 where no word is known. */
export interface LatentPlace {
  readonly title: Int8Array;
  readonly issue: Int8Array;
}

/** Some rows of a table of vectors, and how much of each: what is added up. */
export interface SparseRow {
  readonly columns: Uint32Array;
  readonly values: Float32Array;
}
