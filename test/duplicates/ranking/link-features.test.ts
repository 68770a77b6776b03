import { describe, expect, test } from 'vitest';
import type { RankedClusters } from '../../../src/duplicates/ranking/candidates.ts';
import { type FeatureName, featureIndex, featureNames } from '../../../src/duplicates/ranking/features.ts';
import {
  linkFeatureNames,
  linkFeatures,
  overlapWeight,
} from '../../../src/duplicates/ranking/link-features.ts';

type Given = Partial<Record<FeatureName, number>>;

const width = featureNames.length;
const knownShare = 0.1;
const knownProximity = 0.04;

/** Rows of features, each 0 where it is not given. */
function rowsOf(given: readonly Given[]): Float32Array {
  const rows = new Float32Array(given.length * width);
  given.forEach((features, row) => {
    for (const [name, value] of Object.entries(features))
      rows[row * width + featureIndex[name as FeatureName]] = value;
  });
  return rows;
}

/** The features of the link to one of the candidates, by name. */
function featuresOf(
  given: readonly Given[],
  roots: readonly number[],
  scores: readonly number[],
  ranked: RankedClusters,
  place = 0,
): Readonly<Record<string, number>> {
  const candidates = { roots, rows: rowsOf(given), knownShare, knownProximity };
  const values = linkFeatures(candidates, Float64Array.from(scores), ranked)(place);
  expect(values).toHaveLength(linkFeatureNames.length);
  return Object.fromEntries(linkFeatureNames.map((name, i) => [name, values[i]!]));
}

/** The first candidate, two known duplicates of it, another issue between those by score, and a last one. */
function ofFirst(first: Given, other: Given = {}, last: Given = {}, place = 0) {
  const ranked = { order: [0, 3, 4], shares: Float64Array.of(0.8, 0.1, 0.1) };
  return featuresOf([first, {}, {}, other, last], [7, 7, 7, 9, 11], [5, 4, 1, 3, 0], ranked, place);
}

describe('the features of a link', () => {
  test('have a name each', () => {
    expect(new Set(linkFeatureNames).size).toBe(linkFeatureNames.length);
  });

  test('tell its share of the softmax, and its lead over the next', () => {
    expect(ofFirst({})).toMatchObject({ share: 0.8, lead: Math.log(0.8 / 0.1) });
    expect(ofFirst({}, {}, {}, 1)).toMatchObject({ share: 0.1, lead: Math.log(0.1 / 0.8) });
  });

  test('count its known duplicates that are ahead of the best other issue', () => {
    expect(ofFirst({})['duplicates-ahead']).toBe(Math.log1p(1));
  });

  test('tell how many of the others that are like it are duplicates, against all, or closed', () => {
    const none = ofFirst({ 'known-duplicates': 1, closed: 1 });
    expect(none['known-share']).toBeLessThan(0);
    expect(ofFirst({}, { 'known-duplicates': Math.log1p(2) }, { closed: 1 })).toMatchObject({
      'known-share': Math.log(0.52 / (knownShare + 0.02)),
      'known-proximity': knownProximity,
      'closed-share': 0.5,
    });
    expect(ofFirst({}, { closed: 1 }, { closed: 1 })).toMatchObject({
      'known-share': none['known-share'],
      'closed-share': 1,
    });
  });

  test('are 0 for the kind of issue where nothing else is like it and nothing is known', () => {
    const alone = { roots: [7], rows: new Float32Array(width), knownShare: 0, knownProximity: 0 };
    const values = linkFeatures(alone, Float64Array.of(1), { order: [0], shares: Float64Array.of(1) })(0);
    for (const name of ['lead', 'duplicates-ahead', 'known-share', 'known-proximity', 'closed-share'])
      expect(values[linkFeatureNames.indexOf(name)]).toBe(0);
  });

  test('tell by how much it is ahead of all others, in either direction', () => {
    const lead = (own: number, other: number, last: number, place = 0) =>
      ofFirst({ 'rare-triples': own }, { 'rare-triples': other }, { 'rare-triples': last }, place)[
        'rare-triples-lead'
      ];
    expect(lead(2, 1, 0)).toBe(1);
    expect(lead(2, 0, 1.5)).toBe(0.5);
    expect(lead(2, 3, 0)).toBe(-1);
    expect(lead(2, 3, 0, 1)).toBe(1);
    // What its own known duplicates share is no lead of anybody else.
    expect(lead(2, 0, 0)).toBe(2);
    // Nor is anybody ahead of others by what nobody shares.
    expect(lead(0, 0, 0)).toBe(0);
  });

  test('count what its known duplicates share as well, three of them at most, but not how they stand', () => {
    // The candidate with three known duplicates by falling score, and another issue.
    const withOne = (row: number, name: FeatureName, value: number) => {
      const given = Array.from({ length: 5 }, (_, i): Given => (i === row ? { [name]: value } : {}));
      const ranked = { order: [0, 4], shares: Float64Array.of(0.9, 0.1) };
      return featuresOf(given, [7, 7, 7, 7, 9], [9, 8, 7, 6, 5], ranked);
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

  test('doubt that its author filed both within a day, unless both say the same', () => {
    const equal = { 'title-in-title': 1, 'title-covered-title': 1, 'all-in-all': 1, 'all-covered-all': 1 };
    const soon = (given: Given) => ofFirst(given)['same-author-soon'];
    expect(soon({})).toBe(0);
    expect(soon({ 'same-author': 1 })).toBe(1);
    expect(soon({ 'same-author': 1, age: Math.log1p(3) })).toBeLessThan(0.01);
    expect(soon({ 'same-author': 1, ...equal })).toBe(0);
    expect(soon({ 'same-author': 1, ...equal, 'all-in-all': 0.5 })).toBe(0.5);
  });
});

describe('the weight of an overlap', () => {
  test('grows up to four shared words', () => {
    const weight = (words: number) =>
      overlapWeight({ rows: rowsOf([{}, { 'shared-terms': Math.log1p(words) }]) }, 1);
    expect([0, 1, 2, 4, 9].map((words) => Math.round(weight(words) * 100) / 100)).toEqual([
      0, 0.25, 0.5, 1, 1,
    ]);
  });
});
