import { type Analysis, analyse, fieldCount, type IndexableIssue } from '../text/analysis.ts';
import { countConstructs, createConstructCounts } from '../text/constructs.ts';
import { countTriples, createTripleCounts, isOutgrown } from '../text/triples.ts';
import { type Embedding, type IndexedDocument, inOneBuffer, type LatentSpace } from './document.ts';
import { embed } from './embedding.ts';
import { append as appendPosting, createPostings, maxDocuments, type PostingLists } from './postings.ts';
import { defaultScoring, fieldWeightsOf, impactOf, type ScoringOptions } from './scoring.ts';
import { createTermTable, intern, type TermTable } from './term-table.ts';

/**
 * The issues of one repository. Documents stand in slots, in order of arrival; a removed one leaves a hole.
 * All counts and sums are of the documents that are in it.
 */
export interface DuplicateIndex {
  readonly scoring: ScoringOptions;
  latent: LatentSpace | null;
  table: TermTable;
  /** They have room for every term of the table. */
  postings: PostingLists;
  documents: (IndexedDocument | undefined)[];
  /** By slot: when its issue was created (epoch milliseconds), NaN for a hole. */
  createdAt: Float64Array;
  /** By number of the issue. */
  readonly slots: Map<number, number>;
  /** Sums of lengths by field. */
  readonly totalLengths: Float64Array;
  /** See triples.ts. */
  tripleCounts: Uint32Array;
  /** See constructs.ts. */
  constructCounts: Uint32Array;
  /** How often issues were removed, or all of them got another embedding. */
  revision: number;
}

export function createIndex(
  latent: LatentSpace | null = null,
  scoring: ScoringOptions = defaultScoring,
): DuplicateIndex {
  return {
    scoring,
    latent,
    table: createTermTable(),
    postings: createPostings(),
    documents: [],
    createdAt: new Float64Array(64),
    slots: new Map(),
    totalLengths: new Float64Array(fieldCount),
    tripleCounts: createTripleCounts(),
    constructCounts: createConstructCounts(),
    revision: 0,
  };
}

/** Adds an issue; one of the same number is replaced. */
export function add(index: DuplicateIndex, issue: IndexableIssue): void {
  addAnalysis(index, analyse(issue));
}

/** Adds an issue that is analysed already; one of the same number is replaced. */
export function addAnalysis(index: DuplicateIndex, analysis: Analysis): void {
  remove(index, analysis.number);
  analysis.lengths.forEach((length, field) => {
    index.totalLengths[field]! += length;
  });
  const documents = index.slots.size + 1;
  const averages = Array.from(index.totalLengths, (total) => total / documents);
  const fieldWeights = fieldWeightsOf(analysis.lengths, averages, index.scoring);
  append(index, { ...toDocument(index.table, analysis), fieldWeights, embedding: null });
}

/** Takes an issue out; false when it is not there. */
export function remove(index: DuplicateIndex, number: number): boolean {
  const slot = index.slots.get(number);
  const document = slot === undefined ? undefined : index.documents[slot];
  if (slot === undefined || document === undefined) return false;
  index.documents[slot] = undefined;
  index.createdAt[slot] = Number.NaN;
  index.slots.delete(number);
  index.revision++;
  const { frequency } = index.postings;
  for (const term of document.terms) frequency[term]!--;
  countTriples(index.tripleCounts, document.triples, -1);
  countConstructs(index.constructCounts, document.constructs, -1);
  document.lengths.forEach((length, field) => {
    index.totalLengths[field]! -= length;
  });
  if (index.documents.length > 64 && index.slots.size * 2 < index.documents.length) compact(index);
  return true;
}

/** Notes that an issue was closed (epoch milliseconds) or reopened (null); false when it is not there. */
export function setClosed(index: DuplicateIndex, number: number, closedAt: number | null): boolean {
  const document = documentOf(index, number);
  if (document === undefined) return false;
  document.closedAt = closedAt;
  return true;
}

/** The document of an issue by its number; undefined when it is not there. */
export function documentOf(index: DuplicateIndex, number: number): IndexedDocument | undefined {
  const slot = index.slots.get(number);
  return slot === undefined ? undefined : index.documents[slot];
}

