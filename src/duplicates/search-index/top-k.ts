/** Documents by slot with their scores, best first; equal scores in order of slot. */
export interface Hits {
  readonly slots: Uint32Array;
  readonly scores: Float64Array;
}

/** The k best documents so far, as a binary heap: the worst of them is at the top. */
export interface TopK {
  readonly slots: Uint32Array;
  readonly scores: Float64Array;
  size: number;
}

export function createTopK(k: number): TopK {
  return { slots: new Uint32Array(k), scores: new Float64Array(k), size: 0 };
}

/** A margin for sums that were added in another order. */
const rounding = 1 - 1e-9;

/** The least score with which a document can be among the k best. */
export function threshold({ scores, size }: TopK): number {
  if (size < scores.length) return 0;
  return size === 0 ? Number.POSITIVE_INFINITY : scores[0]! * rounding;
}

/** Takes a document among the k best if it is one. */
export function offer(heap: TopK, slot: number, score: number): void {
  const { slots, scores } = heap;
  if (heap.size < scores.length) {
    let at = heap.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (scores[parent]! <= score) break;
      slots[at] = slots[parent]!;
      scores[at] = scores[parent]!;
      at = parent;
    }
    slots[at] = slot;
    scores[at] = score;
    return;
  }
  if (scores.length > 0 && score > scores[0]!) siftDown(heap, slot, score);
}

/** Replaces the top by a document and moves that down to where it belongs. */
function siftDown({ scores, size, slots }: TopK, slot: number, score: number): void {
  let at = 0;
  for (;;) {
    let child = at * 2 + 1;
    if (child >= size) break;
    if (child + 1 < size && scores[child + 1]! < scores[child]!) child++;
    if (scores[child]! >= score) break;
    slots[at] = slots[child]!;
    scores[at] = scores[child]!;
    at = child;
  }
  slots[at] = slot;
  scores[at] = score;
}

/** The k best, best first; equal scores in order of slot. Empties the heap. */
export function drain(heap: TopK): Hits {
  const hits = { slots: new Uint32Array(heap.size), scores: new Float64Array(heap.size) };
  while (heap.size > 0) {
    const score = heap.scores[0]!;
    const slot = heap.slots[0]!;
    const last = --heap.size;
    siftDown(heap, heap.slots[last]!, heap.scores[last]!);
    // A heap gives equal scores in any order.
    let at = last;
    while (at + 1 < hits.slots.length && hits.scores[at + 1] === score && hits.slots[at + 1]! < slot) {
      hits.slots[at] = hits.slots[at + 1]!;
      hits.scores[at] = score;
      at++;
    }
    hits.slots[at] = slot;
    hits.scores[at] = score;
  }
  return hits;
}
