import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { run } from '../../../src/cli/commands/eval-duplicates.ts';
import { shippedModel } from '../../../src/duplicates/index.ts';
import { files } from '../../files.ts';

const row = (number: number, title: string) =>
  JSON.stringify({
    number,
    title,
    body: null,
    author: 'someone',
    created_at: `2024-01-${String(number).padStart(2, '0')}T00:00:00Z`,
    closed_at: number === 3 ? '2024-01-20T00:00:00Z' : null,
  });
const issues = [row(1, 'Crash in the parser'), row(2, 'Wrong colour'), row(3, 'Parser crash')].join('\n');

async function evaluateFiles(
  given: Readonly<Record<string, string | Uint8Array>>,
  options: Record<string, unknown> = {},
) {
  const { io, out } = files(given);
  const code = await run([], { issues: 'i.jsonl', clusters: 'c.json', ...options }, io);
  return { code, ...out };
}

const literally = (text: string) => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));

describe('eval duplicates', () => {
  test('prints one JSON document', async () => {
    for (const file of [issues, gzipSync(issues)]) {
      const { code, stdout } = await evaluateFiles(
        { 'i.jsonl': file, 'c.json': '[[1,3]]' },
        { from: '2', json: true, bar: '0.25' },
      );
      expect(code).toBe(0);
      const summary = JSON.parse(stdout);
      expect(summary).toMatchObject({
        queries: 1,
        recallRate: { '1': 1, '20': 1 },
        mrr: 1,
        links: { bar: 0.25 },
      });
      expect(Object.keys(summary.queryMs)).toEqual(['p50', 'p99']);
      expect(summary.rssMiB).toBeGreaterThan(10);
    }
  });

  /** Lines that compress badly, so that what is cut off is not all of them. */
  const noise = Array.from({ length: 997 }, (_, n) => createHash('sha512').update(`${n}`).digest('hex')).join(
    '\n',
  );
  const good = { 'i.jsonl': issues, 'c.json': '[[1,3]]' };
  test.each([
    [
      'an unknown issue in a cluster',
      { ...good, 'c.json': '[\n[1,3],\n[2,77]]' },
      'c.json:3: unknown issue 77 (expected',
    ],
    [
      'an issue in two clusters',
      { ...good, 'c.json': '[[1,3],\n[3,2]]' },
      'c.json:2: issue 3 again (expected',
    ],
    ['clusters of another shape', { ...good, 'c.json': '{"a":1}' }, 'c.json:1: value: '],
    [
      'a number twice',
      { ...good, 'i.jsonl': `${issues}\n${row(2, 'Again')}` },
      'i.jsonl:4: issue 2 again, first on line 2 (expected',
    ],
    [
      'a line that is not JSON',
      { ...good, 'i.jsonl': `${row(1, 'x')}\n{"number": 2,\n` },
      'i.jsonl:2: not JSON (expected',
    ],
    [
      'a line without a title',
      { ...good, 'i.jsonl': '{"number": 2, "created_at": "2024-01-01T00:00:00Z"}' },
      'i.jsonl:1: title: ',
    ],
    [
      'a gzip file that is cut off',
      { ...good, 'i.jsonl': gzipSync(issues).subarray(0, 60) },
      'i.jsonl:1: a gzip file that is cut off or damaged (expected',
    ],
    [
      'a gzip file that is cut off far down',
      { ...good, 'i.jsonl': gzipSync(`${issues}\n${noise}`).subarray(0, -4000) },
      /i\.jsonl:[4-9]\d\d: a gzip file that is cut off or damaged \(expected/,
    ],
    [
      'bytes that are not UTF-8',
      { ...good, 'i.jsonl': Uint8Array.of(0xc3, 0x28) },
      'i.jsonl:1: not UTF-8 (expected',
    ],
    ['an empty file', { ...good, 'i.jsonl': '\n' }, 'i.jsonl:1: no issue (expected'],
    ['a file that is not there', { 'c.json': '[]' }, 'i.jsonl cannot be read (expected'],
  ])('%s: one line, exit 2', async (_, files, line) => {
    const { code, stdout, stderr } = await evaluateFiles(files);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(line instanceof RegExp ? line : literally(line));
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('shipped weights that know the issues asked about are refused', async () => {
    const [number, createdAt] = shippedModel().sampleIssues[0]!;
    const known = JSON.stringify({
      number,
      title: 'x',
      author: 'y',
      created_at: new Date(createdAt).toISOString(),
    });
    const { code, stderr } = await evaluateFiles({ 'i.jsonl': known, 'c.json': '[]' }, { from: '1' });
    expect(code).toBe(2);
    expect(stderr).toContain(
      'the shipped weights were learned from these issues up to 17599 (expected --train-until',
    );
  });

  test.each([
    [{ from: 'x' }, '--from x (expected a whole number)'],
    [{ from: '2', trainUntil: '3' }, '--train-until 3: '],
    [{ issues: undefined }, '--issues is missing'],
    [{ from: '2', bar: '90' }, '--bar 90 (expected a probability from 0 to 1)'],
    [{ from: '2', bar: '' }, '--bar  (expected a probability from 0 to 1)'],
    [{ from: '2', links: '/nowhere/at/all' }, '--links /nowhere/at/all cannot be written (expected'],
  ])('arguments that cannot be: %j', async (options, line) => {
    const { code, stderr } = await evaluateFiles(good, options);
    expect(code).toBe(2);
    expect(stderr).toContain(line);
  });
});
