import { countAt, header, lastDocumentAt, maxImpactAt, nextAt, type Postings } from './postings.ts';

/** Documents by slot with their scores, best first; equal scores in order of slot. */
export interface Found {
  readonly slots: Uint32Array;
  readonly scores: Float64Array;
}

/** Documents that are looked at together; their partial scores fit the processor's nearest cache. */
const windowSize = 2048;

/**
 * The k best documents by the sum of weight × impact over the query's terms. Window by window, terms whose
 * highest possible contributions together cannot lift a document over the k-th best so far are looked up only
 * in documents that other terms brought in: MaxScore (Turtle and Flood 1995) with bounds per block (Ding and
 * Suel 2011), a window at a time. The result is that of scoring everything.
 * @param accept whether a document may be in the result
 */
export function search(
  postings: Postings,
  documents: number,
  terms: ArrayLike<number>,
  weights: ArrayLike<number>,
  k: number,
  accept: (slot: number) => boolean,
): Found {
  const heap = createHeap(k);
  const lists: List[] = [];
  for (let i = 0; i < terms.length; i++) {
    const block = postings.first[terms[i] ?? 0] ?? 0;
    const weight = weights[i] ?? 0;
    if (block > 0 && weight > 0) lists.push({ block, weight, bound: 0 });
  }
  const scores = new Float64Array(windowSize);
  const candidates = new Uint32Array(windowSize);
  for (let low = 0; low < documents; low += windowSize) {
    const high = Math.min(low + windowSize, documents);
    const alive = boundLists(postings.pool, lists, low, high);
    scoreWindow(postings.pool, alive, low, high, scores, candidates, heap, accept);
  }
  return sorted(heap);
}

interface List {
  /** Offset of the block that the window begins in. */
  block: number;
  readonly weight: number;
  /** The most that it can add to a document of the window. */
  bound: number;
}

/** The lists with postings in the window, by rising bound. */
function boundLists(pool: Uint32Array, lists: readonly List[], low: number, high: number): List[] {
  const alive: List[] = [];
  for (const list of lists) {
    let block = list.block;
    while (block !== 0 && (pool[block + lastDocumentAt] ?? 0) < low) block = pool[block + nextAt] ?? 0;
    list.block = block;
    let impact = 0;
    while (block !== 0) {
      if ((pool[block + header] ?? 0) >>> 8 >= high) break;
      impact = Math.max(impact, pool[block + maxImpactAt] ?? 0);
      block = pool[block + nextAt] ?? 0;
    }
    list.bound = list.weight * impact;
    if (impact > 0) alive.push(list);
  }
  return alive.sort((a, b) => a.bound - b.bound);
}

function scoreWindow(
  pool: Uint32Array,
  lists: readonly List[],
  low: number,
  high: number,
  scores: Float64Array,
  candidates: Uint32Array,
  heap: Heap,
  accept: (slot: number) => boolean,
): void {
  // The first `optional` lists together cannot bring a document into the result.
  let optional = 0;
  let rest = 0;
  while (optional < lists.length) {
    const bound = rest + (lists[optional]?.bound ?? 0);
    if (!cannotEnter(heap, bound)) break;
    rest = bound;
    optional++;
  }
  if (optional === lists.length) return;
  scores.fill(0, 0, high - low);
  for (let i = lists.length - 1; i >= optional; i--) {
    const list = lists[i];
    if (list !== undefined) addAll(pool, list, low, high, scores);
  }
  let count = 0;
  for (let offset = 0; offset < high - low; offset++) {
    const score = scores[offset] ?? 0;
    if (score > 0 && !cannotEnter(heap, score + rest) && accept(low + offset)) candidates[count++] = offset;
  }
  for (let i = optional - 1; i >= 0 && count > 0; i--) {
    const list = lists[i];
    if (list === undefined) break;
    addTo(pool, list, low, scores, candidates, count);
    rest -= list.bound;
    let kept = 0;
    for (let j = 0; j < count; j++) {
      const offset = candidates[j] ?? 0;
      if (!cannotEnter(heap, (scores[offset] ?? 0) + rest)) candidates[kept++] = offset;
    }
    count = kept;
  }
  for (let j = 0; j < count; j++) {
    const offset = candidates[j] ?? 0;
    offer(heap, low + offset, scores[offset] ?? 0);
  }
}

