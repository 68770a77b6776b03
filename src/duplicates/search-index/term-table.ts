/**
 * Numbers terms by their 64-bit hashes, in the order in which they came: open addressing over typed arrays.
 */
export interface TermTable {
  /** Hash halves by term number. */
  highs: Uint32Array;
  lows: Uint32Array;
  size: number;
  /** Term number + 1 by bucket; 0 is free. */
  buckets: Uint32Array;
}

/** @param capacity a power of two */
export function createTermTable(capacity = 1024): TermTable {
  return {
    highs: new Uint32Array(capacity),
    lows: new Uint32Array(capacity),
    size: 0,
    buckets: new Uint32Array(capacity * 2),
  };
}

/** The number of a hash, or -1 when it never came. */
export function lookup(table: TermTable, high: number, low: number): number {
  return table.buckets[bucketOf(table, high, low)]! - 1;
}

/** The number of a hash, a new one when it never came. */
export function intern(table: TermTable, high: number, low: number): number {
  const bucket = bucketOf(table, high, low);
  const known = table.buckets[bucket]!;
  if (known > 0) return known - 1;
  if (table.size === table.highs.length) {
    grow(table);
    return intern(table, high, low);
  }
  const term = table.size++;
  table.highs[term] = high;
  table.lows[term] = low;
  table.buckets[bucket] = term + 1;
  return term;
}

/** Where a hash stands, or would stand. */
function bucketOf({ buckets, highs, lows }: TermTable, high: number, low: number): number {
  const mask = buckets.length - 1;
  let bucket = low & mask;
  for (;;) {
    const known = buckets[bucket]!;
    if (known === 0 || (lows[known - 1] === low && highs[known - 1] === high)) return bucket;
    bucket = (bucket + 1) & mask;
  }
}

function grow(table: TermTable): void {
  const { highs, lows, size } = table;
  const wider = createTermTable(highs.length * 2);
  wider.highs.set(highs);
  wider.lows.set(lows);
  wider.size = size;
  for (let term = 0; term < size; term++)
    wider.buckets[bucketOf(wider, highs[term]!, lows[term]!)] = term + 1;
  Object.assign(table, wider);
}
