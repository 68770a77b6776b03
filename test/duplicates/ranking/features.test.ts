import { describe, expect, test } from 'vitest';
import { add, analyse, createIndex, createQuery } from '../../../src/duplicates/index.ts';
import {
  type FeatureName,
  featureIndex,
  featureNames,
  writeFeatures,
} from '../../../src/duplicates/ranking/features.ts';
import { type Comparison, comparePair, createComparison } from '../../../src/duplicates/ranking/pair.ts';
import { filing } from '../reports.ts';

const texts = [
  ['Socket closes while the parser runs', 'error: socket was closed early by its peer'],
  ['Parser: the socket closes', 'It was open before.\nerror: socket was closed early by its peer'],
  ['Window shows the wrong colour', 'The colour is blue, and was red before the update.'],
  ['Colour of the window is wrong', 'error: palette of the window is not known'],
] as const;

const index = createIndex();
texts.forEach(([title, body], i) => {
  add(index, filing(i + 1, title, body));
});
const retrieval = { rank: 1, score: 2, topScore: 4, knownDuplicates: 3 };

function comparison(title: string, body = ''): Comparison {
  return createComparison(index, createQuery(index, analyse(filing(9, title, body))));
}

function rowOf(one: Comparison, slot: number): Float32Array {
  const row = new Float32Array(featureNames.length);
  writeFeatures(comparePair(one, index.documents[slot]!, retrieval), row, 0);
  return row;
}

const valueIn = (row: Float32Array, name: FeatureName) => row[featureIndex[name]];

describe('features', () => {
  test('stand where their names do', () => {
    expect(featureNames).toHaveLength(47);
    featureNames.forEach((name, i) => {
      expect(featureIndex[name]).toBe(i);
    });
  });

  test('tell how a candidate was retrieved, and what it shares', () => {
    const row = rowOf(comparison('The socket closes', 'error: socket was closed early by its peer'), 1);
    expect(valueIn(row, 'score-of-top')).toBe(0.5);
    expect(valueIn(row, 'rank')).toBe(0.5);
    expect(valueIn(row, 'known-duplicates')).toBeCloseTo(Math.log1p(3));
    expect(valueIn(row, 'title-in-title')).toBe(1);
    expect(valueIn(row, 'title-covered-title')).toBeLessThan(1);
    expect(valueIn(row, 'errors-in-errors')).toBe(1);
    expect(valueIn(row, 'both-marks')).toBe(1);
    expect(valueIn(row, 'code-in-code')).toBe(0);
    expect(valueIn(row, 'title-pairs')).toBe(1);
    expect(valueIn(row, 'age')).toBeCloseTo(Math.log1p(7));
  });

  test('of two queries that are compared in turn are those of each alone', () => {
    const queries = [
      ['The socket closes', 'error: socket was closed early by its peer'],
      ['Wrong colour', 'The window is blue'],
    ] as const;
    const slots = [0, 1, 2, 3];
    const alone = queries.map(([title, body]) => {
      const one = comparison(title, body);
      return slots.map((slot) => rowOf(one, slot));
    });
    const together = queries.map(([title, body]) => comparison(title, body));
    const inTurn = slots.map((slot) => together.map((one) => rowOf(one, slot)));
    slots.forEach((slot) => {
      expect(inTurn[slot]).toEqual(alone.map((rows) => rows[slot]));
    });
    expect(alone[0]![0]).not.toEqual(alone[1]![0]);
  });

  test('need a whole row to be written to', () => {
    const pair = comparePair(comparison('Socket'), index.documents[0]!, retrieval);
    const rows = new Float32Array(2 * featureNames.length);
    expect(() => writeFeatures(pair, rows, featureNames.length)).not.toThrow();
    expect(() => writeFeatures(pair, rows, featureNames.length + 1)).toThrow(RangeError);
    expect(() => writeFeatures(pair, rows, -1)).toThrow(RangeError);
  });
});
