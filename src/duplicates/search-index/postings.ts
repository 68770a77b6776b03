/**
 * Posting lists of all terms in one typed array. A list is a chain of blocks; a block is a header of four
 * words (next block, last document, count and capacity, highest impact) and its postings, each a document
 * number shifted left by eight bits, plus an impact. Documents come in rising order. A term that stands in
 * many of the documents has a row instead: its impact in each of them, which is found without searching.
 */
export interface Postings {
  pool: Uint32Array;
  used: number;
  /** By term: those that left their chain for a row. */
  readonly rows: Map<number, Row>;
  /** By term: offset of the first and of the last block; 0 for none. */
  first: Uint32Array;
  last: Uint32Array;
  /** By term: how many living documents contain it. */
  frequency: Uint32Array;
}

/** A common term's impacts by document, 0 where it does not stand, and the highest in each stretch of documents. */
export interface Row {
  impacts: Uint8Array;
  peaks: Uint8Array;
}

/** Documents that a search looks at together; their partial scores fit the processor's nearest cache. */
export const stretch = 2048;
/** A term gets a row when it has so many documents, and so large a share of all. */
const rowFrequency = 256;
const rowShare = 1 / 16;

export const header = 4;
export const nextAt = 0;
export const lastDocumentAt = 1;
export const countAt = 2;
export const maxImpactAt = 3;

const firstCapacity = 2;
const maxCapacity = 128;
/** Document numbers have 24 bits. */
export const maxDocuments = 1 << 24;

export function createPostings(): Postings {
  return {
    pool: new Uint32Array(4096),
    // Offset 0 means "none".
    used: header,
    rows: new Map(),
    first: new Uint32Array(1024),
    last: new Uint32Array(1024),
    frequency: new Uint32Array(1024),
  };
}

/** Adds a document, later than all before, to a term's list. */
export function append(postings: Postings, term: number, document: number, impact: number): void {
  if (term >= postings.first.length) {
    postings.first = widened(postings.first, term);
    postings.last = widened(postings.last, term);
    postings.frequency = widened(postings.frequency, term);
  }
  postings.frequency[term] = (postings.frequency[term] ?? 0) + 1;
  const row = postings.rows.get(term);
  if (row !== undefined) {
    put(row, document, impact);
    return;
  }
  let block = postings.last[term] ?? 0;
  let packed = block === 0 ? 0 : (postings.pool[block + countAt] ?? 0);
  // Count in the low half, capacity in the high half.
  if (block === 0 || (packed & 0xffff) === packed >>> 16) {
    if (isCommon(postings, term, document)) {
      put(toRow(postings, term), document, impact);
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
  if (impact > (pool[block + maxImpactAt] ?? 0)) pool[block + maxImpactAt] = impact;
}

function isCommon({ frequency }: Postings, term: number, document: number): boolean {
  const containing = frequency[term] ?? 0;
  return containing >= rowFrequency && containing >= document * rowShare;
}

/** Turns a chain into a row; the chain's room is free again when the lists are next written anew. */
function toRow(postings: Postings, term: number): Row {
  const row: Row = { impacts: new Uint8Array(stretch), peaks: new Uint8Array(1) };
  const { first, last, pool, rows } = postings;
  for (let block = first[term] ?? 0; block !== 0; block = pool[block + nextAt] ?? 0) {
    const end = block + header + ((pool[block + countAt] ?? 0) & 0xffff);
    for (let at = block + header; at < end; at++) put(row, (pool[at] ?? 0) >>> 8, (pool[at] ?? 0) & 0xff);
  }
  first[term] = 0;
  last[term] = 0;
  rows.set(term, row);
  return row;
}

function put(row: Row, document: number, impact: number): void {
  const at = Math.floor(document / stretch);
  if (at >= row.peaks.length) {
    // Whole stretches, so that a search need not ask where a row ends.
    const wider = Math.ceil((at + 1) * 1.25);
    row.impacts = wideBytes(row.impacts, wider * stretch);
    row.peaks = wideBytes(row.peaks, wider);
  }
  row.impacts[document] = impact;
  if (impact > (row.peaks[at] ?? 0)) row.peaks[at] = impact;
}

function wideBytes(bytes: Uint8Array, length: number): Uint8Array {
  const wider = new Uint8Array(length);
  wider.set(bytes);
  return wider;
}

function allocate(postings: Postings, capacity: number): number {
  const offset = postings.used;
  const end = offset + header + capacity;
  if (end > postings.pool.length) postings.pool = widened(postings.pool, end);
  postings.used = end;
  return offset;
}

/** The same numbers in an array that has the position, half as long again at least. */
export function widened(numbers: Uint32Array, position: number): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(Math.max(Math.ceil(numbers.length * 1.5), position + 1));
  wider.set(numbers);
  return wider;
}
