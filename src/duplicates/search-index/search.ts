import {
  countAt,
  type DenseList,
  header,
  lastDocumentAt,
  maxImpactAt,
  nextAt,
  type PostingLists,
  windowSize,
} from './postings.ts';
import { createTopK, drain, type Hits, offer, type TopK, threshold } from './top-k.ts';

/**
 * The k best documents by the sum of weight × impact over the query's terms. Window by window, terms whose
 * highest possible contributions together cannot lift a document over the k-th best so far are looked up only
 * in documents that other terms brought in: MaxScore (Turtle and Flood 1995) with bounds per block (Ding and
 * Suel 2011), a window at a time. The result is that of scoring everything.
 * @param documents how many slots there are
 * @param terms by number, each once, with their `weights`
 * @param accept whether the document of a slot may be in the result
 */
export function search(
  postings: PostingLists,
  documents: number,
  terms: ArrayLike<number>,
  weights: ArrayLike<number>,
  k: number,
  accept: (slot: number) => boolean,
): Hits {
  const { pool } = postings;
  const heap = createTopK(k);
  const cursors = openCursors(postings, terms, weights);
  const room = Math.min(documents, windowSize);
  const window: Window = {
    low: 0,
    high: 0,
    scores: new Float64Array(room),
    candidates: new Uint32Array(room),
  };
  for (let low = 0; low < documents; low += windowSize) {
    window.low = low;
    window.high = Math.min(low + windowSize, documents);
    scoreWindow(pool, advanceTo(pool, cursors, window), window, heap, accept);
  }
  return drain(heap);
}

/** The slots from `low` to below `high`, and what is known of them. */
interface Window {
  low: number;
  high: number;
  /** By offset from `low`. */
  readonly scores: Float64Array;
  /** Offsets that may still be in the result. */
  readonly candidates: Uint32Array;
}

/** A posting list as far as it has been read. */
interface PostingCursor {
  /** Of a common term; its chain is empty. */
  readonly dense: DenseList | null;
  /** Offset of the block that is read next, 0 at the end, and of the posting in it. */
  block: number;
  at: number;
  readonly weight: number;
  /** The most that it can add to a document of the window. */
  bound: number;
}

function openCursors(
  { dense, first }: PostingLists,
  terms: ArrayLike<number>,
  weights: ArrayLike<number>,
): PostingCursor[] {
  const cursors: PostingCursor[] = [];
  for (let i = 0; i < terms.length; i++) {
    const list = dense.get(terms[i]!) ?? null;
    const block = first[terms[i]!]!;
    const weight = weights[i]!;
    if ((list !== null || block > 0) && weight > 0)
      cursors.push({ dense: list, block, at: block + header, weight, bound: 0 });
  }
  return cursors;
}

/** Moves each cursor to its first posting in the window. Those that have one, by rising bound. */
function advanceTo(pool: Uint32Array, cursors: readonly PostingCursor[], window: Window): PostingCursor[] {
  const inWindow: PostingCursor[] = [];
  for (const cursor of cursors) {
    const impact =
      cursor.dense === null
        ? advance(pool, cursor, window)
        : maximumIn(cursor.dense, window.low / windowSize);
    cursor.bound = cursor.weight * impact;
    if (impact > 0) inWindow.push(cursor);
  }
  return inWindow.sort((a, b) => a.bound - b.bound);
}

/** A dense list ends with the last window that its term stands in. */
function maximumIn({ windowMaxima }: DenseList, window: number): number {
  return window < windowMaxima.length ? windowMaxima[window]! : 0;
}

/** Moves a cursor to its first posting in the window. The highest impact of the blocks that reach into it. */
function advance(pool: Uint32Array, cursor: PostingCursor, { high, low }: Window): number {
  let { at, block } = cursor;
  while (block !== 0 && pool[block + lastDocumentAt]! < low) {
    block = pool[block + nextAt]!;
    at = block + header;
  }
  // The block's last document is in the window or behind it: the scan ends in the block.
  if (block !== 0) while (pool[at]! >>> 8 < low) at++;
  cursor.block = block;
  cursor.at = at;
  if (block === 0 || pool[at]! >>> 8 >= high) return 0;
  let impact = 0;
  while (block !== 0 && pool[block + header]! >>> 8 < high) {
    impact = Math.max(impact, pool[block + maxImpactAt]!);
    block = pool[block + nextAt]!;
  }
  return impact;
}

function scoreWindow(
  pool: Uint32Array,
  cursors: readonly PostingCursor[],
  window: Window,
  heap: TopK,
  accept: (slot: number) => boolean,
): void {
  const { candidates, high, low, scores } = window;
  // The first `optional` lists together cannot bring a document into the result.
  const least = threshold(heap);
  let optional = 0;
  let rest = 0;
  for (; optional < cursors.length && rest + cursors[optional]!.bound < least; optional++)
    rest += cursors[optional]!.bound;
  if (optional === cursors.length) return;
  scores.fill(0, 0, high - low);
  for (let i = cursors.length - 1; i >= optional; i--) {
    const cursor = cursors[i]!;
    if (cursor.dense === null) addChain(pool, cursor, window);
    else addDense(cursor.dense, cursor.weight, window);
  }
  let count = 0;
  for (let offset = 0; offset < high - low; offset++) {
    const score = scores[offset]!;
    if (score > 0 && score + rest >= least) candidates[count++] = offset;
  }
  for (let i = optional - 1; i >= 0 && count > 0; i--) {
    const cursor = cursors[i]!;
    if (cursor.dense === null) addChain(pool, cursor, window);
    else addDenseToCandidates(cursor.dense, cursor.weight, window, count);
    rest -= cursor.bound;
    let kept = 0;
    for (let j = 0; j < count; j++) {
      const offset = candidates[j]!;
      if (scores[offset]! + rest >= least) candidates[kept++] = offset;
    }
    count = kept;
  }
  for (let j = 0; j < count; j++) {
    const offset = candidates[j]!;
    const score = scores[offset]!;
    // Asked last, since it looks elsewhere in memory.
    if (score >= threshold(heap) && accept(low + offset)) offer(heap, low + offset, score);
  }
}

/**
 * Adds a chain's contributions to every document of the window, also where only candidates count: to go
 * through a chain costs less than to look for each of them in it.
 */
function addChain(pool: Uint32Array, cursor: PostingCursor, { high, low, scores }: Window): void {
  const { weight } = cursor;
  let { at, block } = cursor;
  while (block !== 0) {
    const end = block + header + (pool[block + countAt]! & 0xffff);
    const isWhole = pool[block + lastDocumentAt]! < high;
    for (; at < end; at++) {
      const posting = pool[at]!;
      const document = posting >>> 8;
      if (!isWhole && document >= high) break;
      scores[document - low]! += weight * (posting & 0xff);
    }
    if (!isWhole) break;
    block = pool[block + nextAt]!;
    at = block + header;
  }
  cursor.block = block;
  cursor.at = at;
}

function addDense({ impacts }: DenseList, weight: number, { high, low, scores }: Window): void {
  for (let document = low; document < high; document++)
    scores[document - low]! += weight * impacts[document]!;
}

function addDenseToCandidates(
  { impacts }: DenseList,
  weight: number,
  { candidates, low, scores }: Window,
  count: number,
): void {
  for (let j = 0; j < count; j++) {
    const offset = candidates[j]!;
    scores[offset]! += weight * impacts[low + offset]!;
  }
}
