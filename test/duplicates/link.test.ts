import { describe, expect, test } from 'vitest';
import { compareTriples, toldBy } from '../../src/duplicates/compare-triples.ts';
import {
  add,
  createClusters,
  createIndex,
  findDuplicates,
  shippedModel,
} from '../../src/duplicates/index.ts';
import { learnLink, probabilityOf } from '../../src/duplicates/link.ts';
import { countTriples, createTripleCounts, triplesOf } from '../../src/duplicates/triples.ts';
import { filing, report } from './reports.ts';

/** Numbers that look like chance and are the same every time. */
const mixed = (n: number) => Math.imul(n ^ (n >>> 15), 0x85ebca6b);
const any = (n: number) => (mixed(mixed(mixed(n + 1))) >>> 8) / 2 ** 24;
const rows = Array.from({ length: 600 }, (_, i) => [any(3 * i), any(3 * i + 1), any(3 * i + 2)]);

describe('the probability of a link', () => {
  test('is of duplicates, marked or not', () => {
    // The marks miss six of ten duplicates, whatever they look like.
    const examples = rows.map((row, i) => {
      const same = (row[0] ?? 0) > 0.7;
      return { features: row, marked: same && i % 5 < 2 };
    });
    const link = learnLink(examples);
    expect(probabilityOf(link, [0.9, 0.5, 0.5])).toBeGreaterThan(0.6);
    expect(probabilityOf(link, [0.3, 0.5, 0.5])).toBeLessThan(0.1);
    // A reader says otherwise.
    const read = learnLink(examples.map((example) => ({ ...example, read: example.marked ? 1 : 0 })));
    expect(probabilityOf(read, [0.9, 0.5, 0.5])).toBeLessThan(0.5);
  });
});

describe('an earlier report of the same person', () => {
  const index = createIndex();
  for (let n = 1; n <= 300; n++) {
    const word = `thing${n} part${n % 17} place${n % 23}`;
    add(
      index,
      filing(n, `${word} does not open`, `When ${word} is used\nerror: ${word} gave up`, { author: 'other' }),
    );
  }
  const body = 'When the harness starts\nerror: quux7 token vanished from harness';
  add(index, filing(301, 'Harness loses quux7 token on start', body, { author: 'ann' }));
  const probability = (author: string, title: string): number => {
    const options = { repository: 'acme/app', max: 1 };
    const issue = filing(400, title, body, { author });
    return findDuplicates(index, createClusters([]), issue, shippedModel(), options)[0]?.probability ?? 0;
  };

  test('is less likely the same problem under another title: who files twice knows the first', () => {
    const other = 'Harness shows quux7 colours wrongly';
    expect(probability('bob', other)).toBeGreaterThan(0.1);
    expect(probability('ann', other)).toBeLessThan(probability('bob', other) * 0.8);
  });

  test('is as likely as anybody\u2019s under the same title', () => {
    const same = 'Harness loses quux7 token on start';
    expect(probability('ann', same)).toBeCloseTo(probability('bob', same), 1);
  });
});

describe('triples of words', () => {
  const total = Math.log(101);
  const compare = (mine: string, theirs: string, counts = createTripleCounts()) => {
    const [ours, others] = [triplesOf(report(mine)), triplesOf(report(theirs))];
    const row = new Float32Array(6);
    compareTriples(counts, total, ours, toldBy(counts, total, ours), others, row, 0);
    return row;
  };

  test('tell wording apart, not paths, numbers and single words', () => {
    expect(compare('cannot relate bound region 12', 'Cannot relate bound region 99 in /a/b')[2]).toBe(1);
    expect(compare('region bound cannot relate', 'cannot relate bound region')[2]).toBe(0);
    expect(triplesOf(report('one', 'error: reader closed early today')).length).toBeGreaterThan(0);
    expect(triplesOf(report('one', 'reader closed early today')).length).toBe(0);
  });

  test('tell less the more issues have them', () => {
    const counts = createTripleCounts();
    const stock = triplesOf(report('linking with compiler failed'));
    const [rare = 0] = compare('linking with compiler failed', 'linking with compiler failed', counts);
    for (let i = 0; i < 50; i++) countTriples(counts, stock, 1);
    const [common = 0] = compare('linking with compiler failed', 'linking with compiler failed', counts);
    expect(common).toBeLessThan(rare / 3);
    for (let i = 0; i < 50; i++) countTriples(counts, stock, -1);
    expect(counts.every((count) => count === 0)).toBe(true);
  });
});
