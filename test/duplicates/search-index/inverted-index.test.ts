import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  add,
  analyse,
  createIndex,
  createQuery,
  type DuplicateIndex,
  remove,
  restore,
  setClosed,
  snapshot,
} from '../../../src/duplicates/index.ts';
import { retrieve } from '../../../src/duplicates/search-index/query.ts';
import { filing } from '../reports.ts';

const words = [
  'parser',
  'crash',
  'socket',
  'window',
  'colour',
  'readFile',
  'lock',
  'panic',
  'unicode',
  'path',
];

function found(index: DuplicateIndex, title: string, number = 1e6): number[] {
  const { slots } = retrieve(index, createQuery(index, analyse(filing(number, title))), 50);
  return [...slots].map((slot) => index.documents[slot]!.number);
}

describe('index', () => {
  test('the issue that shares the rarer words comes first', () => {
    const index = createIndex();
    add(index, filing(1, 'Crash in the parser'));
    add(index, filing(2, 'Crash in the window'));
    add(index, filing(3, 'Crash on exit'));
    expect(found(index, 'parser crash')[0]).toBe(1);
    expect(found(index, 'window crash')[0]).toBe(2);
  });

  test('an issue does not find itself, nor a younger one', () => {
    const index = createIndex();
    for (const number of [1, 2, 3]) add(index, filing(number, 'Crash in the parser'));
    expect(found(index, 'Crash in the parser', 2)).toEqual([1]);
  });

  test('adding again replaces, removing removes', () => {
    const index = createIndex();
    add(index, filing(1, 'Crash in the parser'));
    add(index, filing(1, 'Wrong colour'));
    expect(found(index, 'parser')).toEqual([]);
    expect(found(index, 'colour')).toEqual([1]);
    expect(setClosed(index, 1, 5)).toBe(true);
    expect(remove(index, 1)).toBe(true);
    expect(remove(index, 1)).toBe(false);
    expect(setClosed(index, 1, 5)).toBe(false);
    expect(found(index, 'colour')).toEqual([]);
  });

  test('any history of adding and removing ends where its result alone would, snapshot included', () => {
    const step = fc.record({
      number: fc.integer({ min: 1, max: 90 }),
      drop: fc.boolean(),
      title: fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 250 }), (steps) => {
        const index = createIndex();
        const living = new Map<number, string>();
        for (const { number, drop, title } of steps) {
          if (drop) expect(remove(index, number)).toBe(living.delete(number));
          else {
            add(index, filing(number, title.join(' ')));
            living.set(number, title.join(' '));
          }
        }
        const again = restore(snapshot(index))!;
        for (const word of words) {
          const expected = [...living]
            .filter(([, title]) => title.split(' ').includes(word))
            .map(([number]) => number);
          expect(new Set(found(index, word))).toEqual(new Set(expected));
          expect(found(again, word)).toEqual(found(index, word));
        }
        expect(again.slots.size).toBe(living.size);
      }),
      { numRuns: 40 },
    );
  });
});

describe('snapshot', () => {
  const index = createIndex();
  for (let number = 1; number <= 50; number++) {
    add(index, filing(number, `${words[number % 10]} ${number * 37}`, `error: no ${words[number % 7]} here`));
  }
  setClosed(index, 7, 123_456);
  const bytes = snapshot(index);

  test('gives back the same index', () => {
    const again = restore(bytes)!;
    expect(snapshot(again)).toEqual(bytes);
    expect(again.documents[6]!.closedAt).toBe(123_456);
  });

  test('of another version is refused', () => {
    const other = bytes.slice();
    other[5]! ^= 1;
    expect(restore(other)).toBeNull();
  });

  test('cut off anywhere is refused', () => {
    for (let length = 0; length < bytes.length; length += 13)
      expect(restore(bytes.subarray(0, length))).toBeNull();
  });

  test('damaged anywhere never throws', () => {
    for (let at = 0; at < bytes.length; at += 7) {
      const damaged = bytes.slice();
      damaged[at]! ^= 0xff;
      expect(() => restore(damaged)).not.toThrow();
    }
  });
});
