import { describe, expect, test } from 'vitest';
import {
  learnThreshold,
  printTrial,
  qualityOf,
  rejectionReason,
  type ThresholdedPrediction,
} from '../../src/learn/index.ts';

const judged = (
  right: boolean,
  probability: number,
  given: Partial<ThresholdedPrediction> = {},
): ThresholdedPrediction => ({
  right,
  probability,
  weight: 1,
  threshold: 0.9,
  ...given,
});

describe('the quality of a model', () => {
  test('counts what it says, and a wrong one costs as much as the promise has right ones', () => {
    const quality = qualityOf(
      [judged(true, 0.95), judged(false, 0.9), judged(true, 0.89), judged(false, 0.1)],
      0.9,
    );
    expect(quality).toMatchObject({ reports: 4, right: 1, wrong: 1 });
    expect(quality.utility).toBeCloseTo(1 - 9, 9);
    expect(qualityOf([judged(false, 0.95)], 0.5).utility).toBeCloseTo(-1, 9);
  });

  test('weighs verdicts', () => {
    expect(qualityOf([judged(true, 0.95, { weight: 0.3 })], 0.9).utility).toBeCloseTo(0.3, 9);
    expect(qualityOf([judged(false, 0.95, { weight: 0.5 })], 0.9).utility).toBeCloseTo(-4.5, 9);
    const loss = qualityOf([judged(true, 0.5), judged(true, 0.9, { weight: 3 })], 0.9).loss;
    expect(loss).toBeCloseTo((Math.log(2) - 3 * Math.log(0.9)) / 4, 9);
  });

  test('has a finite loss where the model was certain and wrong, and none of nothing', () => {
    expect(qualityOf([judged(false, 1)], 0.9).loss).toBeCloseTo(-Math.log(0.001), 9);
    expect(qualityOf([judged(true, 0)], 0.9).loss).toBeCloseTo(-Math.log(0.001), 9);
    expect(qualityOf([], 0.9)).toEqual({ reports: 0, right: 0, wrong: 0, utility: 0, loss: 0 });
  });
});

describe('a candidate', () => {
  const trial = (before: readonly ThresholdedPrediction[], after: readonly ThresholdedPrediction[]) => ({
    before: qualityOf(before, 0.9),
    after: qualityOf(after, 0.9),
  });
  const same = trial([judged(true, 0.95)], [judged(true, 0.95)]);
  const better = trial([judged(false, 0.95), judged(true, 0.95)], [judged(false, 0.5), judged(true, 0.95)]);
  const worse = trial([judged(true, 0.95)], [judged(true, 0.5)]);

  test('takes over when it is better on held-back verdicts and no worse on the backtest', () => {
    expect(rejectionReason(better, same, 2)).toBeNull();
    expect(rejectionReason(better, better, 9)).toBeNull();
  });

  test('does not when it is worse on either', () => {
    expect(rejectionReason(worse, same, 9)).toBe('what it would have said on held-back verdicts is worse');
    expect(rejectionReason(better, worse, 9)).toBe('it is worse on the backtest');
    expect(rejectionReason(worse, better, 9)).toContain('worse');
  });

  test('does not when hardly anybody spoke of what was held back', () => {
    expect(rejectionReason(better, same, 1)).toBe('1 held-back verdicts are too few (at least 2)');
    expect(rejectionReason(better, same, 0)).not.toBeNull();
  });

  test('that says the same has to be clearly surer of what is right', () => {
    const sharper = trial([judged(false, 0.6)], [judged(false, 0.3)]);
    const hardly = trial([judged(false, 0.6)], [judged(false, 0.598)]);
    const blunter = trial([judged(false, 0.3)], [judged(false, 0.6)]);
    expect(rejectionReason(sharper, same, 2)).toBeNull();
    expect(rejectionReason(hardly, same, 2)).toBe('it is no better on held-back verdicts');
    expect(rejectionReason(blunter, same, 2)).toBe('it is no better on held-back verdicts');
    expect(rejectionReason(same, same, 2)).toBe('it is no better on held-back verdicts');
  });

  test('that only says less may lose what is right on the backtest, but says nothing wrong that was not said', () => {
    const silent = trial([judged(true, 0.95)], [judged(true, 0.95, { threshold: 1 })]);
    const louder = trial([judged(false, 0.5)], [judged(false, 0.95)]);
    expect(rejectionReason(better, silent, 2)).toBe('it is worse on the backtest');
    expect(rejectionReason(better, silent, 2, { thresholdsOnly: true })).toBeNull();
    expect(rejectionReason(better, louder, 2, { thresholdsOnly: true })).toBe('it is worse on the backtest');
    const sharper = trial([judged(false, 0.6)], [judged(false, 0.3)]);
    expect(rejectionReason(sharper, same, 2, { thresholdsOnly: true })).toBe(
      'it is no better on held-back verdicts',
    );
    expect(rejectionReason(silent, same, 2, { thresholdsOnly: true })).toContain('worse');
  });

  test('is told of with its figures', () => {
    expect(printTrial(better)).toBe('1 right and 1 wrong before, 1 right and 0 wrong after, of 2');
  });
});

