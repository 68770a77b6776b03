import { describe, expect, test } from 'vitest';
import { logit, sigmoid, softmax, softplus } from '../../src/numerics/logistic.ts';

describe('the logistic functions', () => {
  test('sigmoid and logit undo one another', () => {
    for (const probability of [0.001, 0.3, 0.5, 0.77, 0.999])
      expect(sigmoid(logit(probability))).toBeCloseTo(probability, 12);
    expect([sigmoid(0), logit(0.5)]).toEqual([0.5, 0]);
  });

  test('softplus is log(1 + e^x), also where e^x overflows', () => {
    expect(softplus(1.5)).toBeCloseTo(Math.log(1 + Math.exp(1.5)), 12);
    expect(softplus(5000)).toBe(5000);
    expect(softplus(-5000)).toBe(0);
  });

  test('softmax adds up to 1 and keeps the ratios, however large the scores are', () => {
    const shares = softmax(Float64Array.of(1001, 1000, 999));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(shares[0]! / shares[1]!).toBeCloseTo(Math.E, 9);
    expect(softmax(new Float64Array(0))).toEqual(new Float64Array(0));
  });
});
