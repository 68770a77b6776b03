import { describe, expect, test } from 'vitest';
import { predict, type Tree } from '../../../src/duplicates/ranking/trees.ts';
import { learnForest, type Sample } from '../../../src/duplicates/training/forest.ts';

/** A square of points, and beside them a feature that says nothing. */
const samples: Sample[] = Array.from({ length: 400 }, (_, i) => {
  const [x, y] = [(i % 20) / 20, Math.floor(i / 20) / 20];
  // Either of the two counts only beside the other.
  return { features: [x, y, 7], target: x < 0.5 === y < 0.5 ? 0.9 : 0.1, weight: 1 };
});

/** How many of the samples reach each answer. */
function reached(tree: Tree, those = samples): number[] {
  if (typeof tree === 'number') return [those.length];
  const [feature, limit, below, otherwise] = tree;
  const isBelow = ({ features }: Sample) => (features[feature] ?? 0) < limit;
  return [
    ...reached(below, those.filter(isBelow)),
    ...reached(
      otherwise,
      those.filter((sample) => !isBelow(sample)),
    ),
  ];
}

describe('a forest', () => {
  const trees = learnForest(samples, 20);

  test('says what counts only beside something else', () => {
    expect(predict(trees, [0.2, 0.2, 7])).toBeGreaterThan(0.8);
    expect(predict(trees, [0.2, 0.8, 7])).toBeLessThan(0.2);
    expect(predict(trees, [0.8, 0.8, 7])).toBeGreaterThan(0.8);
  });

  test('answers by eight samples or more, each of which reaches one answer', () => {
    for (const tree of trees) {
      const counts = reached(tree);
      expect(Math.min(...counts)).toBeGreaterThanOrEqual(8);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(samples.length);
    }
  });

  test('is the same every time, as JSON too, of trees that differ', () => {
    expect(learnForest(samples, 20)).toEqual(trees);
    expect(JSON.parse(JSON.stringify(trees))).toEqual(trees);
    expect(trees[0]).not.toEqual(trees[1]);
  });

  test('of samples that agree, or that look the same, asks nothing', () => {
    const agreeing = samples.map(({ features }) => ({ features, target: 0.25, weight: 1 }));
    const alike = samples.map(({ target }) => ({ features: [1, 2], target, weight: target }));
    expect(learnForest(agreeing, 1)).toEqual([0.25]);
    expect(learnForest(alike, 1)).toEqual([0.82]);
    expect(learnForest([], 5)).toEqual([]);
  });
});
