/** Documents by slot with their scores, best first; equal scores in order of slot. */
export interface Found {
  readonly slots: Uint32Array;
  readonly scores: Float64Array;
}

/** The k best so far; the worst of them is at the top. */
export interface Heap {
  readonly slots: Uint32Array;
  readonly scores: Float64Array;
  size: number;
}

export function createHeap(k: number): Heap {
  return { slots: new Uint32Array(k), scores: new Float64Array(k), size: 0 };
}

/** A margin for sums that were added in another order. */
const rounding = 1 - 1e-9;

/** What a document must score at least to be among the k best. */
export function leastOf({ scores, size }: Heap): number {
  return size === scores.length ? (scores[0] ?? Number.POSITIVE_INFINITY) * rounding : 0;
}

/** Takes a document among the k best if it is one. */
export function offer(heap: Heap, slot: number, score: number): void {
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
  if (scores.length > 0 && score > (scores[0] ?? 0)) sink(heap, slot, score);
}

/** Puts a document in the place of the worst, and it down to where it belongs. */
function sink({ scores, size, slots }: Heap, slot: number, score: number): void {
  let at = 0;
  for (;;) {
    let child = at * 2 + 1;
    if (child >= size) break;
    if (child + 1 < size && (scores[child + 1] ?? 0) < (scores[child] ?? 0)) child++;
    if ((scores[child] ?? 0) >= score) break;
    slots[at] = slots[child] ?? 0;
    scores[at] = scores[child] ?? 0;
    at = child;
  }
  slots[at] = slot;
  scores[at] = score;
}

/** The k best, best first; equal scores in order of slot. Empties the heap. */
export function best(heap: Heap): Found {
  const found = { slots: new Uint32Array(heap.size), scores: new Float64Array(heap.size) };
  while (heap.size > 0) {
    const last = --heap.size;
    const score = heap.scores[0] ?? 0;
    const slot = heap.slots[0] ?? 0;
    sink(heap, heap.slots[last] ?? 0, heap.scores[last] ?? 0);
    // Equals come out of a heap in any order.
    let at = last;
    while (found.scores[at + 1] === score && (found.slots[at + 1] ?? 0) < slot) {
      found.slots[at] = found.slots[at + 1] ?? 0;
      found.scores[at] = score;
      at++;
    }
    found.slots[at] = slot;
    found.scores[at] = score;
  }
  return found;
}
