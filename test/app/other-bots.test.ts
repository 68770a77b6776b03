// Beside a closer bot that replaces labels and closes onto anything.
import { afterEach, expect, test } from 'vitest';
import { createTestClock } from '../clock.ts';
import { home, ours, type RunningApp, runApp } from './run-app.ts';

let run: RunningApp;
/** What is wiped at one time has one time, also on a machine that is slow for a moment: ten seconds here are half a second. */
const clock = createTestClock(20);
const at = (number: number) => ({ repository: home, number });
const closer = 'closer[bot]';

async function start(config: string): Promise<void> {
  run = await runApp({ clock, config });
  run.double.setRole(home, 'maintainer', 'triage', 'read');
}
afterEach(async () => {
  expect(run.double.deviations).toEqual([]);
  expect(await run.app().queue.dead()).toEqual([]);
  await run.stop();
});

/** A wish: nothing is asked of it, nothing known in it. */
const open = (title: string): number =>
  run.double.openIssue({
    repository: home,
    title: `[FEATURE] ${title}`,
    body: 'Please make it so.',
    author: 'reporter',
  }).number;
const labelsOf = (number: number): string[] =>
  run.double
    .issue(home, number)
    .labels.map(({ name }) => name)
    .sort();
const comments = (number: number): string[] => ours(run.double, home, number);

/** Replaces all labels by its own and closes, as the update of one call does. */
function closeAs(number: number, of: number | null): void {
  for (const label of labelsOf(number)) run.double.unlabel(at(number), label, closer);
  run.double.label(at(number), 'duplicate', closer);
  run.double.closeIssue(at(number), {
    by: closer,
    reason: 'duplicate',
    ...(of === null ? {} : { duplicateOf: at(of) }),
  });
}

async function labelled(title: string): Promise<number> {
  const number = open(title);
  await run.settle();
  run.double.label(at(number), ['area:tui', 'has repro'], 'maintainer');
  await run.settle();
  return number;
}

test('labels of people that a replacing call wiped are set again, in one call, once', async () => {
  await start('mode: advise\nguard: true\n');
  const root = open('A first one');
  const number = await labelled('The window is too small');
  run.double.resetCalls();
  closeAs(number, root);
  await run.settle();
  expect(labelsOf(number)).toEqual(['area:tui', 'duplicate', 'has repro']);
  expect(run.double.count()['POST /repos/{owner}/{repo}/issues/{issue_number}/labels']).toBe(1);
  // The close leads to an open, older thread: nothing to say of it.
  expect(comments(number)).toEqual([]);
  expect(run.double.issue(home, number).state).toBe('closed');
  // No fight: what it wipes again stays off, and what was restored is nobody's to remove but people's.
  run.double.unlabel(at(number), 'area:tui', closer);
  run.double.unlabel(at(number), 'has repro', closer);
  await run.settle();
  expect(labelsOf(number)).toEqual(['duplicate']);
  expect((await run.app().store.issueState(home, number))?.labels.added).toEqual([]);
});

test('a circular pair is pointed out on both, and where it ends as well: no open thread', async () => {
  await start('mode: advise\nguard: true\n');
  const [one, two] = [open('Crash one'), open('Crash two')];
  await run.settle();
  closeAs(one, two);
  await run.settle();
  closeAs(two, one);
  await run.settle();
  expect(comments(two)).toHaveLength(1);
  expect(comments(two)[0]).toContain(`**Another bot closed this as a duplicate of #${one}**`);
  expect(comments(two)[0]).toContain('leads back to this issue. No open thread of it is known.');
  expect(comments(one)).toHaveLength(1);
  expect(comments(one)[0]).toContain(`a duplicate of #${two}**, which was opened later than this one`);
  expect(run.double.issue(home, one).state).toBe('closed');
});

test('a close onto a closed thread names the open root, once, and is taken back when somebody reopens', async () => {
  await start('mode: advise\nguard: true\n');
  const root = open('The root of it');
  const middle = open('A repeat of it');
  await run.settle();
  run.double.closeIssue(at(middle), { by: 'maintainer', reason: 'duplicate', duplicateOf: at(root) });
  const number = open('Another repeat of it');
  await run.settle();
  closeAs(number, middle);
  await run.settle();
  const [comment = '', ...more] = comments(number);
  expect(more).toEqual([]);
  expect(comment).toContain(
    `a duplicate of #${middle}**, which is closed itself. The open thread of it is #${root}.`,
  );
  run.double.editIssue(at(number), { body: 'Please look at it, again.', by: 'reporter' });
  await run.settle();
  expect(comments(number)).toEqual([comment]);
  run.double.reopenIssue(at(number), 'maintainer');
  await run.settle();
  expect(comments(number)).toHaveLength(1);
  expect(comments(number)[0]).toContain('This issue is open again');
});

test('a close that names nothing is pointed out', async () => {
  await start('mode: advise\nguard: true\n');
  const number = open('Something odd');
  await run.settle();
  closeAs(number, null);
  await run.settle();
  expect(comments(number)[0]).toContain('closed this as a duplicate**, and named no issue');
});

test.each([
  ['observe', 'mode: observe\nguard: true\n'],
  ['guard: false', 'mode: advise\n'],
])('with %s nothing is written', async (_, config) => {
  await start(config);
  const number = await labelled('The window is too small');
  run.double.resetCalls();
  closeAs(number, null);
  await run.settle();
  expect(labelsOf(number)).toEqual(['duplicate']);
  expect(comments(number)).toEqual([]);
  expect(Object.keys(run.double.count()).filter((call) => !/^(GET|POST \/graphql)/.test(call))).toEqual([]);
});

test('what a person takes off stays off, and so does the one label that a bot takes off by itself', async () => {
  await start('mode: advise\nguard: true\n');
  const number = await labelled('The window is too small');
  run.double.unlabel(at(number), 'has repro', 'maintainer');
  await run.settle();
  run.double.unlabel(at(number), 'area:tui', closer);
  await run.settle();
  expect(labelsOf(number)).toEqual([]);
});
