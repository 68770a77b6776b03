import { describe, expect, test } from 'vitest';
import { probabilityOf } from '../../../src/duplicates/ranking/link.ts';
import { learnLink } from '../../../src/duplicates/training/learn-link.ts';
import { seededRandom } from '../../../src/numerics/random.ts';

const random = seededRandom(1);
const rows = Array.from({ length: 600 }, () => [random(), random(), random()] as const);

describe('the probability of a link', () => {
  test('is of duplicates, marked or not', () => {
    // The marks miss six of ten duplicates, whatever they look like.
    const examples = rows.map((row, i) => {
      const same = row[0] > 0.7;
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
      const same = row[0] > 0.5 === row[1] > 0.5;
      return { features: row, marked: false, read: same ? 0.9 : 0.1 };
    });
    const link = learnLink(examples);
    expect(probabilityOf(link, [0.8, 0.8, 0.5])).toBeGreaterThan(0.65);
    expect(probabilityOf(link, [0.8, 0.2, 0.5])).toBeLessThan(0.35);
    expect(probabilityOf(link, [0.2, 0.8, 0.5])).toBeLessThan(0.35);
  });
});
