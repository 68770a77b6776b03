import { describe, expect, test } from 'vitest';
import { rankClusters } from '../../../src/duplicates/ranking/candidates.ts';

describe('candidates', () => {
  const ranked = (roots: number[], scores: number[]) => {
    const candidates = {
      numbers: roots.map((_, row) => row + 1),
      roots,
      rows: new Float32Array(0),
      knownShare: 0,
      knownProximity: 0,
    };
    return rankClusters(candidates, Float64Array.from(scores));
  };

  test('stand by the share of all that is known to be one problem, at their best member', () => {
    // The second and the third are one problem, and together likelier than the first.
    const { shares, order } = ranked([1, 2, 2, 4], [2, 1.8, 1.9, 0]);
    expect(order).toEqual([2, 0, 3]);
    expect(shares[0]).toBeCloseTo(
      (Math.exp(1.8) + Math.exp(1.9)) / (Math.exp(2) + Math.exp(1.8) + Math.exp(1.9) + 1),
    );
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
    expect(ranked([1, 2, 2, 4], [2, 0, 0.5, 0]).order[0]).toBe(0);
  });

  test('that are equal stand as the index found them', () => {
    expect(ranked([1, 2, 3], [1, 1, 1]).order).toEqual([0, 1, 2]);
    expect(ranked([], []).order).toEqual([]);
  });
});
