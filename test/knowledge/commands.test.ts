// The commands of page authors, over files that exist only here.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { run as runBacktest } from '../../src/cli/commands/backtest.ts';
import { run as runEval } from '../../src/cli/commands/eval-signatures.ts';
import { run as runLint } from '../../src/cli/commands/lint.ts';
import { files } from '../files.ts';
import { frontMatter, page } from './pages.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

const jsonl = (...rows: object[]) => rows.map((row) => JSON.stringify(row)).join('\n');
const pump = page(
  frontMatter('pump').replace('the pump exploded at noon', '{ text: my pump exploded at noon, from: 7 }'),
);
const pages: Files = {
  'pages/pump.md': pump,
  'pages/valve.md': page(frontMatter('valve').replace('[12, 34]', '[56]')),
};
const issues = jsonl(
  { number: 1, title: 'Bad day', body: 'the pump exploded' },
  { number: 2, title: 'Good day', body: 'the sun shines' },
);

describe('signpost lint', () => {
  it('is fine with sound pages, and prints one JSON document on request', async () => {
    const { io, out } = files(pages);
    expect(await runLint(['pages'], { json: true }, io)).toBe(0);
    expect(JSON.parse(out.stdout)).toEqual({ pages: 2, problems: [] });
  });

  it('exits with 1 and file:line:col for each problem, and checks the rest', async () => {
    const { io, out } = files({ ...pages, 'pages/bad.md': '---\nid: [\n---\n' });
    expect(await runLint(['pages'], {}, io)).toBe(1);
    expect(out.stdout).toMatch(/^pages\/bad\.md:\d+:\d+: not YAML/m);
    expect(out.stdout).toMatch(/^3 pages, \d+ problems$/m);
  });

  it('looks where pages and settings usually are', async () => {
    const { io, out } = files({
      '.github/signatures/pump.md': pump,
      '.github/signpost.yml': 'mode: shout\n',
    });
    expect(await runLint([], {}, io)).toBe(1);
    expect(out.stdout).toMatch(/^\.github\/signpost\.yml:1:7: /m);
    expect(out.stdout).toMatch(/^1 page, 1 problem$/m);
  });

  it('exits with 2 for what is not there', async () => {
    const { io, out } = files(pages);
    expect(await runLint(['nowhere'], {}, io)).toBe(2);
    expect(out.stderr).toBe('signpost: nowhere cannot be read (expected a page, or a folder of pages)\n');
  });
});

describe('signpost eval signatures', () => {
  const cases = jsonl(
    { number: 7, title: 'a', body: 'my pump exploded at noon', signature: 'pump', certainty: 'sure' },
    { number: 8, title: 'b', body: 'the valve exploded', signature: 'pump', certainty: 'sure' },
    { number: 9, title: 'c', body: 'nothing', signature: null, certainty: 'sure' },
    { number: 10, title: 'd', body: 'nothing', signature: 'pump', certainty: 'doubtful' },
  );
  const options = { signatures: 'pages', cases: 'cases.jsonl', json: true };
  const evaluate = async (given: Files, more: Record<string, unknown> = {}) => {
    const { io, out } = files({ ...pages, ...given });
    const code = await runEval([], { ...options, ...more }, io);
    return { code, ...out };
  };

  it('counts what would be posted, right and wrong', async () => {
    const { code, stdout } = await evaluate({ 'cases.jsonl': cases });
    expect(code).toBe(0);
    const result = JSON.parse(stdout);
    expect(result.signatures).toEqual({
      pump: { positives: 2, found: 1, falsePositives: 0, precision: 1, recall: 0.5 },
      valve: { positives: 0, found: 0, falsePositives: 1, precision: null, recall: null },
    });
    expect(result.macro).toEqual({ precision: 1, recall: 0.5, f1: 2 / 3 });
    expect(Object.keys(result)).toEqual(
      expect.arrayContaining(['background', 'perReportMs', 'rulesOnly', 'modelOnly']),
    );
  });

  it('counts doubtful cases on request', async () => {
    const { stdout } = await evaluate({ 'cases.jsonl': cases }, { doubtful: true });
    expect(JSON.parse(stdout).signatures.pump.positives).toBe(3);
  });

  it('lists every hit of a background, gzipped or not', async () => {
    const { stdout } = await evaluate(
      { 'cases.jsonl': cases, 'issues.jsonl.gz': gzipSync(issues) },
      { background: 'issues.jsonl.gz' },
    );
    const { background } = JSON.parse(stdout);
    expect(background).toMatchObject({ issues: 2, rate: 0.5, hits: [{ number: 1, signature: 'pump' }] });
  });

  it.each([
    ['no cases', {}, {}, 'cases.jsonl cannot be read'],
    ['a line that is no JSON', { 'cases.jsonl': `${cases}\n{oops` }, {}, 'cases.jsonl:5: not JSON'],
    [
      'a signature without a page',
      { 'cases.jsonl': cases.replace('"pump"', '"boiler"') },
      {},
      'cases.jsonl:1: unknown signature boiler',
    ],
    [
      'a gzip file that is cut off',
      { 'cases.jsonl': cases, 'b.gz': gzipSync(issues).subarray(0, 40) },
      { background: 'b.gz' },
      'b.gz:1: a gzip file that is cut off',
    ],
    ['no folder of pages', { 'cases.jsonl': cases }, { signatures: 'none' }, 'none cannot be read'],
  ])('exits with 2 for %s', async (_, given, more, message) => {
    const { code, stderr } = await evaluate(given as Files, more);
    expect(code).toBe(2);
    expect(stderr).toContain(`signpost: ${message}`);
  });
});

describe('signpost backtest', () => {
  const backtest = async (given: Files, args: string[], options: Record<string, unknown>) => {
    const { io, out } = files({ ...pages, 'issues.jsonl': issues, ...given });
    return { code: await runBacktest(args, { issues: 'issues.jsonl', ...options }, io), ...out };
  };

  it('shows hits with their evidence, and what is new and lost', async () => {
    const before = page(frontMatter('pump', 'sun shines'));
    const { code, stdout } = await backtest({ 'old/pump.md': before }, ['pages'], {
      against: 'old',
      json: true,
    });
    expect(code).toBe(0);
    const { signatures } = JSON.parse(stdout);
    expect(signatures[0]).toMatchObject({ signature: 'pump', hits: [{ number: 1 }], added: [1], lost: [2] });
    expect(signatures[0].hits[0].evidence[0].text).toBe('pump exploded');
    expect(signatures[0].precision).toBeGreaterThan(0.9);
  });

  it('writes Markdown in which no word of a reporter notifies anybody', async () => {
    const rude = jsonl({ number: 3, title: '@octocat fixes #12 | `x`', body: 'pump exploded' });
    const { stdout } = await backtest({ 'issues.jsonl': rude }, ['pages'], {
      against: 'pages',
      markdown: true,
    });
    expect(stdout).toContain("`@octocat fixes #12 ¦ 'x'`");
    expect(stdout).toContain('| pump | 1 | 0 | 0 | 95 % |');
  });

  it('names a broken page and tests the others', async () => {
    const bad = { 'pages/bad.md': '---\nid: [\n---\n' };
    const { code, stdout, stderr } = await backtest(bad, ['pages'], { against: 'pages' });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^pages\/bad\.md:/m);
    expect(stdout).toMatch(/^pump +1 /m);
  });

  it('exits with 2 without issues', async () => {
    const { code, stderr } = await backtest({}, ['pages'], { issues: undefined });
    expect(code).toBe(2);
    expect(stderr).toBe('signpost: --issues is missing (expected a file of issues)\n');
  });
});
