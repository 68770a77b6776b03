import { expect, test } from 'vitest';
import { judge, type Report } from './survivors.ts';

const source = 'export const a = 1;\nif (a\n  > 0) go();\n';
const mutant = (status: string, replacement: string, from: [number, number], to: [number, number]) => ({
  mutatorName: 'Any',
  replacement,
  status,
  location: { start: { line: from[0], column: from[1] }, end: { line: to[0], column: to[1] } },
});
const report: Report = {
  files: {
    'src/learn/a.ts': {
      source,
      mutants: [
        mutant('Survived', 'a >= 0', [2, 5], [3, 6]),
        mutant('Killed', '2', [1, 18], [1, 19]),
        mutant('NoCoverage', '{}', [3, 8], [3, 13]),
        mutant('Timeout', 'true', [2, 5], [3, 6]),
      ],
    },
    'src/act/b.ts': { source, mutants: [mutant('Killed', '2', [1, 18], [1, 19])] },
  },
};
const known = { file: 'src/learn/a.ts', code: 'a > 0', broken: 'a >= 0', why: 'a is never 0' };

test('what no test noticed is named with its place, its code, and how it was broken', () => {
  const { lines, unexplained } = judge(report, []);
  expect(unexplained).toBe(2);
  expect(lines).toEqual([
    'room           tried     noticed    accepted    survived',
    'learn              4           2           0           2',
    'act                1           1           0           0',
    'src/learn/a.ts:2: a > 0 → a >= 0 (expected a test that notices)',
    'src/learn/a.ts:3: go(); → {} (expected a test that notices)',
  ]);
});

test('what is known to do no harm is accepted by its code; a reason that is of no use any more is named', () => {
  const gone = { ...known, code: 'b > 0' };
  const elsewhere = { ...known, file: 'src/decide/c.ts' };
  const { lines, unexplained } = judge(report, [known, gone, elsewhere]);
  expect(unexplained).toBe(1);
  expect(lines[1]).toBe('learn              4           2           1           1');
  expect(lines.at(-1)).toBe('accepted.json: src/learn/a.ts: b > 0 does not survive any more');
  expect(lines.join()).not.toContain('decide/c.ts');
});

test('of long code only what differs is shown', () => {
  const long = (middle: string): string => `/${'a'.repeat(100)}${middle}${'b'.repeat(100)}/`;
  const files = {
    'src/act/c.ts': { source: long('x'), mutants: [mutant('Survived', long('yz'), [1, 1], [1, 204])] },
  };
  expect(judge({ files }, []).lines.at(-1)).toBe(
    `src/act/c.ts:1: …${'a'.repeat(40)}x${'b'.repeat(39)}… → …${'a'.repeat(40)}yz${'b'.repeat(38)}… (expected a test that notices)`,
  );
});
