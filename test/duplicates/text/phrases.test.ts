import { describe, expect, test } from 'vitest';
import { comparePhrases } from '../../../src/duplicates/text/phrases.ts';

/** Titles as letters; each tells as much as the alphabet is long up to it. */
function compare(query: string, candidate: string) {
  const terms = (title: string) => [...title].map((letter) => letter.charCodeAt(0) - 96);
  return comparePhrases(terms(query), terms(query), terms(candidate));
}

describe('what two titles have in common in order', () => {
  test('is the pairs of neighbours, and the run that tells most', () => {
    expect(compare('abcxyz', 'abcqyz')).toEqual({ pairs: 3, longest: 25 + 26 });
    expect(compare('abc', 'abc')).toEqual({ pairs: 2, longest: 6 });
  });

  test('counts a pair once, however often the candidate has it', () => {
    expect(compare('ab', 'abab')).toEqual({ pairs: 1, longest: 3 });
    expect(compare('abab', 'ab')).toEqual({ pairs: 2, longest: 3 });
  });

  test('is nothing without a word in common, and no pair of words that lie apart', () => {
    expect(compare('abc', 'xyz')).toEqual({ pairs: 0, longest: 0 });
    expect(compare('acb', 'abc')).toEqual({ pairs: 0, longest: 3 });
    expect(compare('', 'a')).toEqual({ pairs: 0, longest: 0 });
  });
});
