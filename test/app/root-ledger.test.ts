import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createStage, hour, known, root, type Stage } from '../cases/stage.ts';
import { home, ours } from './run-app.ts';

const config = 'mode: advise\nledger: { on-root: true }\nlimits: { comments: 500 per hour }\n';
const on = (version: string, platform: string) => ({
  ...known,
  body: known.body.replace('Claude Code 2.1.210, macOS 15.5.', `Claude Code ${version}, ${platform}.`),
});

let stage: Stage;
const report = async (given = known): Promise<number> => {
  const number = stage.open(given);
  await stage.settle();
  return number;
};
/** What the comment on the root says once the count was made. */
const counted = async (): Promise<string> => {
  await stage.pass(hour);
  return stage.comment(root);
};
beforeEach(async () => {
  stage = await createStage(config);
});
afterEach(async () => {
  expect(stage.double.deviations).toEqual([]);
  expect(await stage.run.app().queue.dead()).toEqual([]);
  await stage.run.stop();
});

describe('the count on the root', () => {
  test('is one comment, edited in place, with links by version and platform, folded; the root gets no label', async () => {
    const labels = stage.labels(root);
    const first = await report(on('2.1.210', 'macOS 15.5'));
    expect(stage.comment(first)).toContain('Your problem is confirmed; please add there what is new');
    expect(await counted()).toContain('**One report points here.**');
    const { id } = stage.double.issue(home, root).comments[0] ?? { id: 0 };
    const [second, third] = [
      await report(on('2.1.210', 'macOS 14')),
      await report(on('2.1.205', 'Ubuntu 24.04')),
    ];
    const text = await counted();
    expect(stage.double.issue(home, root).comments.map((comment) => comment.id)).toEqual([id]);
    expect(text).toMatch(/^<!-- signpost v1 app=signpost -->\n<!-- signpost ledger: /);
    expect(text).toContain('**3 reports point here.**');
    expect(text).toContain('| `2.1.210` | 2 |');
    expect(text).toContain('| `2.1.205` | 1 |');
    const folded = text.slice(text.indexOf('<details>'));
    for (const number of [first, second, third]) expect(folded).toContain(`#${number}`);
    expect(stage.labels(root)).toEqual(labels);
  });

  test('is edited once for a storm', async () => {
    await report();
    await counted();
    stage.double.resetCalls();
    const began = stage.clock.now();
    for (let n = 0; n < 20; n += 1) stage.open(known);
    await stage.settle();
    expect(await counted()).toContain('**21 reports point here.**');
    const edits = stage.double.calls.filter(
      ({ method, path }) => method === 'PATCH' && /comments\/\d+$/.test(path),
    );
    // Ten minutes are one edit; a slow machine takes some of them.
    expect(edits.length).toBeLessThanOrEqual(Math.ceil((stage.clock.now() - began) / 600_000));
    expect(edits.length).toBeLessThan(20);
  });

  test('loses a report that was taken back, deleted, or whose comment was deleted', async () => {
    const [refused, deleted, silenced, kept] = [
      await report(),
      await report(),
      await report(),
      await report(),
    ];
    expect(await counted()).toContain('**4 reports point here.**');
    await stage.addComment(refused, '/signpost not-this', 'reporter');
    expect(await counted()).toContain('**3 reports point here.**');
    stage.double.deleteIssue(stage.at(deleted), 'maintainer');
    await stage.settle();
    const two = await counted();
    expect(two).toContain('**2 reports point here.**');
    expect(two).not.toContain(`#${deleted}`);
    stage.double.deleteComment(stage.double.issue(home, silenced).comments[0]?.id ?? 0, 'maintainer');
    await stage.settle();
    const one = await counted();
    expect(one).toContain('**One report points here.**');
    expect(one).toContain(`#${kept}`);
    await stage.addComment(kept, '/signpost not-this', 'reporter');
    expect(await counted()).toContain('No report points here any more');
  });

  test('does not come back when a person deleted it, nor when one refused it', async () => {
    await report();
    await counted();
    stage.double.deleteComment(stage.double.issue(home, root).comments[0]?.id ?? 0, 'maintainer');
    await stage.settle();
    await report();
    expect(await counted()).toBe('');
  });

  test('is taken back with a command, for good', async () => {
    await report();
    await counted();
    await stage.addComment(root, '/signpost not-this', 'maintainer');
    expect(stage.comment(root)).toContain('Taken back');
    await report();
    expect(await counted()).toContain('Taken back');
  });

  test('is not written on a locked root, and says nothing more on one that is locked later', async () => {
    await report();
    const said = await counted();
    stage.double.lock(stage.at(root), 'maintainer');
    await report();
    expect(await counted()).toBe(said);
  });

  test('stands in the one comment of a root that has one already', async () => {
    for (const number of [root, 60260, 65408])
      stage.double.closeIssue(stage.at(number), { by: 'maintainer', reason: 'not_planned' });
    await stage.settle();
    const earlier = await report({ title: 'It is broken', body: 'Nothing works.' });
    expect(ours(stage.double, home, earlier)).toHaveLength(1);
    const later = await report({ title: 'Boom', body: 'It crashes.' });
    await stage.addComment(later, `/signpost duplicate #${earlier}`, 'maintainer');
    await stage.pass(hour);
    expect(stage.comment(earlier)).toContain('still missing');
    expect(stage.comment(earlier)).toContain('One report points here');
  });
});

test('without the setting an older root is left alone', async () => {
  const quiet = await createStage('mode: advise\n');
  quiet.open(known);
  await quiet.settle();
  await quiet.pass(hour);
  expect(quiet.comment(root)).toBe('');
  await quiet.run.stop();
});
