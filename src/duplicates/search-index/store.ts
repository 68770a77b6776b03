import { type Analysis, analyse, type Filing, fieldCount } from '../text/analysis.ts';
import { countConstructs, createConstructCounts } from '../text/constructs.ts';
import { areOutgrown, countTriples, createTripleCounts } from '../text/triples.ts';
import type { LatentPlace, LatentSpace, StoredDocument } from './document.ts';
import { placeIn } from './latent.ts';
import { append as appendPosting, createPostings, maxDocuments, type Postings } from './postings.ts';
import { defaultScoring, fieldValues, impactOf, type ScoringOptions } from './scoring.ts';
import { createTermTable, intern, type TermTable } from './term-table.ts';

/** The issues of one repository. Documents sit in slots, in order of arrival; a removed one leaves a hole. */
export interface DuplicateIndex {
  readonly scoring: ScoringOptions;
  latent: LatentSpace | null;
  table: TermTable;
  postings: Postings;
  documents: (StoredDocument | undefined)[];
  /** By slot: when its issue was created (epoch milliseconds), NaN where it has left. */
  created: Float64Array;
  readonly slots: Map<number, number>;
  /** Sums of field lengths over the living. */
  readonly totals: Float64Array;
  /** Of the living, see triples.ts. */
  tripleCounts: Uint32Array;
  /** Of the living, see constructs.ts. */
  constructCounts: Uint32Array;
  /** How often issues left, or all of them got another place. */
  upheavals: number;
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
    created: new Float64Array(64),
    slots: new Map(),
    totals: new Float64Array(fieldCount),
    tripleCounts: createTripleCounts(),
    constructCounts: createConstructCounts(),
    upheavals: 0,
  };
}

/** Adds an issue; one of the same number is replaced. */
export function add(index: DuplicateIndex, filing: Filing): void {
  addAnalysis(index, analyse(filing));
}

export function addAnalysis(index: DuplicateIndex, analysis: Analysis): void {
  remove(index, analysis.number);
  for (let field = 0; field < fieldCount; field++) {
    index.totals[field] = (index.totals[field] ?? 0) + (analysis.lengths[field] ?? 0);
  }
  const living = index.slots.size + 1;
  const averages = Array.from(index.totals, (total) => total / living);
  const values = fieldValues(analysis.lengths, averages, index.scoring);
  const document = { ...resolve(index.table, analysis), values, place: null };
  append(index, document);
}