/** Adds a list's contributions to every document of the window. */
function addAll(pool: Uint32Array, list: List, low: number, high: number, scores: Float64Array): void {
  const { weight } = list;
  for (let block = list.block; block !== 0; block = pool[block + nextAt] ?? 0) {
    const start = block + header;
    const end = start + ((pool[block + countAt] ?? 0) & 0xffff);
    for (let at = start; at < end; at++) {
      const posting = pool[at] ?? 0;
      const document = posting >>> 8;
      if (document < low) continue;
      if (document >= high) return;
      scores[document - low] = (scores[document - low] ?? 0) + weight * (posting & 0xff);
    }
  }
}

/** Adds a list's contributions to the candidates only, which come in rising order. */
function addTo(
  pool: Uint32Array,
  list: List,
  low: number,
  scores: Float64Array,
  candidates: Uint32Array,
  count: number,
): void {
  let block = list.block;
  let at = block + header;
  for (let j = 0; j < count; j++) {
    const offset = candidates[j] ?? 0;
    const document = low + offset;
    while ((pool[block + lastDocumentAt] ?? 0) < document) {
      block = pool[block + nextAt] ?? 0;
      if (block === 0) return;
      at = block + header;
    }
    // The block's last document is at or behind the one looked for: the scan ends in it.
    while ((pool[at] ?? 0) >>> 8 < document) at++;
    const posting = pool[at] ?? 0;
    if (posting >>> 8 === document) scores[offset] = (scores[offset] ?? 0) + list.weight * (posting & 0xff);
  }
}

/** The k best so far; the worst of them is at the top. */
interface Heap {
  readonly slots: Uint32Array;
  readonly scores: Float64Array;
  size: number;
}

function createHeap(k: number): Heap {
  return { slots: new Uint32Array(k), scores: new Float64Array(k), size: 0 };
}

/** A margin for sums that were added in another order. */
const rounding = 1 - 1e-9;

function cannotEnter(heap: Heap, score: number): boolean {
  return heap.size === heap.scores.length && score < (heap.scores[0] ?? 0) * rounding;
}

function offer(heap: Heap, slot: number, score: number): void {
  const { slots, scores } = heap;
  if (heap.size < scores.length) {
    let at = heap.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((scores[parent] ?? 0) <= score) break;
      slots[at] = slots[parent] ?? 0;
      scores[at] = scores[parent] ?? 0;
      at = parent;
    }
    slots[at] = slot;
    scores[at] = score;
    return;
  }
  if (scores.length === 0 || score <= (scores[0] ?? 0)) return;
  let at = 0;
  for (;;) {
    let child = at * 2 + 1;
    if (child >= heap.size) break;
    if (child + 1 < heap.size && (scores[child + 1] ?? 0) < (scores[child] ?? 0)) child++;
    if ((scores[child] ?? 0) >= score) break;
    slots[at] = slots[child] ?? 0;
    scores[at] = scores[child] ?? 0;
    at = child;
  }
  slots[at] = slot;
  scores[at] = score;
}

function sorted(heap: Heap): Found {
  const order = Array.from({ length: heap.size }, (_, i) => i).sort(
    (a, b) => (heap.scores[b] ?? 0) - (heap.scores[a] ?? 0) || (heap.slots[a] ?? 0) - (heap.slots[b] ?? 0),
  );
  return {
    slots: Uint32Array.from(order, (i) => heap.slots[i] ?? 0),
    scores: Float64Array.from(order, (i) => heap.scores[i] ?? 0),
  };
}