describe('a bar', () => {
  const rated = (right: boolean, probability: number, weight = 1) => ({ right, probability, weight });
  const many = (count: number, right: boolean, probability: number, weight = 1) =>
    Array.from({ length: count }, () => rated(right, probability, weight));

  test('stays where the promise is kept', () => {
    expect(learnThreshold([], 0.9, 0.9)).toBeNull();
    expect(learnThreshold(many(9, true, 0.95), 0.9, 0.9)).toBeNull();
    expect(learnThreshold([...many(9, true, 0.95), rated(false, 0.93)], 0.9, 0.9)).toBeNull();
  });

  test('rises just above what was refused, as far as needed', () => {
    const mixed = [...many(4, false, 0.92), ...many(6, true, 0.97)];
    expect(learnThreshold(mixed, 0.9, 0.9)).toBe(0.921);
    expect(learnThreshold([...mixed, rated(false, 0.905)], 0.9, 0.9)).toBe(0.921);
  });

  test('is never below that of the settings, and the lowest that keeps the promise', () => {
    const below = [...many(40, true, 0.6), rated(false, 0.5), ...many(3, false, 0.95)];
    expect(learnThreshold([...below, rated(true, 0.96)], 0.9, 0.9)).toBe(0.951);
    expect(learnThreshold([...many(4, false, 0.9), ...many(6, true, 0.97)], 0.9, 0.9)).toBe(0.901);
    const unordered = [rated(false, 0.96), ...many(4, false, 0.92), ...many(20, true, 0.97)];
    expect(learnThreshold(unordered, 0.9, 0.9)).toBe(0.921);
    expect(learnThreshold([...many(8, true, 0.95), rated(false, 0.93)], 0.9, 0.9)).toBe(0.931);
  });

  test('leaves room above what was refused where nothing surer was ever confirmed', () => {
    expect(learnThreshold(many(9, false, 0.95), 0.9, 0.9)).toBe(0.976);
    expect(learnThreshold(many(9, false, 0.853), 0.8, 0.9)).toBe(0.927);
  });

  test('is out of reach where even the surest are refused', () => {
    expect(learnThreshold([...many(4, false, 0.99), ...many(2, true, 0.95)], 0.9, 0.9)).toBe(0.996);
    expect(learnThreshold(many(3, false, 1), 0.9, 0.9)).toBe(1);
  });

  test('does not mind what was never said, nor one voice that hardly counts', () => {
    expect(learnThreshold(many(9, false, 0.5), 0.9, 0.9)).toBeNull();
    expect(learnThreshold([...many(10, true, 0.95), rated(false, 0.95, 0.3)], 0.9, 0.9)).toBeNull();
    expect(learnThreshold([...many(10, true, 0.95, 0.15), ...many(2, false, 0.95)], 0.9, 0.9)).not.toBeNull();
  });
});
