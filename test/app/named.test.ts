// What a report says of earlier threads itself.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { label, repeated, runBesidePast } from './repeated.ts';
import { home, ours, type RunningApp } from './run-app.ts';

const linked = 'Probably reported before: #1**';

let run: RunningApp;
const at = (number: number) => ({ repository: home, number });
const labelsOf = (number: number): string[] => run.double.issue(home, number).labels.map(({ name }) => name);
const bodyWith = (remark: string): string => `${repeated.body}\n\n${remark}`;

async function opened(remark: string): Promise<number> {
  const { number } = run.double.openIssue({
    repository: home,
    author: 'reporter',
    title: repeated.title,
    body: bodyWith(remark),
  });
  await run.settle();
  return number;
}

beforeEach(async () => {
  run = await runBesidePast();
});
afterEach(async () => {
  expect(run.double.deviations).toEqual([]);
  await run.stop();
});

test('who names another thread is told of the one that was found', async () => {
  const number = await opened('Like #2, but in another terminal.');
  expect(ours(run.double, home, number)[0]).toContain(linked);
  expect(labelsOf(number)).toContain(label);
});

test.each([
  'Like #1, but in another terminal.',
  `I do not think that it is https://github.com/${home}/issues/1 again.`,
  `${home}#1 was closed too early.`,
])('nobody is told of a thread that they name themselves: %s', async (remark) => {
  const number = await opened(remark);
  expect(ours(run.double, home, number)).toEqual([]);
  expect(labelsOf(number)).not.toContain(label);
});

test('a maintainer who calls it a duplicate is told of what all the same', async () => {
  const number = await opened('Like #1, but in another terminal.');
  run.double.label(at(number), 'duplicate', 'maintainer');
  await run.settle();
  expect(ours(run.double, home, number)[0]).toContain('#1**');
});

test('a link that the author takes up in an edit stays', async () => {
  const number = await opened('In every window.');
  run.double.editIssue(at(number), { body: bodyWith('Yes, it is #1.'), by: 'reporter' });
  await run.settle();
  expect(ours(run.double, home, number)[0]).toContain(linked);
  expect(labelsOf(number)).toContain(label);
});
