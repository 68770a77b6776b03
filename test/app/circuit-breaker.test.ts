import { afterEach, beforeEach, expect, test } from 'vitest';
import { createStage, day, known, type Stage } from '../cases/stage.ts';
import { isIssue } from '../double/state.ts';
import { home } from './run-app.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await createStage();
});
afterEach(async () => {
  expect(stage.double.deviations).toEqual([]);
  expect(await stage.run.app().queue.dead()).toEqual([]);
  await stage.run.stop();
});

/** Issues that the App opened for the maintainers. */
const seen = () =>
  [...stage.double.issue(home, 46140).repository.issues.values()]
    .filter(isIssue)
    .filter(({ app }) => app !== null);
async function refuse(times: number): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    const number = stage.open(known);
    await stage.settle();
    await stage.addComment(number, '/signpost not-this', 'reporter');
  }
}

test('a brake is told to the maintainers in one issue, which is closed when one of them resumes', async () => {
  await refuse(1);
  expect(seen()).toEqual([]);
  await refuse(1);
  expect(seen()).toHaveLength(1);
  const [issue] = seen();
  expect(issue?.body).toMatch(/^<!-- signpost brake of /);
  expect(issue?.body).toContain('comments of `mcp-oauth-needs-authentication`: braked: 2 of its last 10');
  const other = stage.open({ title: 'Dark theme', body: 'It is bright.' });
  await stage.settle();
  await stage.addComment(other, '/signpost recheck', 'maintainer');
  await stage.pass(2 * day);
  expect(seen()).toHaveLength(1);
  await stage.addComment(other, '/signpost resume', 'maintainer');
  expect(seen().map(({ state, stateReason }) => [state, stateReason])).toEqual([['closed', 'completed']]);
  const entries = await stage.run.app().store.ledger({ repository: home, number: issue?.number ?? 0 });
  expect(entries.flatMap(({ calls }) => calls.map(({ route }) => route))).toEqual([
    'POST /repos/{owner}/{repo}/issues',
    'PATCH /repos/{owner}/{repo}/issues/{issue_number}',
  ]);
  await refuse(2);
  expect(seen()).toHaveLength(2);
});

test('the issue that maintainers close does not come back, and one that GitHub made while the line broke is found', async () => {
  const calm = stage.double.fault({ match: { method: 'POST', path: /\/issues$/ }, kind: 'cut-after' });
  await refuse(2);
  calm();
  await stage.pass(day);
  expect(seen()).toHaveLength(1);
  stage.double.closeIssue(stage.at(seen()[0]?.number ?? 0), { by: 'maintainer', reason: 'not_planned' });
  await refuse(1);
  await stage.pass(day);
  expect(seen()).toHaveLength(1);
});
