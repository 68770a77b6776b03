import { describe, expect, test } from 'vitest';
import {
  add,
  createClusters,
  createIndex,
  findDuplicates,
  shippedModel,
} from '../../src/duplicates/index.ts';
import { compareTriples, toldBy } from '../../src/duplicates/ranking/compare-triples.ts';
import { featureNames } from '../../src/duplicates/ranking/features.ts';
import { probabilityOf } from '../../src/duplicates/ranking/link.ts';
import { linkFeatures } from '../../src/duplicates/ranking/link-features.ts';
import { countTriples, createTripleCounts, triplesOf } from '../../src/duplicates/text/triples.ts';
import { learnLink } from '../../src/duplicates/training/learn-link.ts';
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

describe('what counts only beside something else', () => {
  test('is learned', () => {
    const examples = rows.map((row) => {
      const same = (row[0] ?? 0) > 0.5 === (row[1] ?? 0) > 0.5;
      return { features: row, marked: false, read: same ? 0.9 : 0.1 };
    });
    const link = learnLink(examples);
    expect(probabilityOf(link, [0.8, 0.8, 0.5])).toBeGreaterThan(0.65);
    expect(probabilityOf(link, [0.8, 0.2, 0.5])).toBeLessThan(0.35);
    expect(probabilityOf(link, [0.2, 0.8, 0.5])).toBeLessThan(0.35);
  });
});

describe('what speaks for a candidate', () => {
  const width = featureNames.length;
  const knownShare = 0.1;
  const nearKnown = 0.04;
  type Given = Partial<Record<(typeof featureNames)[number], number>>;
  const featuresOf = (first: Given, other: Given = {}, third: Given = {}, place = 0): number[] => {
    // The first candidate, two known duplicates of it, another issue between those, and a last one.
    const rows = new Float32Array(5 * width);
    [first, {}, {}, other, third].forEach((given, row) => {
      for (const [name, value] of Object.entries(given))
        rows[row * width + featureNames.indexOf(name as never)] = value;
    });
    const scores = Float64Array.of(5, 4, 1, 3, 0);
    const chances = Float64Array.of(0.8, 0.1, 0.1);
    const candidates = { roots: [7, 7, 7, 9, 11], rows, knownShare, nearKnown };
    return linkFeatures(candidates, scores, { order: [0, 3, 4], chances })(place);
  };

  test('are its known duplicates that are ahead of the best other issue', () => {
    expect(featuresOf({})[2]).toBe(Math.log1p(1));
  });

  test('is of what kind it is: how many of the others that are like it are duplicates, against all, or closed', () => {
    const kind = (first: Given, other: Given, third: Given) => featuresOf(first, other, third).slice(7, 10);
    const [none = 0] = kind({ 'known-duplicates': 1, closed: 1 }, {}, {});
    expect(none).toBeLessThan(0);
    expect(kind({}, { 'known-duplicates': Math.log1p(2) }, { closed: 1 })).toEqual([
      Math.log(0.52 / (knownShare + 0.02)),
      nearKnown,
      0.5,
    ]);
    expect(kind({}, { closed: 1 }, { closed: 1 })).toEqual([none, nearKnown, 1]);
    // Nothing else is like it, and nothing is known: that tells nothing.
    const alone = { roots: [7], rows: new Float32Array(width), knownShare: 0, nearKnown: 0 };
    const only = { order: [0], chances: Float64Array.of(1) };
    expect(linkFeatures(alone, Float64Array.of(1), only)(0).slice(7, 10)).toEqual([0, 0, 0]);
  });

  test('is by how much it is ahead of all others, in either direction', () => {
    const lead = (own: number, other: number, third: number, place = 0) =>
      featuresOf({ 'rare-triples': own }, { 'rare-triples': other }, { 'rare-triples': third }, place)[3];
    expect(lead(2, 1, 0)).toBe(1);
    expect(lead(2, 0, 1.5)).toBe(0.5);
    expect(lead(2, 3, 0)).toBe(-1);
    expect(lead(2, 3, 0, 1)).toBe(1);
    // What its own known duplicates share is no lead of anybody else.
    expect(lead(2, 0, 0)).toBe(2);
    // Nor is anybody ahead of others by what nobody shares.
    expect(lead(0, 0, 0)).toBe(0);
  });

  test('is what its known duplicates share as well, three of them at most, but not how they stand', () => {
    // The candidate with three known duplicates by falling score, and another issue.
    const withOne = (row: number, name: (typeof featureNames)[number], value: number): number[] => {
      const rows = new Float32Array(5 * width);
      rows[row * width + featureNames.indexOf(name)] = value;
      const scores = Float64Array.of(9, 8, 7, 6, 5);
      const candidates = { roots: [7, 7, 7, 7, 9], rows, knownShare, nearKnown };
      return linkFeatures(candidates, scores, { order: [0, 4], chances: Float64Array.of(0.9, 0.1) })(0);
    };
    const nothing = withOne(0, 'rare-triples', 0);
    const own = withOne(0, 'rare-triples', 2);
    expect(own).not.toEqual(nothing);
    expect(withOne(1, 'rare-triples', 2)).toEqual(own);
    expect(withOne(2, 'rare-triples', 2)).toEqual(own);
    expect(withOne(3, 'rare-triples', 2)).toEqual(nothing);
    expect(withOne(0, 'closed', 1)).not.toEqual(nothing);
    expect(withOne(1, 'closed', 1)).toEqual(nothing);
  });

  test('is not that its author filed both within a day, unless they say the same', () => {
    const equal = { 'title-in-title': 1, 'title-covered-title': 1, 'all-in-all': 1, 'all-covered-all': 1 };
    expect(featuresOf({}).at(-1)).toBe(0);
    expect(featuresOf({ 'same-author': 1 }).at(-1)).toBe(1);
    expect(featuresOf({ 'same-author': 1, age: Math.log1p(3) }).at(-1)).toBeLessThan(0.01);
    expect(featuresOf({ 'same-author': 1, ...equal }).at(-1)).toBe(0);
    expect(featuresOf({ 'same-author': 1, ...equal, 'all-in-all': 0.5 }).at(-1)).toBe(0.5);
  });
});

