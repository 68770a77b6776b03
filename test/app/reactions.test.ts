import { expect, test } from 'vitest';
import { newJob } from '../../src/app/jobs.ts';
import { createStage, day, root } from '../cases/stage.ts';
import { nodeId } from '../double/present/account.ts';
import { issueStateOf } from '../issue-states.ts';
import { home } from './run-app.ts';

test('a thousand candidates cost at most twenty calls to find and check, a close among them', {
  timeout: 120_000,
}, async () => {
  const stage = await createStage('mode: act\nclose: { at: 0.9, after: 3d, at-most: 1 per day }\n');
  const { clock, double, run } = stage;
  const { queue, store } = run.app();
  const at = clock.now();
  const of = { repository: home, number: root };
  const key = `duplicate:${home}#${root}`;
  double.sendWebhooksTo(null);
  const numbers: number[] = [];
  for (let i = 0; i < 1_000; i += 1) {
    const { number } = stage.double.openIssue({ repository: home, title: `Report ${i}`, author: 'reporter' });
    const body = `<!-- signpost v1 app=signpost -->\n**This issue will be closed as a duplicate of #${root}** soon.`;
    const { id } = double.comment(stage.at(number), body, double.app.bot);
    const state = issueStateOf({
      repository: home,
      number,
      createdAt: at,
      comment: { id, at, node: nodeId('IC', id) },
      feedback: { asserted: [key] },
      findingKeys: [key],
      close: { announced: { announcedAt: at, at, of } },
      poll: { due: at },
    });
    await store.putIssueState(state);
    if (i % 2 === 0) double.react(id, '-1', `passer-by-${i}`);
    numbers.push(number);
  }
  double.resetCalls();
  clock.advance(day);
  const row = await store.repository(home);
  const installation = row?.installation ?? null;
  await queue.send([newJob('poll-reactions', { repository: home, installation }, {})]);
  // The five hundred that protested are looked at again to take the announcement back: that is not the poll's doing.
  await expect
    .poll(() => double.calls.some(({ method, path }) => method === 'PATCH' && /issues\/\d+$/.test(path)), {
      timeout: 60_000,
    })
    .toBe(true);
  const first = double.calls.findIndex(({ method, path }) => method === 'GET' && /\/issues\/\d+$/.test(path));
  expect(first).toBeGreaterThanOrEqual(10);
  expect(first).toBeLessThanOrEqual(20);
  expect(numbers.filter((number) => stage.state(number) === 'closed')).toHaveLength(1);
  expect(await store.issueState(home, numbers[0] ?? 0)).toMatchObject({
    close: { vetoed: true, announced: null },
  });
  await run.stop();
});
