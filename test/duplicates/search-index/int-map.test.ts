import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createIntMap, getInt, setInt } from '../../../src/duplicates/search-index/int-map.ts';

test('a map of numbers gives what was set last, and 0 for all else', () => {
  const key = fc.integer({ min: 0, max: 2 ** 31 - 1 });
  const entries = fc.array(fc.tuple(key, fc.integer({ min: -1000, max: 1000 })), { maxLength: 300 });
  fc.assert(
    fc.property(entries, fc.array(key, { maxLength: 50 }), (set, others) => {
      const map = createIntMap(set.length);
      const expected = new Map(set);
      for (const [at, value] of set) setInt(map, at, value);
      for (const at of [...expected.keys(), ...others]) expect(getInt(map, at)).toBe(expected.get(at) ?? 0);
    }),
  );
});

test('a map of numbers that is full says so, and still ends its searches', () => {
  const map = createIntMap(3);
  for (const key of [5, 6, 7, 5]) setInt(map, key, key);
  expect(() => setInt(map, 8, 8)).toThrow('full');
  expect([5, 6, 7, 8].map((key) => getInt(map, key))).toEqual([5, 6, 7, 0]);
});
