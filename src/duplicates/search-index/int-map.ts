/**
 * A map from whole numbers to whole numbers: open addressing over one typed array, keys beside their values.
 * A query has some hundred terms, so that its map stays in the processor's nearest cache, which a table of
 * every term would not.
 */
export interface IntMap {
  /** Key and value by bucket; a key of -1 marks a free bucket. */
  readonly entries: Int32Array;
  readonly bits: number;
  readonly capacity: number;
  size: number;
}

const free = -1;
/** Fibonacci hashing (Knuth): neighbours among the keys lie far apart. */
const spread = 0x9e3779b1;

/** Room for so many keys, each at least 0. */
export function createIntMap(capacity: number): IntMap {
  // At most a quarter of the buckets is taken, so that every search ends soon.
  const bits = Math.max(2, Math.ceil(Math.log2(Math.max(capacity, 1) * 4)));
  return { entries: new Int32Array(2 << bits).fill(free), bits: 32 - bits, capacity, size: 0 };
}

/** The value of a key, 0 where it has none. */
export function getInt({ entries, bits }: IntMap, key: number): number {
  for (let at = (Math.imul(key, spread) >>> bits) << 1; ; at = (at + 2) & (entries.length - 1)) {
    const found = entries[at]!;
    if (found === key) return entries[at + 1]!;
    if (found === free) return 0;
  }
}

/** Sets the value of a key; one more than there is room for throws a RangeError. */
export function setInt(map: IntMap, key: number, value: number): void {
  const { entries, bits } = map;
  let at = (Math.imul(key, spread) >>> bits) << 1;
  while (entries[at] !== key && entries[at] !== free) at = (at + 2) & (entries.length - 1);
  if (entries[at] === free) {
    if (map.size === map.capacity) throw new RangeError(`a map of ${map.capacity} numbers is full`);
    map.size++;
    entries[at] = key;
  }
  entries[at + 1] = value;
}
