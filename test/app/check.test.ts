import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reports } from '../demo/reports.ts';
import { home, type RunningApp, runApp } from './run-app.ts';

let run: RunningApp;
let page = '';
beforeAll(async () => {
  run = await runApp();
  page = await readFile('signatures/claude-code/api-529-overloaded.md', 'utf8');
  for (const { title, body, author } of reports)
    run.double.openIssue({ repository: home, title, body, author });
  run.double.openIssue({
    repository: home,
    title: 'API Error: 529 Overloaded',
    body: 'All day: `API Error: 529 Overloaded`',
    author: 'x',
  });
  await run.settle();
});
afterAll(async () => {
  expect(run.double.deviations).toEqual([]);
  await run.stop();
});

async function checked(files: Record<string, string>) {
  const pull = run.double.openPullRequest({ repository: home, title: 'Pages', author: 'author', files });
  await run.settle();
  const runs = [...pull.repository.checkRuns.values()].filter(
    ({ headSha }) => headSha === pull.pull?.headSha,
  );
  return runs;
}

test('a pull request with a sound page gets a green check with the backtest on the repository\u2019s own issues', async () => {
  const [check, ...more] = await checked({ '.github/signatures/api-529-overloaded.md': page });
  expect(more).toEqual([]);
  expect(check).toMatchObject({ conclusion: 'success', name: 'Signpost pages', annotations: [] });
  expect(check?.summary).toContain('api-529-overloaded');
});

test('problems of pages and settings become annotations at their lines', async () => {
  const broken = page.replace('category: model-provider', 'category: weather');
  const [check] = await checked({
    '.github/signatures/broken.md': broken,
    '.github/signpost.yml': 'mode: advise\nloud: true\n',
  });
  expect(check?.conclusion).toBe('failure');
  expect(check?.annotations).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ path: '.github/signpost.yml', start_line: 2, annotation_level: 'failure' }),
      expect.objectContaining({
        path: '.github/signatures/broken.md',
        start_line: broken.split('\n').findIndex((line) => line.startsWith('category')) + 1,
      }),
    ]),
  );
});

test('a pull request that touches neither gets none', async () => {
  expect(await checked({ 'README.md': 'hello' })).toEqual([]);
});

test('more than fifty problems are reported in several calls', async () => {
  const keys = Array.from({ length: 120 }, (_, at) => `key${at}: 1`).join('\n');
  const [check] = await checked({ '.github/signpost.yml': `${keys}\n` });
  expect(check?.annotations).toHaveLength(120);
});
