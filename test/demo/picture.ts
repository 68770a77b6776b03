/**
 * `npm run picture`: the demo's first comment, set as GitHub sets Markdown, photographed by Chromium for the README: as a
 * desktop shows it, and as a phone does. Needs `chromium` on the PATH.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import MarkdownIt from 'markdown-it';
import { home, openNumbered, ours, runApp } from '../app/run-app.ts';
import { reports, threads } from './reports.ts';

const run = await runApp({
  before: (double) => {
    for (const { number, title } of threads)
      openNumbered(double, number, { repository: home, title, body: null, author: 'first-reporter' });
  },
});
const [first] = reports;
const { number } = run.double.openIssue({
  repository: home,
  title: first?.title ?? '',
  body: first?.body ?? '',
  author: first?.author ?? '',
});
await run.settle();
const [comment = ''] = ours(run.double, home, number);
await run.stop();

const require = createRequire(import.meta.url);
const style = readFileSync(require.resolve('github-markdown-css/github-markdown.css'), 'utf8');
const markdown = new MarkdownIt({ html: true, linkify: true });
const body = markdown.render(comment).replace(/(?<![\w/"])#(\d+)/g, '<a href="#">#$1</a>');
const page = `<!doctype html><meta charset="utf-8"><style>${style}
  body { margin: 0; padding: 16px; background: #f6f8fa; font-family: -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
  .box { background: #fff; border: 1px solid #d1d9e0; border-radius: 6px; max-width: 780px; margin: auto; overflow: hidden; }
  .head { background: #f6f8fa; border-bottom: 1px solid #d1d9e0; padding: 8px 16px; color: #59636e; font-size: 14px; }
  .head b { color: #1f2328; } .head span { border: 1px solid #d1d9e0; border-radius: 2em; padding: 0 7px; font-size: 12px; }
  .markdown-body { padding: 16px; font-size: 14px; }
</style><body><div class="box"><div class="head"><b>signpost</b> <span>bot</span> commented now</div><article class="markdown-body">${body}</article></div></body>`;

const folder = mkdtempSync(join(tmpdir(), 'signpost-picture-'));
try {
  const file = join(folder, 'comment.html');
  writeFileSync(file, page);
  for (const [name, size] of [
    ['comment', '820,560'],
    ['comment-phone', '412,760'],
  ] as const) {
    const flags = [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--hide-scrollbars',
      '--disable-background-networking',
      '--force-device-scale-factor=2',
      `--user-data-dir=${join(folder, name)}`,
    ];
    execFileSync(
      'chromium',
      [...flags, `--window-size=${size}`, `--screenshot=docs/pictures/${name}.png`, `file://${file}`],
      { stdio: 'ignore' },
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
