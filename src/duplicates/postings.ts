/**
 * Posting lists of all terms in one typed array. A list is a chain of blocks; a block is a header of four
 * words (next block, last document, count and capacity, highest impact) and its postings, each a document
 * number shifted left by eight bits, plus an impact. Documents come in rising order.
 */
export interface Postings {
  pool: Uint32Array;
  used: number;
  /** By term: offset of the first and of the last block; 0 for none. */
  first: Uint32Array;
  last: Uint32Array;
  /** By term: how many living documents contain it. */
  frequency: Uint32Array;
}

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
  let block = postings.last[term] ?? 0;
  let packed = block === 0 ? 0 : (postings.pool[block + countAt] ?? 0);
  // Count in the low half, capacity in the high half.
  if (block === 0 || (packed & 0xffff) === packed >>> 16) {
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
  postings.frequency[term] = (postings.frequency[term] ?? 0) + 1;
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
