import { describe, expect, test } from 'vitest';
import { mulberry32, seededRandom, shuffle } from '../../src/numerics/random.ts';

const take = (random: () => number, count: number) => Array.from({ length: count }, random);

describe('a seeded generator', () => {
  test('gives the published sequence of mulberry32', () => {
    expect(take(mulberry32(1), 3).map((value) => value * 2 ** 32)).toEqual([
      2_693_262_067, 11_749_833, 2_265_367_787,
    ]);
  });

  test('gives the same numbers for a seed, and others for its neighbour', () => {
    expect(take(seededRandom(7), 20)).toEqual(take(seededRandom(7), 20));
    expect(take(seededRandom(7), 20)).not.toEqual(take(seededRandom(8), 20));
  });

  test('fills the range from 0 to below 1 evenly', () => {
    const values = take(seededRandom(3), 10_000);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    for (let tenth = 0; tenth < 10; tenth++) {
      const inside = values.filter((value) => Math.floor(value * 10) === tenth);
      expect(Math.abs(inside.length - 1000)).toBeLessThan(150);
    }
  });
});

describe('a shuffle', () => {
  test('keeps every element, and depends on the generator alone', () => {
    const shuffled = (seed: number) => {
      const list = Array.from({ length: 50 }, (_, i) => i);
      shuffle(list, seededRandom(seed));
      return list;
    };
    expect(shuffled(1).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(shuffled(1)).toEqual(shuffled(1));
    expect(shuffled(1)).not.toEqual(shuffled(2));
  });

  test('puts each element first about as often as any other', () => {
    const random = seededRandom(5);
    const first = [0, 0, 0, 0];
    for (let round = 0; round < 4000; round++) {
      const list = [0, 1, 2, 3];
      shuffle(list, random);
      first[list[0]!]!++;
    }
    for (const count of first) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });
});
