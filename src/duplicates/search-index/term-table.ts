/** Numbers for 64-bit hashes, in the order in which they came: open addressing over typed arrays. */
export interface TermTable {
  /** Hash halves by term number. */
  highs: Uint32Array;
  lows: Uint32Array;
  size: number;
  /** Term number + 1 by place; 0 is free. */
  places: Uint32Array;
}

export function createTermTable(capacity = 1024): TermTable {
  return {
    highs: new Uint32Array(capacity),
    lows: new Uint32Array(capacity),
    size: 0,
    places: new Uint32Array(capacity * 2),
  };
}

/** The number of a hash, or -1 when it never came. */
export function lookup(table: TermTable, high: number, low: number): number {
  return (table.places[placeOf(table, high, low)] ?? 0) - 1;
}

/** The number of a hash, a new one when it never came. */
export function intern(table: TermTable, high: number, low: number): number {
  const place = placeOf(table, high, low);
  const known = table.places[place] ?? 0;
  if (known > 0) return known - 1;
  if (table.size === table.highs.length) {
    grow(table);
    return intern(table, high, low);
  }
  const term = table.size++;
  table.highs[term] = high;
  table.lows[term] = low;
  table.places[place] = term + 1;
  return term;
}

function placeOf(table: TermTable, high: number, low: number): number {
  const { places, highs, lows } = table;
  const mask = places.length - 1;
  let place = low & mask;
  for (;;) {
    const known = places[place] ?? 0;
    if (known === 0 || (lows[known - 1] === low && highs[known - 1] === high)) return place;
    place = (place + 1) & mask;
  }
}

function grow(table: TermTable): void {
  const { highs, lows, size } = table;
  const wider = createTermTable(highs.length * 2);
  wider.highs.set(highs);
  wider.lows.set(lows);
  wider.size = size;
  for (let term = 0; term < size; term++) {
    wider.places[placeOf(wider, highs[term] ?? 0, lows[term] ?? 0)] = term + 1;
  }
  Object.assign(table, wider);
}