/** Takes an issue out; false when it is not there. */
export function remove(index: DuplicateIndex, number: number): boolean {
  const slot = index.slots.get(number);
  const document = slot === undefined ? undefined : index.documents[slot];
  if (slot === undefined || document === undefined) return false;
  index.documents[slot] = undefined;
  index.created[slot] = Number.NaN;
  index.slots.delete(number);
  index.upheavals++;
  const { frequency } = index.postings;
  for (const term of document.terms) frequency[term] = (frequency[term] ?? 0) - 1;
  countTriples(index.tripleCounts, document.triples, -1);
  countConstructs(index.constructCounts, document.constructs, -1);
  for (let field = 0; field < fieldCount; field++) {
    index.totals[field] = (index.totals[field] ?? 0) - (document.lengths[field] ?? 0);
  }
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

export function documentOf(index: DuplicateIndex, number: number): StoredDocument | undefined {
  const slot = index.slots.get(number);
  return slot === undefined ? undefined : index.documents[slot];
}

/** A document of an index as it was when it was taken apart. */
export function analysisOf({ table }: DuplicateIndex, document: StoredDocument): Analysis {
  const { number, author, createdAt, closedAt, terms, counts, lengths, triples, constructs } = document;
  const positions = new Map(Array.from(terms, (term, position) => [term, position]));
  return {
    number,
    author,
    createdAt,
    closedAt,
    highs: terms.map((term) => table.highs[term] ?? 0),
    lows: terms.map((term) => table.lows[term] ?? 0),
    counts,
    title: document.title.map((term) => positions.get(term) ?? 0),
    lengths,
    triples,
    constructs,
  };
}

/** Puts a finished document behind the others. */
export function append(index: DuplicateIndex, finished: StoredDocument): void {
  const document = packed(finished);
  const slot = index.documents.length;
  if (slot >= maxDocuments) throw new RangeError(`an index holds at most ${maxDocuments} issues`);
  index.documents.push(document);
  if (slot >= index.created.length) {
    const wider = new Float64Array(slot * 2);
    wider.set(index.created);
    index.created = wider;
  }
  index.created[slot] = document.createdAt;
  index.slots.set(document.number, slot);
  document.place ??= placeOf(index, document);
  tellTriples(index, document);
  countConstructs(index.constructCounts, document.constructs, 1);
  const { terms, counts, values } = document;
  for (let i = 0; i < terms.length; i++) {
    const impact = impactOf(counts[i] ?? 0, values, index.scoring.saturation);
    appendPosting(index.postings, terms[i] ?? 0, slot, impact);
  }
}

/** A buffer for each of its lists would take more room than what stands in them. */
function packed(document: StoredDocument): StoredDocument {
  const { constructs, counts, lengths, terms, title, triples, values } = document;
  const wholes = [terms, title, lengths, triples, constructs];
  const room = wholes.reduce((sum, list) => sum + list.byteLength, values.byteLength + counts.byteLength);
  const buffer = new ArrayBuffer(room);
  const floats = new Float64Array(buffer, 0, values.length);
  floats.set(values);
  let at = floats.byteLength;
  const [ownTerms, ownTitle, ownLengths, ownTriples, ownConstructs] = wholes.map((list) => {
    const own = new Uint32Array(buffer, at, list.length);
    own.set(list);
    at += own.byteLength;
    return own;
  }) as [Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  const small = new Uint16Array(buffer, at, counts.length);
  small.set(counts);
  return {
    ...document,
    values: floats,
    terms: ownTerms,
    title: ownTitle,
    lengths: ownLengths,
    triples: ownTriples,
    constructs: ownConstructs,
    counts: small,
  };
}

function tellTriples(index: DuplicateIndex, { triples }: StoredDocument): void {
  if (areOutgrown(index.tripleCounts, index.documents.length)) {
    index.tripleCounts = createTripleCounts(index.documents.length);
    for (const document of index.documents)
      if (document !== undefined) countTriples(index.tripleCounts, document.triples, 1);
  } else countTriples(index.tripleCounts, triples, 1);
}

/** Lays another latent space under the index. */
export function setLatent(index: DuplicateIndex, latent: LatentSpace | null): void {
  index.latent = latent;
  index.upheavals++;
  for (const document of index.documents) {
    if (document !== undefined) document.place = placeOf(index, document);
  }
}

function placeOf({ latent, table }: DuplicateIndex, document: StoredDocument): LatentPlace | null {
  if (latent === null) return null;
  const highs = document.terms.map((term) => table.highs[term] ?? 0);
  const lows = document.terms.map((term) => table.lows[term] ?? 0);
  return placeIn(latent, highs, lows, document.counts);
}

/** Writes the lists anew without those that left. */
function compact(index: DuplicateIndex): void {
  const living = index.documents.filter((document) => document !== undefined);
  const old = index.table;
  index.table = createTermTable();
  index.postings = createPostings();
  index.documents = [];
  index.tripleCounts = createTripleCounts(living.length);
  index.constructCounts = createConstructCounts();
  for (const document of living) {
    const renew = (term: number) => intern(index.table, old.highs[term] ?? 0, old.lows[term] ?? 0);
    const terms = Array.from(document.terms, renew);
    append(index, { ...document, ...inOrder(terms, document.counts), title: document.title.map(renew) });
  }
}

function resolve(table: TermTable, analysis: Analysis): Omit<StoredDocument, 'values' | 'place'> {
  const { highs, lows, number, author, createdAt, closedAt, lengths, triples, constructs } = analysis;
  const terms = Array.from(highs, (high, i) => intern(table, high, lows[i] ?? 0));
  const title = Uint32Array.from(analysis.title, (position) => terms[position] ?? 0);
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
function inOrder(terms: readonly number[], counts: Uint16Array): Pick<StoredDocument, 'terms' | 'counts'> {
  const order = Array.from(terms.keys()).sort((a, b) => (terms[a] ?? 0) - (terms[b] ?? 0));
  return {
    terms: Uint32Array.from(order, (from) => terms[from] ?? 0),
    counts: Uint16Array.from(order, (from) => counts[from] ?? 0),
  };
}
