import { describe, expect, test } from 'vitest';
import { linearScore } from '../src/duplicates/ranking/linear.ts';
import { withChecks } from './in-range.ts';

/** Runs checked code; it is plain JavaScript but for the claims. */
function run(code: string, list: number[] | Float64Array, other: number[] = []): unknown {
  const checked = withChecks(code, 'here.ts').replace(/: (never|string|number|ArrayLike<unknown>)/g, '');
  return new Function('list', 'other', checked)(list, other);
}

describe('a claim that an index is in range', () => {
  test('gives the element where it is, zero included', () => {
    expect(run('return list[1]! + list[0]!;', [0, 5])).toBe(5);
  });

  test('fails where it is not, and says where', () => {
    for (const index of ['2', '-1', '0.5'])
      expect(() => run(`\n\nreturn list[${index}]!;`, Float64Array.of(1, 2))).toThrow(
        `here.ts:3: list[${index}] is out of range`,
      );
  });

  test('is checked within another, and where an element is changed in place', () => {
    expect(run('list[other[0]!]! += 2; list[other[0]!]!++; return list[1];', [1, 2], [1])).toBe(5);
    expect(() => run('list[other[0]!]! += 2;', [1], [1])).toThrow('list[other[0]!] is out of range');
    expect(() => run('list[other[1]!]! += 2;', [1], [0])).toThrow('other[1] is out of range');
    expect(() => run('list[1]!++;', Float64Array.of(1))).toThrow(RangeError);
  });

  test('is checked in the code under test', () => {
    const model = { means: [0, 0], deviations: [1, 1], weights: [1, 1] };
    expect(linearScore(model, Float32Array.of(1, 2), 0)).toBe(3);
    expect(() => linearScore(model, Float32Array.of(1, 2), 1)).toThrow('rows[at + f] is out of range');
  });
});
