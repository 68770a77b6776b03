import { describe, expect, test } from 'vitest';
import {
  compareTriples,
  tripleInformation,
  tripleStatistics,
} from '../../../src/duplicates/ranking/compare-triples.ts';
import { createIntMap } from '../../../src/duplicates/search-index/int-map.ts';
import { countTriples, createTripleCounts, triplesOf } from '../../../src/duplicates/text/triples.ts';
import { report } from '../reports.ts';

describe('triples of words', () => {
  const compare = (title: string, other: string, counts = createTripleCounts()) => {
    const statistics = tripleStatistics(counts, createIntMap(0), 100);
    const triples = triplesOf(report(title));
    const overlap = compareTriples(statistics, triples, triplesOf(report(other)));
    return { ...overlap, share: overlap.common / tripleInformation(statistics, triples) };
  };

  test('tell wording apart, not paths, numbers and single words', () => {
    const same = compare('cannot relate bound region 12', 'Cannot relate bound region 99 in /a/b');
    expect(same.share).toBe(1);
    expect(compare('region bound cannot relate', 'cannot relate bound region').common).toBe(0);
    expect(triplesOf(report('one', 'error: reader closed early today')).length).toBeGreaterThan(0);
    expect(triplesOf(report('one', 'reader closed early today')).length).toBe(0);
  });

  test('tell less the more issues have them', () => {
    const counts = createTripleCounts();
    const stock = triplesOf(report('linking with compiler failed'));
    const before = compare('linking with compiler failed', 'linking with compiler failed', counts);
    expect(before.rarest).toBeGreaterThan(0);
    for (let i = 0; i < 50; i++) countTriples(counts, stock, 1);
    const after = compare('linking with compiler failed', 'linking with compiler failed', counts);
    expect(after.rarest).toBeLessThan(before.rarest / 3);
    for (let i = 0; i < 50; i++) countTriples(counts, stock, -1);
    expect(counts.every((count) => count === 0)).toBe(true);
  });

  test('are told from the rarest to the third rarest, which a pair of two does not have', () => {
    const [three, two] = ['alpha beta gamma delta epsilon', 'alpha beta gamma delta'];
    expect(compare(three, three).thirdRarest).toBeGreaterThan(0);
    expect(compare(two, two)).toMatchObject({ rare: 2, thirdRarest: 0 });
    expect(compare(two, 'omega')).toMatchObject({ rare: 0, rarest: 0, common: 0 });
  });
});
