import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { outcomes, readLabelled, scopeF1 } from '../../bench/labels-data.ts';
import { evaluateLabels } from '../../src/classify/index.ts';
import { run } from '../../src/cli/commands/eval-labels.ts';
import { files } from '../files.ts';
import { history } from './history.ts';

const lines = (count: number): string =>
  history(count)
    .map(({ report, labels }) => JSON.stringify({ title: report.title, body: report.body, labels }))
    .join('\n');

async function evaluate(options: Record<string, unknown>, given: Record<string, string | Uint8Array>) {
  const { io, out } = files(given);
  const code = await run([], options, io);
  return { code, ...out };
}

describe('signpost eval labels', () => {
  const both = { 'train.jsonl': lines(60), 'test.jsonl.gz': gzipSync(lines(12)) };
  const options = { train: 'train.jsonl', test: 'test.jsonl.gz' };

  it('prints one JSON document of the agreed shape', async () => {
    const { code, stdout } = await evaluate({ ...options, skip: 'bug,area:mail', json: true }, both);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      labels: {
        'area:print': { support: 6, precision: 1, recall: 1, f1: 1 },
        'platform:macos': { support: 4, precision: 1, recall: 1, f1: 1 },
        'platform:windows': { support: 4, precision: 1, recall: 1, f1: 1 },
        'platform:linux': { support: 4, precision: 1, recall: 1, f1: 1 },
      },
      micro: { precision: 1, recall: 1, f1: 1 },
      trainSeconds: expect.any(Number),
      perIssueMs: { p50: expect.any(Number), p99: expect.any(Number) },
    });
  });

  it('counts what was wrongly suggested and what was not', async () => {
    const wrong = lines(12).replaceAll('platform:macos', 'platform:linux');
    const { stdout } = await evaluate({ ...options, json: true }, { ...both, 'test.jsonl.gz': wrong });
    const { labels } = JSON.parse(stdout);
    expect(labels['platform:macos']).toEqual({ support: 0, precision: 0, recall: 1, f1: 0 });
    expect(labels['platform:linux']).toMatchObject({ support: 8, precision: 1, recall: 0.5 });
  });

  it('prints a table for people', async () => {
    const { code, stdout } = await evaluate(options, both);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^label .*precision .*recall .*f1\n/);
    expect(stdout).toMatch(/\nall .* 1\.000/);
  });

  it.each([
    ['no file', { train: 'train.jsonl' }, {}, /^signpost: --test is missing/],
    ['a file that is not there', { ...options, test: 'none' }, {}, /^signpost: none cannot be read/],
    [
      'a line that is no JSON',
      options,
      { 'train.jsonl': `${lines(1)}\n{` },
      /^signpost: train\.jsonl:2: not JSON/,
    ],
    [
      'a line without labels',
      options,
      { 'train.jsonl': '{"title":"a","body":null}' },
      /train\.jsonl:1: labels: .*\(expected a JSON object/,
    ],
    ['an empty file', options, { 'train.jsonl': '\n' }, /train\.jsonl:1: no issue/],
  ])('exits with 2 and one line for %s', async (_, given, changed, message) => {
    const { code, stdout, stderr } = await evaluate(given, { ...both, ...changed });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('on real issues', () => {
  const data = readLabelled();

  it.skipIf(data === null)('suggests what was set, on the newer 200', { timeout: 180_000 }, () => {
    const result = evaluateLabels(data!.train, data!.test, { skip: outcomes }, () => performance.now());
    expect(result.micro.precision).toBeGreaterThanOrEqual(0.88);
    expect(result.micro.recall).toBeGreaterThanOrEqual(0.66);
    expect(scopeF1(result.labels, 'platform:')).toBeGreaterThanOrEqual(0.9);
  });
});
