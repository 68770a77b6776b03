import { describe, expect, test } from 'vitest';
import { add, createIndex, remove } from '../../src/duplicates/index.ts';
import { compareConstructs } from '../../src/duplicates/ranking/compare-constructs.ts';
import { restore, snapshot } from '../../src/duplicates/search-index/snapshot.ts';
import {
  constructsOf,
  countConstructs,
  createConstructCounts,
} from '../../src/duplicates/text/constructs.ts';
import { readReport } from '../../src/report/index.ts';
import { filing } from './reports.ts';

const sample = (code: string) =>
  readReport({ title: 'It crashes', body: `This fails:\n\n\`\`\`\n${code}\n\`\`\`\n` });
const used = (code: string) => constructsOf(sample(code));

describe('constructs of a code sample', () => {
  test('are told whatever the names', () => {
    const one = used('unsafe trait Reader<T> { fn read(&mut self) -> T; }');
    expect(one.length).toBeGreaterThan(5);
    expect(used('unsafe trait Walker<S> { fn walk(&mut self) -> S; }')).toEqual(one);
    expect(used('enum Walker { Left, Right }')).not.toEqual(one);
  });

  test('are words of the language only, in every language', () => {
    expect(used('zebra apple pear').length).toBe(0);
    expect(used('async function load() { await fetch(url) }').length).toBeGreaterThan(2);
    expect(used('def load(self):\n    yield from rows').length).toBeGreaterThan(2);
  });

  test('are not in prose, nor in what tools say', () => {
    expect(
      constructsOf(readReport({ title: 'static trait', body: 'A `static` trait in a match' })).length,
    ).toBe(0);
    expect(used('error: unsafe trait in static match').length).toBe(0);
    expect(used('    at Object.static (/a/static.js:1:2)').length).toBe(0);
  });

  test('cost no more than the text is long', () => {
    const start = performance.now();
    for (const piece of ['|', '[a', 'A ', '*', '<', '|a:', "&'", 'x! '])
      used(piece.repeat(100_000 / piece.length));
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('what two samples have in common', () => {
  const counts = createConstructCounts();
  const common = used('let x = 1;');
  const rare = used('yield x;');
  for (let i = 0; i < 100; i++) countConstructs(counts, common, 1);
  for (let i = 0; i < 3; i++) countConstructs(counts, rare, 1);
  const compare = (one: string, other: string) => {
    const row = new Float32Array(2);
    compareConstructs(counts, used(one), used(other), row, 0);
    return [...row] as [number, number];
  };

  test('counts by how few others have it', () => {
    const [share, rarest] = compare('yield x;', 'yield y;');
    expect(share).toBe(1);
    expect(rarest).toBeGreaterThan(3);
    const [both, most] = compare('let a = 1; yield x;', 'let b = 2; yield y;');
    expect(both).toBeCloseTo(1);
    expect(most).toBe(rarest);
    expect(compare('let a = 1; yield x;', 'let b = 2;')[0]).toBeLessThan(0.1);
    expect(compare('let a = 1;', 'let b = 2;')[1]).toBeLessThan(0.1);
  });

  test('is nothing where one has no code', () => {
    expect(compare('zebra', 'yield x;')).toEqual([0, 0]);
    expect(compare('zebra', 'apple')).toEqual([0, 0]);
  });
});

describe('the index', () => {
  test('counts the constructs of the issues in it, over a snapshot as well', () => {
    const index = createIndex();
    add(index, filing(1, 'one', '', { report: sample('yield x;') }));
    add(index, filing(2, 'two', '', { report: sample('yield y; let z = 1;') }));
    const again = restore(snapshot(index));
    expect(again?.constructCounts).toEqual(index.constructCounts);
    expect(again?.documents[1]?.constructs).toEqual(index.documents[1]?.constructs);
    expect(index.constructCounts.some((count) => count === 2)).toBe(true);
    remove(index, 1);
    remove(index, 2);
    expect(index.constructCounts.every((count) => count === 0)).toBe(true);
  });
});
