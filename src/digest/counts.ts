/** Counts how often each value occurs. */
export function countValues<T>(values: Iterable<T>): ReadonlyMap<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Orders values by count, the most frequent first, equal ones by name. */
export function mostFrequentFirst<T extends string>(
  counts: ReadonlyMap<T, number>,
): readonly (readonly [value: T, count: number])[] {
  return [...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}
