import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildAutomaton } from '../../src/match/automaton.ts';

const codes = (text: string) => Uint16Array.from(text, (char) => char.charCodeAt(0));

describe('the automaton', () => {
  it('finds what a search for each literal finds, overlaps included', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 5 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 60 });
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 12 }), text, (literals, haystack) => {
        const found: string[] = [];
        buildAutomaton(literals.map(codes)).scan(codes(haystack), (literal, end) => {
          found.push(`${literals[literal]}@${end}`);
        });
        const expected: string[] = [];
        for (let end = 1; end <= haystack.length; end++) {
          for (const literal of literals) {
            if (haystack.slice(0, end).endsWith(literal)) expected.push(`${literal}@${end}`);
          }
        }
        expect(found.toSorted()).toEqual(expected.toSorted());
      }),
    );
  });

  it('reads a text in linear time whatever the literals share', () => {
    const literals = Array.from({ length: 500 }, (_, length) => codes(`${'a'.repeat(length + 1)}b`));
    const automaton = buildAutomaton(literals);
    const start = performance.now();
    automaton.scan(codes('a'.repeat(256 * 1024)), () => {});
    expect(performance.now() - start).toBeLessThan(500);
  });
});