describe('two reports that hardly say anything', () => {
  test('are not known to be one problem, however equal', () => {
    const index = createIndex();
    for (let n = 1; n <= 300; n++)
      add(index, filing(n, `thing${n} does not open`, `error: part${n} of thing${n} gave up`));
    const sure = (title: string): number => {
      add(index, filing(400, title, '', { author: 'ann' }));
      const options = { repository: 'acme/app', max: 1 };
      const issue = filing(500, title, '', { author: 'bob' });
      return findDuplicates(index, createClusters([]), issue, shippedModel(), options)[0]?.probability ?? 0;
    };
    expect(sure('placeholder')).toBeLessThan(0.25);
    expect(sure('Boom crash')).toBeLessThan(0.5);
    expect(sure('Wrench rattles under flickering lamps')).toBeGreaterThan(0.5);
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
  const probability = (author: string, title: string, said = body): number => {
    const options = { repository: 'acme/app', max: 1 };
    const issue = filing(400, title, said, { author });
    return findDuplicates(index, createClusters([]), issue, shippedModel(), options)[0]?.probability ?? 0;
  };

  test('is less likely the same problem under another title: who files twice knows the first', () => {
    const other = 'Harness shows quux7 colours wrongly';
    const said = 'When the colours are drawn\nerror: quux7 palette vanished from harness';
    expect(probability('bob', other, said)).toBeGreaterThan(0.1);
    expect(probability('ann', other, said)).toBeLessThan(probability('bob', other, said) * 0.8);
    // Where all but the title is equal nobody doubts much, but she is doubted more.
    expect(probability('ann', other)).toBeLessThan(probability('bob', other));
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
