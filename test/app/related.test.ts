import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everywhere, newJob } from '../../src/app/jobs.ts';
import { createTestClock } from '../clock.ts';
import { history, reports } from '../demo/reports.ts';
import { home, ours, type RunningApp, runApp } from './run-app.ts';

const related = 'anthropics/claude-ai-mcp';
const secret = 'acme/secret';
const repeated = reports.find(({ title }) => title.startsWith('Resizing the terminal'));
const report = { title: repeated?.title ?? '', body: repeated?.body ?? '' };
const label = 'possible-duplicate';
/** Which of the past reports the new one repeats. */
const first = history[0];
/** Earlier reports at home: enough other words for the shared ones to be rare. */
const others = history.slice(1);

let run: RunningApp;
const clock = createTestClock();
const open = (repository: string, given: { title: string; body: string; author?: string }): number =>
  run.double.openIssue({ repository, author: 'reporter', ...given }).number;
const labelsOf = (number: number): string[] => run.double.issue(home, number).labels.map(({ name }) => name);
/** Opens the report at home; what was said to it and which labels it got. */
const ask = async () => {
  const number = open(home, report);
  await run.settle();
  const asked = { number, said: ours(run.double, home, number).join(), labels: labelsOf(number) };
  const [title, body] = [`A theme for ${number}`, `It is bright on day ${number}.`];
  // Else it would be the earlier report of the next one.
  run.double.editIssue({ repository: home, number }, { title, body, by: 'reporter' });
  await run.settle();
  return asked;
};
const goneAfter = async (number: number): Promise<void> => {
  run.double.closeIssue({ repository: related, number }, { by: 'keeper', reason: 'completed' });
  await run.settle();
};
const readAgain = async (): Promise<void> => {
  clock.advance(1000);
  await run.app().queue.send([newJob('schedule-related', everywhere, {})]);
  await run.settle();
};

beforeAll(async () => {
  run = await runApp({
    clock,
    config: `mode: act\nduplicates: { related: [${related}, ${secret}, acme/absent] }\nclose: { at: 0.6 }\n`,
    before: (double) => {
      double.addRepository(related);
      double.addRepository(secret, { private: true });
      for (const { title, body } of others)
        for (const repository of [home, related, secret])
          double.openIssue({ repository, title, body, author: 'first' });
      clock.advance(60_000);
    },
  });
});
afterAll(async () => {
  expect(run.double.deviations).toEqual([]);
  await run.stop();
});

describe('an issue that was reported in a related repository', () => {
  let root = 0;

  test('is linked there in full, with the label, until it is edited away; the App reads what is new there and is not installed', async () => {
    // Who reports twice within a day, in other words, means two problems.
    root = open(related, { title: first?.title ?? '', body: first?.body ?? '', author: 'first' });
    clock.advance(60_000);
    await readAgain();
    const { labels, number, said } = await ask();
    expect(said).toContain(`Probably reported before: ${related}#${root}**`);
    expect(labels).toContain(label);
    expect(labelsOf(number)).toEqual([]);
    expect(ours(run.double, home, number)[0]).toContain('Taken back');
    expect(await run.app().store.repository(related)).toBeNull();
    expect(run.double.issue(related, root).comments).toEqual([]);
  });

  test('is not announced to be closed, which happens for threads at home only', async () => {
    const { said } = await ask();
    expect(said).toContain(`${related}#${root}`);
    expect(said).not.toContain('will be closed');
  });

  test('is pointed to the root of a duplicate there', async () => {
    const repeat = open(related, report);
    run.double.closeIssue(
      { repository: related, number: repeat },
      { by: 'keeper', reason: 'duplicate', duplicateOf: { repository: related, number: root } },
    );
    await readAgain();
    clock.advance(60_000);
    const { said } = await ask();
    expect(said).toContain(`Probably reported before: ${related}#${root}**`);
  });

  test('gets neither link nor label when all that is known there is closed', async () => {
    await goneAfter(root);
    const { labels, said } = await ask();
    expect(said).not.toContain(`reported before: ${related}`);
    expect(labels).not.toContain(label);
  });

  test('is not told of what another installation knows of a private repository', async () => {
    run.double.openIssue({
      repository: secret,
      author: 'insider',
      title: first?.title ?? '',
      body: first?.body ?? '',
    });
    run.double.install(secret);
    await run.settle();
    clock.advance(60_000);
    const { number, said } = await ask();
    expect(said).not.toContain(secret);
    const lines = await run.app().store.ledger({ repository: home, number });
    expect(lines.length).toBeGreaterThan(0);
    expect(JSON.stringify(lines)).not.toContain(secret);
  });
});
