/**
 * The posting lists of all terms in one typed array. A list is a chain of blocks; a block is a header of four
 * words (next block, last document, count and capacity, highest impact) and its postings, each a document
 * number shifted left by eight bits, plus an impact. Documents come in rising order. A term that stands in
 * many of the documents has a dense list instead: its impact in each of them, which is found without
 * searching.
 */
export interface PostingLists {
  pool: Uint32Array;
  used: number;
  /** By term: those that left their chain for a dense list. */
  readonly dense: Map<number, DenseList>;
  /** By term: offset of the first and of the last block; 0 for none. */
  first: Uint32Array;
  last: Uint32Array;
  /** By term: how many documents contain it, removed ones not counted. */
  frequency: Uint32Array;
}

/**
 * A common term's impacts by document, 0 where it does not stand, and the highest in each window of
 * documents.
 */
export interface DenseList {
  impacts: Uint8Array;
  windowMaxima: Uint8Array;
}

/** How many documents a search looks at together; their scores fit the processor's nearest cache. */
export const windowSize = 2048;
/** A term gets a dense list when it stands in so many documents, and in so large a share of all. */
const minDenseFrequency = 256;
const minDenseShare = 1 / 16;

export const header = 4;
export const nextAt = 0;
export const lastDocumentAt = 1;
export const countAt = 2;
export const maxImpactAt = 3;

const firstCapacity = 2;
const maxCapacity = 128;
/** Document numbers have 24 bits. */
export const maxDocuments = 1 << 24;

/** @param terms how many terms there are already, in no document yet */
export function createPostings(terms = 0): PostingLists {
  const room = Math.max(terms, 1024);
  return {
    pool: new Uint32Array(4096),
    // Offset 0 means "none".
    used: header,
    dense: new Map(),
    first: new Uint32Array(room),
    last: new Uint32Array(room),
    frequency: new Uint32Array(room),
  };
}

/** Adds a document, later than all before, to a term's list. */
export function append(postings: PostingLists, term: number, document: number, impact: number): void {
  if (term >= postings.first.length) {
    postings.first = widened(postings.first, term);
    postings.last = widened(postings.last, term);
    postings.frequency = widened(postings.frequency, term);
  }
  postings.frequency[term]!++;
  const list = postings.dense.get(term);
  if (list !== undefined) {
    setImpact(list, document, impact);
    return;
  }
  let block = postings.last[term]!;
  let packed = block === 0 ? 0 : postings.pool[block + countAt]!;
  // Count in the low half, capacity in the high half.
  if (block === 0 || (packed & 0xffff) === packed >>> 16) {
    if (isCommon(postings, term, document)) {
      setImpact(makeDense(postings, term), document, impact);
      return;
    }
    const capacity = block === 0 ? firstCapacity : Math.min((packed >>> 16) * 2, maxCapacity);
    const fresh = allocate(postings, capacity);
    if (block === 0) postings.first[term] = fresh;
    else postings.pool[block + nextAt] = fresh;
    postings.last[term] = fresh;
    block = fresh;
    packed = capacity << 16;
  }
  const { pool } = postings;
  pool[block + header + (packed & 0xffff)] = ((document << 8) | impact) >>> 0;
  pool[block + lastDocumentAt] = document;
  pool[block + countAt] = packed + 1;
  if (impact > pool[block + maxImpactAt]!) pool[block + maxImpactAt] = impact;
}

function isCommon({ frequency }: PostingLists, term: number, document: number): boolean {
  const containing = frequency[term]!;
  return containing >= minDenseFrequency && containing >= document * minDenseShare;
}

/** Turns a chain into a dense list. The chain's room is free again when the lists are next rebuilt. */
function makeDense({ dense, first, last, pool }: PostingLists, term: number): DenseList {
  const list: DenseList = { impacts: new Uint8Array(windowSize), windowMaxima: new Uint8Array(1) };
  for (let block = first[term]!; block !== 0; block = pool[block + nextAt]!) {
    const end = block + header + (pool[block + countAt]! & 0xffff);
    for (let at = block + header; at < end; at++) setImpact(list, pool[at]! >>> 8, pool[at]! & 0xff);
  }
  first[term] = 0;
  last[term] = 0;
  dense.set(term, list);
  return list;
}

function setImpact(list: DenseList, document: number, impact: number): void {
  const window = Math.floor(document / windowSize);
  if (window >= list.windowMaxima.length) {
    // Whole windows, so that a search need not ask where a list ends.
    const windows = Math.ceil((window + 1) * 1.25);
    list.impacts = widenedBytes(list.impacts, windows * windowSize);
    list.windowMaxima = widenedBytes(list.windowMaxima, windows);
  }
  list.impacts[document] = impact;
  if (impact > list.windowMaxima[window]!) list.windowMaxima[window] = impact;
}

function widenedBytes(bytes: Uint8Array, length: number): Uint8Array {
  const wider = new Uint8Array(length);
  wider.set(bytes);
  return wider;
}

function allocate(postings: PostingLists, capacity: number): number {
  const offset = postings.used;
  const end = offset + header + capacity;
  if (end > postings.pool.length) postings.pool = widened(postings.pool, end);
  postings.used = end;
  return offset;
}

/** The same numbers in an array that has the position, half as long again at least. */
function widened(numbers: Uint32Array, position: number): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(Math.max(Math.ceil(numbers.length * 1.5), position + 1));
  wider.set(numbers);
  return wider;
}
