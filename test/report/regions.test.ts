import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readReport } from '../../src/report/index.ts';

/** Pieces that, glued together, look like reports gone wrong. */
const piece = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '\n',
    '\r\n',
    '\n\n',
    ' ',
    '### What happened?\n\n',
    '```',
    '```shell\n',
    '~~~\n',
    '- [x] done\n',
    '> ',
    '<!--',
    '-->',
    '`',
    '``',
    '    indented\n',
    'Error: it broke\n',
    '    at run (/a/b.js:1:2)\n',
    '$ claude mcp list\n',
    '_No response_',
    '**OS:** macOS 15.5\n',
    '\0',
    '\ud800',
    '1. ',
    '| a | b |\n',
    '---\n',
  ),
);
const body = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

describe('regions', () => {
  test('lie inside the text, in order, without overlaps, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), body, (title, body) => {
        const report = readReport({ title, body });
        expect(report.title).toBe(title);
        expect(report.body).toBe(body);
        for (const list of [report.prose, report.code, report.errors, report.frames, report.commands]) {
          let until = 0;
          for (const { start, end } of list) {
            expect(start).toBeGreaterThanOrEqual(until);
            expect(end).toBeGreaterThan(start);
            until = end;
          }
          expect(until).toBeLessThanOrEqual(body.length);
        }
        for (const { field, start, end } of report.facts) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual((field === 'title' ? title : body).length);
        }
        for (const { start, end } of report.sections) {
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(body.length);
        }
      }),
      { numRuns: 500 },
    );
  });
});
