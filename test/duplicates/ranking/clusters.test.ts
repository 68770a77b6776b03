import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createClusters, type LinkEvent, membersOf, rootOf } from '../../../src/duplicates/index.ts';

const marked = (number: number, of: number, at: number): LinkEvent => ({ kind: 'marked', number, of, at });

describe('clusters', () => {
  test('a chain of duplicates leads to its root', () => {
    const clusters = createClusters([marked(30, 20, 1), marked(20, 10, 2), marked(31, 20, 3)]);
    expect(rootOf(clusters, 31)).toBe(10);
    expect(rootOf(clusters, 10)).toBe(10);
    expect(membersOf(clusters, 30)).toEqual([10, 20, 30, 31]);
    expect(membersOf(clusters, 99)).toEqual([99]);
  });

  test('the last mark counts, whatever the order of the events', () => {
    const clusters = createClusters([marked(30, 11, 9), marked(30, 10, 1)]);
    expect(rootOf(clusters, 30)).toBe(11);
    expect(membersOf(clusters, 10)).toEqual([10]);
  });

  test('what is taken back or reopened stands alone again', () => {
    const marks = [marked(20, 10, 1), marked(30, 10, 1)];
    expect(rootOf(createClusters([...marks, { kind: 'unmarked', number: 20, at: 2 }]), 20)).toBe(20);
    expect(rootOf(createClusters([...marks, { kind: 'reopened', number: 30, at: 2 }]), 30)).toBe(30);
    expect(rootOf(createClusters([...marks, { kind: 'unmarked', number: 20, of: 11, at: 2 }]), 20)).toBe(10);
    expect(rootOf(createClusters([{ kind: 'unmarked', number: 20, at: 0 }, ...marks]), 20)).toBe(10);
  });

  test('circles do no harm: the lowest number of the circle is the root of all that lead to it', () => {
    const clusters = createClusters([
      marked(5, 6, 1),
      marked(6, 7, 2),
      marked(7, 5, 3),
      marked(9, 7, 4),
      marked(8, 8, 5),
    ]);
    for (const number of [5, 6, 7, 9]) expect(rootOf(clusters, number)).toBe(5);
    expect(membersOf(clusters, 9)).toEqual([5, 6, 7, 9]);
    expect(rootOf(clusters, 8)).toBe(8);
  });

  test('any history ends, and everyone in a cluster names the same root', () => {
    const event = fc.record({
      number: fc.integer({ min: 1, max: 12 }),
      of: fc.integer({ min: 1, max: 12 }),
      at: fc.nat(50),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (marks) => {
        const clusters = createClusters(marks.map((mark) => ({ kind: 'marked', ...mark })));
        for (let number = 1; number <= 12; number++) {
          const members = membersOf(clusters, number);
          expect(members).toContain(number);
          expect(new Set(members.map((member) => rootOf(clusters, member))).size).toBe(1);
        }
      }),
    );
  });
});
