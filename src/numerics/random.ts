/** Numbers from 0 to below 1 that look like chance and are the same each time. */
export type Random = () => number;

/** The generator mulberry32: one sequence for each 32-bit state. Not for secrets. */
export function mulberry32(state: number): Random {
  let at = state;
  return () => {
    at = (at + 0x6d2b79f5) | 0;
    let mixed = Math.imul(at ^ (at >>> 15), at | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A sequence for each whole number, neighbours included: the seed is spread over all bits of the state. */
export function seededRandom(seed: number): Random {
  return mulberry32(Math.imul(seed + 1, 0x9e3779b9));
}

/** Puts a list into a random order, in place (Fisher and Yates, Durstenfeld's form). */
export function shuffle<T>(list: T[], random: Random): void {
  for (let last = list.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const moved = list[last] as T;
    list[last] = list[other] as T;
    list[other] = moved;
  }
}
