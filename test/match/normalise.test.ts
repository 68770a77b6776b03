import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gap, normalise, normalisePhrase } from '../../src/match/normalise.ts';

const all = (raw: string) => normalise(raw, [{ start: 0, end: raw.length }]);
const read = (codes: Uint16Array) => String.fromCharCode(...codes).replaceAll(String.fromCharCode(gap), '');

describe('normalised text', () => {
  it.each([
    ['Needs   Authentication', 'needs authentication'],
    ['needs\n> authentication', 'needs authentication'],
    ['**needs** _authentication_', 'needs authentication'],
    ['`tool_use` ids', 'tool_use ids'],
    ['__init__ and __bold__ text', 'init and bold text'],
    ['mcp__corp__authenticate', 'mcp__corp__authenticate'],
    ['“quoted” – ‘it’s’…', "\"quoted\" - 'it's'..."],
    ['{\\"type\\":\\"x\\"}', '{"type":"x"}'],
    ['│ Error: no │', 'error: no'],
    ['~~gone~~ ~/.claude', 'gone ~/.claude'],
    ['C:\\Users\\me', 'c:\\users\\me'],
    ['soft\u00adhyphen zero\u200bwidth', 'softhyphen zerowidth'],
  ])('of %j is %j', (raw, expected) => {
    expect(read(normalisePhrase(raw))).toBe(expected);
  });

  it('maps every unit to the raw place that it came from', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (raw) => {
        const { codes, starts } = all(raw);
        for (let at = 0; at < codes.length; at++) {
          const start = starts[at] ?? -1;
          expect(start).toBeGreaterThanOrEqual(at === 0 ? 0 : (starts[at - 1] ?? 0));
          if (codes[at] === gap) continue;
          const plain = read(normalisePhrase(raw.charAt(start)));
          // A unit by itself normalises to the same, unless it is a mark or white space there.
          if (plain !== '' && codes[at] !== 32) expect(plain).toContain(String.fromCharCode(codes[at] ?? 0));
        }
      }),
    );
  });

  it('is the same for a text and its normalised self', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'B', ' ', '\n', '"', '’', '-', '—', '.'), maxLength: 40 }),
        (raw) => {
          const once = read(normalisePhrase(raw));
          expect(read(normalisePhrase(once))).toBe(once);
        },
      ),
    );
  });

  it('puts a gap between stretches, so that no phrase spans what is not content', () => {
    const raw = 'needs TEMPLATE authentication';
    const { codes } = normalise(raw, [
      { start: 0, end: 6 },
      { start: 15, end: raw.length },
    ]);
    expect(String.fromCharCode(...codes)).toBe('needs \u0000authentication\u0000');
  });
});
