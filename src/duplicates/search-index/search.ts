import { best, createHeap, type Found, type Heap, leastOf, offer } from './heap.ts';
import {
  countAt,
  header,
  lastDocumentAt,
  maxImpactAt,
  nextAt,
  type Postings,
  type Row,
  stretch,
} from './postings.ts';

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
  const lists = openLists(postings, terms, weights);
  for (let low = 0; low < documents; low += stretch) {
    const high = Math.min(low + stretch, documents);
    const alive = boundLists(postings.pool, lists, low, high);
    scoreWindow(postings.pool, alive, low, high, heap, accept);
  }
  return best(heap);
}

/** A posting list as far as it has been read. */
interface List {
  /** Of a common term; its chain is empty. */
  readonly row: Row | null;
  /** Offset of the block that is read next, 0 at the end, and of the posting in it. */
  block: number;
  at: number;
  readonly weight: number;
  /** The most that it can add to a document of the window. */
  bound: number;
}

/** Room for one window: searches come one after another. */
const scores = new Float64Array(stretch);
const candidates = new Uint32Array(stretch);

function openLists(postings: Postings, terms: ArrayLike<number>, weights: ArrayLike<number>): List[] {
  const lists: List[] = [];
  for (let i = 0; i < terms.length; i++) {
    const term = terms[i] ?? 0;
    const row = postings.rows.get(term) ?? null;
    const block = postings.first[term] ?? 0;
    const weight = weights[i] ?? 0;
    if ((row !== null || block > 0) && weight > 0)
      lists.push({ row, block, at: block + header, weight, bound: 0 });
  }
  return lists;
}

/** The lists with postings in the window, by rising bound; each is moved to its first posting there. */
function boundLists(pool: Uint32Array, lists: readonly List[], low: number, high: number): List[] {
  const alive: List[] = [];
  for (const list of lists) {
    const impact = list.row === null ? toWindow(pool, list, low, high) : (list.row.peaks[low / stretch] ?? 0);
    list.bound = list.weight * impact;
    if (impact > 0) alive.push(list);
  }
  return alive.sort((a, b) => a.bound - b.bound);
}

/** Moves a list to its first posting in the window; the highest impact of the blocks that reach into it. */
function toWindow(pool: Uint32Array, list: List, low: number, high: number): number {
  let { at, block } = list;
  while (block !== 0 && (pool[block + lastDocumentAt] ?? 0) < low) {
    block = pool[block + nextAt] ?? 0;
    at = block + header;
  }
  // The block's last document is in the window or behind it: the scan ends in it.
  if (block !== 0) while ((pool[at] ?? 0) >>> 8 < low) at++;
  list.block = block;
  list.at = at;
  if (block === 0 || (pool[at] ?? 0) >>> 8 >= high) return 0;
  let impact = 0;
  while (block !== 0 && (pool[block + header] ?? 0) >>> 8 < high) {
    impact = Math.max(impact, pool[block + maxImpactAt] ?? 0);
    block = pool[block + nextAt] ?? 0;
  }
  return impact;
}

function scoreWindow(
  pool: Uint32Array,
  lists: readonly List[],
  low: number,
  high: number,
  heap: Heap,
  accept: (slot: number) => boolean,
): void {
  // The first `optional` lists together cannot bring a document into the result.
  const least = leastOf(heap);
  let optional = 0;
  let rest = 0;
  while (optional < lists.length) {
    const bound = rest + (lists[optional]?.bound ?? 0);
    if (bound >= least) break;
    rest = bound;
    optional++;
  }
  if (optional === lists.length) return;
  scores.fill(0, 0, high - low);
  for (let i = lists.length - 1; i >= optional; i--) {
    const list = lists[i];
    if (list?.row) addRow(list.row, list.weight, low, high);
    else if (list !== undefined) addChain(pool, list, low, high);
  }
  let count = 0;
  for (let offset = 0; offset < high - low; offset++) {
    const score = scores[offset] ?? 0;
    if (score > 0 && score + rest >= least) candidates[count++] = offset;
  }
  for (let i = optional - 1; i >= 0 && count > 0; i--) {
    const list = lists[i];
    if (list === undefined) break;
    if (list.row === null) addChain(pool, list, low, high);
    else lookUp(list.row, list.weight, low, count);
    rest -= list.bound;
    let kept = 0;
    for (let j = 0; j < count; j++) {
      const offset = candidates[j] ?? 0;
      if ((scores[offset] ?? 0) + rest >= least) candidates[kept++] = offset;
    }
    count = kept;
  }
  for (let j = 0; j < count; j++) {
    const offset = candidates[j] ?? 0;
    const score = scores[offset] ?? 0;
    // Asked last, since it looks elsewhere in memory.
    if (score >= leastOf(heap) && accept(low + offset)) offer(heap, low + offset, score);
  }
}

/**
 * Adds a chain's contributions to every document of the window. Also where only candidates count: going through
 * a chain that is no row costs less than looking for each of them in it.
 */
function addChain(pool: Uint32Array, list: List, low: number, high: number): void {
  const { weight } = list;
  let { at, block } = list;
  while (block !== 0) {
    const end = block + header + ((pool[block + countAt] ?? 0) & 0xffff);
    const whole = (pool[block + lastDocumentAt] ?? 0) < high;
    for (; at < end; at++) {
      const posting = pool[at] ?? 0;
      const document = posting >>> 8;
      if (!whole && document >= high) break;
      const offset = document - low;
      scores[offset] = (scores[offset] ?? 0) + weight * (posting & 0xff);
    }
    if (!whole) break;
    block = pool[block + nextAt] ?? 0;
    at = block + header;
  }
  list.block = block;
  list.at = at;
}

function addRow({ impacts }: Row, weight: number, low: number, high: number): void {
  for (let document = low; document < high; document++) {
    scores[document - low] = (scores[document - low] ?? 0) + weight * (impacts[document] ?? 0);
  }
}

/** Adds a common term's contributions to the candidates only. */
function lookUp({ impacts }: Row, weight: number, low: number, count: number): void {
  for (let j = 0; j < count; j++) {
    const offset = candidates[j] ?? 0;
    scores[offset] = (scores[offset] ?? 0) + weight * (impacts[low + offset] ?? 0);
  }
}
