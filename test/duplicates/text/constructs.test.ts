import { describe, expect, test } from 'vitest';
import { add, createIndex, remove } from '../../../src/duplicates/index.ts';
import { restore, snapshot } from '../../../src/duplicates/search-index/snapshot.ts';
import { constructsOf } from '../../../src/duplicates/text/constructs.ts';
import { readReport } from '../../../src/report/index.ts';
import { filing } from '../reports.ts';

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
