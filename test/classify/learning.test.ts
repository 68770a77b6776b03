import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dealFolds, trainDense, trainLogistic } from '../../src/classify/logistic.ts';
import { chooseThresholds } from '../../src/classify/thresholds.ts';
import type { Vector } from '../../src/classify/vectors.ts';
import { wordsOf } from '../../src/classify/words.ts';
import { sigmoid } from '../../src/numerics/logistic.ts';

function vector(values: readonly number[]): Vector {
  return { ids: Int32Array.from(values.keys()), values: Float64Array.from(values) };
}

describe('logistic regression by coordinate descent', () => {
  it('has the weights at which the penalised loss is least', () => {
    const vectors = [
      [1, 0.2],
      [0.8, -0.5],
      [-0.3, 1],
      [-1, 0.4],
      [0.1, 0.1],
    ].map(vector);
    const targets = [1, 1, -1, -1, 1];
    const cost = 3;
    const { weights, bias } = trainLogistic(vectors, targets, 2, cost);
    const loss = (w: readonly [number, number, number]): number =>
      (w[0] ** 2 + w[1] ** 2 + w[2] ** 2) / 2 +
      cost *
        vectors.reduce((sum, { values }, k) => {
          const margin = targets[k]! * (w[0] * values[0]! + w[1] * values[1]! + w[2]);
          return sum + Math.log1p(Math.exp(-margin));
        }, 0);
    const found = [weights[0]!, weights[1]!, bias] as const;
    for (const at of [0, 1, 2]) {
      for (const step of [-0.05, 0.05]) {
        const other = found.map((weight, k) => (k === at ? weight + step : weight));
        expect(loss(found)).toBeLessThan(loss([other[0]!, other[1]!, other[2]!]));
      }
    }
  });
});

describe('calibration', () => {
  it('gives a score the share of hits that it had', () => {
    const score = Float64Array.from({ length: 400 }, (_, k) => (k % 2 === 0 ? 1 : -1));
    const targets = [...score].map((value, k) => (value > 0 ? k % 10 !== 0 : k % 10 === 1));
    const [weight, bias] = trainDense([score], targets, [1], 0) as [number, number];
    expect(sigmoid(weight + bias)).toBeCloseTo(0.8, 3);
    expect(sigmoid(bias - weight)).toBeCloseTo(0.2, 3);
  });

  it('stays with its prior where it is held', () => {
    const score = Float64Array.from([1, -1, 2, -2]);
    const [weight] = trainDense([score], [false, true, false, true], [0.5], 1e6);
    expect(weight).toBeCloseTo(0.5, 3);
  });
});

describe('calibration far from its prior', () => {
  it('ends at the optimum, where full steps of Newton would run away', () => {
    const input = Float64Array.from({ length: 200 }, (_, k) => (k % 10 === 0 ? 0 : 1));
    const targets = [...input].map((value, k) => value > 0 && k % 40 === 1);
    const loss = (weight: number, bias: number): number =>
      (weight - 3) ** 2 / 2 +
      targets.reduce((sum, target, k) => {
        const score = weight * input[k]! + bias;
        return sum + Math.max(score, 0) - (target ? score : 0) + Math.log1p(Math.exp(-Math.abs(score)));
      }, 0);
    const [weight, bias] = trainDense([input], targets, [3], 1) as [number, number];
    for (const step of [-0.1, 0.1]) {
      expect(loss(weight, bias)).toBeLessThan(loss(weight + step, bias));
      expect(loss(weight, bias)).toBeLessThan(loss(weight, bias + step));
    }
  });
});

describe('bars', () => {
  const setByFact = Array.from({ length: 6 }, () => false);

  it('stand where all suggestions together are right often enough', () => {
    const label = {
      probabilities: [0.9, 0.85, 0.8, 0.7, 0.65, 0.6],
      targets: [true, true, true, true, false, false],
      setByFact,
    };
    const [threshold] = chooseThresholds([label], 0.9);
    expect(threshold).toBeGreaterThan(0.65);
    expect(threshold).toBeLessThan(0.7);
  });

  it('are never low enough for what is more likely wrong', () => {
    const label = {
      probabilities: [0.9, 0.8, 0.7, 0.3, 0.2, 0.1],
      targets: [true, true, true, true, true, true],
      setByFact,
    };
    expect(chooseThresholds([label], 0.5)).toEqual([0.5]);
  });

  it('keep a label silent that is mostly wrong, and let the others speak', () => {
    const good = {
      probabilities: [0.9, 0.85, 0.8, 0.75, 0.7, 0.6],
      targets: [true, true, true, true, true, true],
      setByFact,
    };
    const bad = {
      probabilities: [0.95, 0.9, 0.8, 0.3, 0.2, 0.1],
      targets: [false, true, false, true, false, false],
      setByFact,
    };
    const [high, low] = chooseThresholds([bad, good], 0.85) as [number, number];
    expect(high).toBeGreaterThan(1);
    expect(low).toBe(0.5);
  });

  it('rise when facts alone use up what may be wrong', () => {
    const probabilities = [0.9, 0.85, 0.8, 0.7, 0.65, 0.6];
    const sure = {
      probabilities,
      targets: [true, false, false, true, false, true],
      setByFact: setByFact.map(() => true),
    };
    const label = { probabilities, targets: [true, true, true, true, false, true], setByFact };
    const [alone] = chooseThresholds([label], 0.8) as [number];
    const [, beside] = chooseThresholds([sure, label], 0.8) as [number, number];
    expect(beside).toBeGreaterThan(alone);
  });
});

describe('folds', () => {
  it('are of the same size, and the same every time', () => {
    const parts = dealFolds(103, 10);
    const sizes = Array.from({ length: 10 }, (_, part) => parts.filter((of) => of === part).length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBe(1);
    expect(dealFolds(103, 10)).toEqual(parts);
    expect(parts).not.toEqual(parts.toSorted((a, b) => a - b));
  });
});

describe('words', () => {
  const stems = (text: string): string[] => wordsOf(text, 0, text.length, 100).map(({ stem }) => stem);

  it('are stemmed; compounds give themselves and their parts', () => {
    expect(stems('Authenticating users')).toEqual(['authent', 'user']);
    expect(stems('tool_use failed')).toEqual(['tool_use', 'tool', 'us', 'fail']);
  });

  it('are pairs in scripts without spaces, each at its own place', () => {
    expect(wordsOf('a 日本語', 0, 5, 100).slice(1)).toEqual([
      { stem: '日本', start: 2, end: 4 },
      { stem: '本語', start: 3, end: 5 },
    ]);
  });

  it('are no ids, and nothing out of the range', () => {
    expect(stems('20251128 deadbeefdeadbeefdeadbeefdeadbeefdeadbeef0 529')).toEqual(['529']);
    expect(wordsOf('one two three', 4, 7, 100).map(({ stem }) => stem)).toEqual(['two']);
  });

  it('stand where they say they stand', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        for (const { start, end } of wordsOf(text, 0, text.length, 50)) {
          expect(start).toBeLessThan(end);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { seed: 1 },
    );
  });
});
