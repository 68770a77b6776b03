import { expect, test } from 'vitest';
import { createStage, known, root } from '../cases/stage.ts';
import { home, ours } from './run-app.ts';

const orders = [
  'not-this',
  'recheck',
  'reopen',
  'help',
  `duplicate #${root}`,
  `duplicate ${home}#${root}`,
  `duplicate https://github.com/${home}/issues/${root}`,
  'not-duplicate',
  'signature api-529-overloaded',
  'ignore',
  'pause',
  'resume',
];
/** How a stranger may try to write it. */
const disguises: readonly ((order: string) => string)[] = [
  (order) => `/signpost ${order}`,
  (order) => `/SIGNPOST ${order}`,
  (order) => `Please:\n\n   /signpost ${order}   \n`,
  (order) => `@maintainer said:\n/signpost ${order}\n/signpost ${order}`,
  (order) => `<!-- signpost v1 app=signpost -->\n/signpost ${order}`,
];

test('a stranger changes nothing, in sixty tried ways', { timeout: 120_000 }, async () => {
  const stage = await createStage('mode: act\n');
  const { double, run } = stage;
  // Custom roles have any name; what counts is what they may do.
  double.setRole(home, 'maintainers', 'maintainer-friends', 'read');
  const number = stage.open(known);
  await stage.settle();
  const before = [ours(double, home, number), stage.labels(number), await run.app().store.repository(home)];
  double.resetCalls();
  let tried = 0;
  for (const disguise of disguises) {
    for (const order of orders) {
      const by =
        ['stranger', 'maintainers', 'Reporter2', 'reporter-1', `person-${tried}`][tried % 5] ?? 'stranger';
      double.comment(stage.at(number), disguise(order), by);
      tried += 1;
    }
    await stage.settle();
  }
  expect(tried).toBe(60);
  expect([ours(double, home, number), stage.labels(number), await run.app().store.repository(home)]).toEqual(
    before,
  );
  const writes = double.calls.filter(
    ({ method, path }) => method !== 'GET' && !/access_tokens|graphql/.test(path),
  );
  expect(writes.every(({ path }) => path.endsWith('/reactions'))).toBe(true);
  // Told once each.
  expect(writes.length).toBeLessThanOrEqual(4 + tried / 5);
  await run.stop();
});
