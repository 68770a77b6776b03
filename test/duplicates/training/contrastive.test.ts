import { describe, expect, test } from 'vitest';
import type { SparseVector } from '../../../src/duplicates/search-index/document.ts';
import { type Pair, trainContrastive } from '../../../src/duplicates/training/contrastive.ts';
import { seededRandom } from '../../../src/numerics/random.ts';

type Vectors = Float32Array;

const width = 16;
const topics = 30;

function rowOf(columns: readonly number[]): SparseVector {
  return { columns: Uint32Array.from(columns), values: new Float32Array(columns.length).fill(1) };
}

/** Titles and bodies of each topic have words of their own, and none in common. */
const titleWord = (topic: number) => topic;
const bodyWord = (topic: number) => topics + topic;
const otherWord = 2 * topics;
const pairs = Array.from({ length: 600 }, (_, i): Pair => {
  const topic = i % topics;
  return [rowOf([titleWord(topic), otherWord]), rowOf([bodyWord(topic), otherWord])];
});

function start(): Float32Array {
  const random = seededRandom(1);
  return Float32Array.from({ length: (otherWord + 1) * width }, () => 2 * random() - 1);
}

function cosine(vectors: Vectors, a: number, b: number): number {
  const [one, other] = [a, b].map((word) => vectors.subarray(word * width, (word + 1) * width));
  const dot = (x: Vectors = new Float32Array(), y = x) =>
    x.reduce((sum, value, d) => sum + value * (y[d] ?? 0), 0);
  return dot(one, other) / Math.sqrt(dot(one) * dot(other));
}

/** How many topics' titles are nearer to their own bodies than to all others. */
function found(vectors: Float32Array): number {
  return Array.from({ length: topics }, (_, topic) => topic).filter((topic) => {
    const near = Array.from({ length: topics }, (_, other) =>
      cosine(vectors, titleWord(topic), bodyWord(other)),
    );
    return near.indexOf(Math.max(...near)) === topic;
  }).length;
}

describe('a contrast of titles and bodies', () => {
  const vectors = start();
  trainContrastive(vectors, width, pairs);

  test('brings together words that say the same and never stand together', () => {
    expect(found(start())).toBeLessThan(topics / 3);
    expect(found(vectors)).toBeGreaterThan(topics * 0.9);
  });

  test('is the same every time', () => {
    const again = start();
    trainContrastive(again, width, pairs);
    expect(again).toEqual(vectors);
  });

  test('leaves words alone of which no pair has any, and all where there are few pairs', () => {
    const more = Float32Array.from([...start(), ...new Float32Array(width).fill(1)]);
    trainContrastive(more, width, pairs);
    expect(more.slice(-width)).toEqual(new Float32Array(width).fill(1));
    const few = start();
    trainContrastive(few, width, pairs.slice(0, 20));
    expect(few).toEqual(start());
    trainContrastive(new Float32Array(), width, []);
  });

  test('an empty text moves nothing out of the numbers', () => {
    const some = start();
    trainContrastive(some, width, [...pairs, ...pairs.map(([title]): Pair => [title, rowOf([])])]);
    expect(some.every(Number.isFinite)).toBe(true);
  });
});
