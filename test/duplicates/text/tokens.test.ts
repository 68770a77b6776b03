import { describe, expect, test } from 'vitest';
import { visitTerms } from '../../../src/duplicates/text/tokens.ts';

/** The distinct terms of a text. */
function keys(text: string): Set<string> {
  const found = new Set<string>();
  visitTerms(text, 0, text.length, ({ high, low }) => found.add(`${high}.${low}`));
  return found;
}

function commonKeys(a: string, b: string): number {
  const others = keys(b);
  return [...keys(a)].filter((key) => others.has(key)).length;
}

describe('terms', () => {
  test('the same word in another form is the same term', () => {
    expect(commonKeys('crashes', 'crashed')).toBe(1);
    expect(commonKeys('Duplicate reports', 'duplicated report')).toBe(2);
  });

  test('identifiers give their parts and themselves', () => {
    expect(keys('readConfigFile').size).toBe(4);
    expect(commonKeys('readConfigFile', 'config')).toBe(1);
    expect(commonKeys('read_config', 'read_config')).toBe(3);
    expect(commonKeys('HTTPServer', 'server')).toBe(1);
  });

  test('versions stay whole, single digits and function words give nothing', () => {
    expect(commonKeys('fails on 1.2.3', 'since 1.2.3.')).toBe(1);
    expect(keys('the 7 of it').size).toBe(0);
  });

  test('references to issues give nothing, other addresses do', () => {
    expect(keys('#4711').size).toBe(0);
    expect(keys('https://github.com/o/r/issues/4711').size).toBe(0);
    expect(keys('see https://github.com/o/r/pull/4711#discussion_r1 there').size).toBe(
      keys('see there').size,
    );
    expect(keys('https://example.com/docs').size).toBeGreaterThan(2);
  });

  test('scripts without spaces give pairs', () => {
    expect(commonKeys('\u8a2d\u5b9a\u30d5\u30a1\u30a4\u30eb', '\u8a2d\u5b9a')).toBe(1);
  });

  test('offsets are those of the word', () => {
    const places: string[] = [];
    const text = 'It: panics, twice';
    visitTerms(text, 0, text.length, (_, start, end) => places.push(text.slice(start, end)));
    expect(places).toEqual(['panics', 'twice']);
  });

  test('a hostile text costs no more than its length', () => {
    const started = performance.now();
    for (const piece of ['a', 'aA', '_', '#', 'http://', 'y', '1.', '\u8a2d'])
      keys(piece.repeat(262_144 / piece.length));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