/** The analysis from which a document of an index was made. */
export function analysisOf({ table }: DuplicateIndex, document: IndexedDocument): Analysis {
  const { number, author, createdAt, closedAt, terms, counts, lengths, triples, constructs } = document;
  const positions = new Map(Array.from(terms, (term, position) => [term, position]));
  return {
    number,
    author,
    createdAt,
    closedAt,
    highs: terms.map((term) => table.highs[term]!),
    lows: terms.map((term) => table.lows[term]!),
    counts,
    title: document.title.map((term) => positions.get(term) as number),
    lengths,
    triples,
    constructs,
  };
}

/** Puts a finished document behind the others. */
export function append(index: DuplicateIndex, finished: IndexedDocument): void {
  const document = inOneBuffer(finished);
  const slot = index.documents.length;
  if (slot >= maxDocuments) throw new RangeError(`an index holds at most ${maxDocuments} issues`);
  index.documents.push(document);
  if (slot >= index.createdAt.length) {
    const wider = new Float64Array(slot * 2);
    wider.set(index.createdAt);
    index.createdAt = wider;
  }
  index.createdAt[slot] = document.createdAt;
  index.slots.set(document.number, slot);
  document.embedding ??= embeddingOf(index, document);
  addTriples(index, document);
  countConstructs(index.constructCounts, document.constructs, 1);
  const { terms, counts, fieldWeights } = document;
  for (let i = 0; i < terms.length; i++) {
    const impact = impactOf(counts[i]!, fieldWeights, index.scoring.saturation);
    appendPosting(index.postings, terms[i]!, slot, impact);
  }
}

function addTriples(index: DuplicateIndex, { triples }: IndexedDocument): void {
  if (isOutgrown(index.tripleCounts, index.documents.length)) {
    index.tripleCounts = createTripleCounts(index.documents.length);
    for (const document of index.documents)
      if (document !== undefined) countTriples(index.tripleCounts, document.triples, 1);
  } else countTriples(index.tripleCounts, triples, 1);
}

/** Lays another latent space under the index. */
export function setLatent(index: DuplicateIndex, latent: LatentSpace | null): void {
  index.latent = latent;
  index.revision++;
  for (const document of index.documents) {
    if (document !== undefined) document.embedding = embeddingOf(index, document);
  }
}

function embeddingOf(
  { latent, table }: DuplicateIndex,
  { counts, terms }: IndexedDocument,
): Embedding | null {
  if (latent === null) return null;
  const highs = terms.map((term) => table.highs[term]!);
  const lows = terms.map((term) => table.lows[term]!);
  return embed(latent, highs, lows, counts);
}

/** Rebuilds the lists without the documents that were removed. */
function compact(index: DuplicateIndex): void {
  const documents = index.documents.filter((document) => document !== undefined);
  const old = index.table;
  index.table = createTermTable();
  index.postings = createPostings();
  index.documents = [];
  index.tripleCounts = createTripleCounts(documents.length);
  index.constructCounts = createConstructCounts();
  for (const document of documents) {
    const renumber = (term: number) => intern(index.table, old.highs[term]!, old.lows[term]!);
    const terms = Array.from(document.terms, renumber);
    const title = document.title.map(renumber);
    append(index, { ...document, ...inOrder(terms, document.counts), title });
  }
}

function toDocument(
  table: TermTable,
  analysis: Analysis,
): Omit<IndexedDocument, 'fieldWeights' | 'embedding'> {
  const { highs, lows, number, author, createdAt, closedAt, lengths, triples, constructs } = analysis;
  const terms = Array.from(highs, (high, i) => intern(table, high, lows[i]!));
  const title = Uint32Array.from(analysis.title, (position) => terms[position]!);
  return {
    number,
    author,
    createdAt,
    closedAt,
    lengths,
    title,
    triples,
    constructs,
    ...inOrder(terms, analysis.counts),
  };
}

/** Terms in rising order, with counts to match. */
function inOrder(terms: readonly number[], counts: Uint16Array): Pick<IndexedDocument, 'terms' | 'counts'> {
  const order = Array.from(terms.keys()).sort((a, b) => terms[a]! - terms[b]!);
  return {
    terms: Uint32Array.from(order, (from) => terms[from]!),
    counts: Uint16Array.from(order, (from) => counts[from]!),
  };
}
