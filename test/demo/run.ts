/**
 * `npm run demo`: the real App on loopback, with an embedded SQLite file, against a GitHub in a box. People open issues,
 * edit and answer; the terminal shows what Signpost did to each and why. `--json`: the same as one document.
 */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsPerson } from '../../src/adapters/github/connect-person.ts';
import { readShippedPacks } from '../../src/adapters/packs/read-packs.ts';
import { backfill } from '../../src/app/digests/backfill.ts';
import { formatIssue, type IssueView, viewIssue } from '../../src/cli/format-issue.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { createKnowledgeBase } from '../../src/repository/knowledge-base.ts';
import { createSettingsCache } from '../../src/repository/settings.ts';
import { home, openNumbered, ours, type RunningApp, runApp } from '../app/run-app.ts';
import { createTestClock } from '../clock.ts';
import { historyStart, openHistory } from './history.ts';
import { history, reports, threads } from './reports.ts';

const started = performance.now();
const json = process.argv.includes('--json');
const unknown = process.argv.slice(2).find((argument) => argument !== '--json');
if (unknown !== undefined) {
  process.stderr.write(`demo: unknown argument "${unknown}" (expected --json or nothing)\n`);
  process.exit(2);
}

const pageFile = 'report.html';
const folder = await mkdtemp(join(tmpdir(), 'signpost-demo-'));
const says = (text: string): void => void (json ? process.stderr : process.stdout).write(text);
try {
  const clock = createTestClock(200, historyStart());
  const run = await runApp({
    clock,
    store: join(folder, 'signpost.sqlite'),
    before: async (double) => {
      openThreads(double);
      await openHistory(double, home, clock);
    },
  });
  const filled = await fillHistory(run, clock);
  says(
    `Signpost serves ${home} on ${run.app().url}; GitHub is played by ${run.double.url}. ${reports.length} people open an issue; the clock runs 200 times as fast. Before, ${filled} issues of twelve weeks were read in silence.\n\n`,
  );
  run.double.resetCalls();
  const numbers = reports.map(
    ({ title, body, author }) => run.double.openIssue({ repository: home, title, body, author }).number,
  );
  await run.settle();
  for (const [index, { later, author }] of reports.entries()) {
    const where = { repository: home, number: numbers[index] ?? 0 };
    if (later === undefined) continue;
    if ('edit' in later) run.double.editIssue(where, { ...later.edit, by: author });
    else run.double.comment(where, later.comment, author);
  }
  await run.settle();

  const issues: IssueView[] = [];
  for (const number of numbers) issues.push(await shown(run, number));
  const page = await fetch(run.app().url);
  if (!page.ok) throw new Error(`the maintainers\u2019 page answered ${page.status}`);
  await writeFile(pageFile, await page.text());
  const calls = run.double.count();
  const seconds = Math.round(performance.now() - started) / 1000;
  if (json) process.stdout.write(`${JSON.stringify({ issues, calls, seconds }, null, 2)}\n`);
  else {
    for (const issue of issues) says(`${formatIssue(issue, 'did')}\n`);
    says(summary(issues, calls, seconds));
    says(`The maintainers\u2019 page of all this: ${pageFile}\n`);
  }
  if (run.double.deviations.length > 0)
    throw new Error(`GitHub would not have taken this: ${run.double.deviations.join('; ')}`);
  await run.stop();
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** What `signpost backfill` does: the past as if Signpost had observed it. */
async function fillHistory(run: RunningApp, clock: Clock): Promise<number> {
  const { store } = run.app();
  const github = connectAsPerson(run.double.tokenOf('a-maintainer'), run.double.url, clock);
  const settings = await createSettingsCache(store, createKnowledgeBase(await readShippedPacks())).of(
    home,
    github,
  );
  const { recorded } = await backfill(home, historyStart(), settings, { store, github });
  await run.restart();
  return recorded;
}

/** What was found and done over the issue's whole life: the ledger's last word on findings, and every action. */
async function shown(run: RunningApp, number: number): Promise<IssueView> {
  const issue = run.double.issue(home, number);
  const entries = await run.app().store.ledger({ repository: home, number });
  const findings = entries.findLast(({ findings }) => findings.length > 0)?.findings ?? [];
  const actions = entries.filter(({ calls }) => calls.length > 0).flatMap(({ plan }) => plan.actions);
  const withheld = entries.at(-1)?.plan.withheld ?? [];
  const comment = ours(run.double, home, number).at(-1) ?? null;
  return viewIssue(issue, findings, { actions, withheld }, comment);
}

function summary(
  issues: readonly IssueView[],
  calls: Readonly<Record<string, number>>,
  seconds: number,
): string {
  const spoken = issues.filter(({ comment }) => comment !== null).length;
  const silent = issues.length - spoken;
  const total = Object.values(calls).reduce((sum, count) => sum + count, 0);
  const lines = Object.entries(calls).map(([route, count]) => `  ${String(count).padStart(4)}  ${route}`);
  return [
    `${issues.length} issues: ${spoken} got one comment, ${silent} were left in peace. ${total} calls to GitHub, ${seconds} s.`,
    ...lines.sort(),
    '',
  ].join('\n');
}

/** The repository's past, and the threads that Signpost will point to: all opened before it was installed. */
function openThreads(double: RunningApp['double']): void {
  for (const { title, body } of history)
    double.openIssue({ repository: home, title, body, author: 'first-reporter' });
  for (const { number, title, duplicateOf } of threads) {
    openNumbered(double, number, {
      repository: home,
      title,
      body: 'Tracked here.',
      author: 'first-reporter',
    });
    if (duplicateOf === undefined) continue;
    const canonical = { repository: home, number: duplicateOf };
    double.closeIssue(
      { repository: home, number },
      { by: 'a-maintainer', reason: 'duplicate', duplicateOf: canonical },
    );
  }
}
