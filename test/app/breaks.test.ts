import { afterEach, describe, expect, test } from 'vitest';
import { createTestClock } from '../clock.ts';
import { reports } from '../demo/reports.ts';
import { home, ours, type RunningApp, runApp } from './run-app.ts';

const known = { title: reports[0]?.title ?? '', body: reports[0]?.body ?? '' };
/** How many comments break; a thousand of them take some minutes. */
const breaks = Number(process.env.BREAKS ?? 40);
const at = (number: number) => ({ repository: home, number });

let run: RunningApp;
afterEach(() => run.stop());

/** Everything is done, what is tried again within twenty minutes included; sweeps that wait for days are not. */
async function calm(clock: ReturnType<typeof createTestClock>): Promise<void> {
  for (let round = 0; round < 60; round += 1) {
    await run.settle();
    clock.advance(20_000);
  }
  await run.settle();
}

describe('a comment that GitHub made while the connection broke', () => {
  test('is found again, also where lists do not show it yet, and never made twice', {
    timeout: 900_000,
  }, async () => {
    const clock = createTestClock(10);
    run = await runApp({ clock, config: 'mode: advise\nlimits: { comments: 5000 per hour }\n' });
    const made = /\/issues\/\d+\/comments$/;
    run.double.fault({ match: { method: 'POST', path: made }, kind: 'cut-after' });
    run.double.fault({ match: { method: 'POST', path: made }, kind: 'stale' });
    const numbers: number[] = [];
    for (let n = 0; n < breaks; n += 1) {
      const { number } = run.double.openIssue({ repository: home, author: 'reporter', ...known });
      numbers.push(number);
      await run.settle();
      // Half of them change before lists show the comment.
      if (n % 2 === 0) {
        run.double.editIssue(at(number), { body: `${known.body}\n\nStill.`, by: 'reporter' });
        await run.settle();
      }
      clock.advance(8_000);
    }
    await calm(clock);
    for (const number of numbers) expect(ours(run.double, home, number)).toHaveLength(1);
    expect(run.double.count()['POST /repos/{owner}/{repo}/issues/{issue_number}/comments']).toBe(breaks);
  });

  test('and was deleted by a person while no event came does not come back', async () => {
    const clock = createTestClock(100);
    run = await runApp({ clock });
    const { number } = run.double.openIssue({ repository: home, author: 'reporter', ...known });
    await run.settle();
    run.double.disturbDeliveries({ dropped: 1 });
    run.double.deleteComment(run.double.issue(home, number).comments[0]?.id ?? 0, 'maintainer');
    run.double.disturbDeliveries({});
    run.double.editIssue(at(number), {
      title: 'API Error: 529 Overloaded',
      body: known.body,
      by: 'reporter',
    });
    await calm(clock);
    expect(ours(run.double, home, number)).toEqual([]);
  });
});

test('a label that came off while the connection broke was refused by nobody', async () => {
  const clock = createTestClock(100);
  run = await runApp({ clock });
  const { number } = run.double.openIssue({ repository: home, author: 'reporter', ...known });
  await run.settle();
  const labels = () => run.double.issue(home, number).labels.map(({ name }) => name);
  const before = labels().sort();
  expect(before).toContain('area:mcp');
  const calmed = run.double.fault({ match: { method: 'DELETE', path: /\/labels\// }, kind: 'cut-after' });
  run.double.editIssue(at(number), { title: 'Dark theme', body: 'It is bright.', by: 'reporter' });
  await calm(clock);
  expect(labels()).toEqual([]);
  calmed();
  run.double.editIssue(at(number), { ...known, by: 'reporter' });
  await calm(clock);
  expect(labels().sort()).toEqual(before);
});

describe('a label that a person touched', () => {
  const labels = (number: number) => run.double.issue(home, number).labels.map(({ name }) => name);

  test('before we heard that it was set, stays off when they took it off', async () => {
    const clock = createTestClock(100);
    run = await runApp({ clock });
    run.double.fault({ match: { method: 'POST', path: /\/labels$/ }, kind: 'cut-after', times: 1 });
    const { number } = run.double.openIssue({ repository: home, author: 'reporter', ...known });
    await run.settle();
    expect(labels(number)).toContain('area:mcp');
    run.double.disturbDeliveries({ dropped: 1 });
    run.double.unlabel(at(number), 'area:mcp', 'maintainer');
    run.double.disturbDeliveries({});
    await calm(clock);
    expect(labels(number)).not.toContain('area:mcp');
    expect(labels(number)).toContain('area:auth');
    const memory = await run.app().store.issueState(home, number);
    expect(memory?.labels.refused).toEqual(['area:mcp']);
  });

  test('before we heard that it came off, stays when they set it again', async () => {
    const clock = createTestClock(100);
    run = await runApp({ clock });
    const { number } = run.double.openIssue({ repository: home, author: 'reporter', ...known });
    await run.settle();
    const path = /\/labels\/area%3Amcp$/;
    run.double.fault({ match: { method: 'DELETE', path }, kind: 'cut-after', times: 1 });
    run.double.editIssue(at(number), { title: 'Dark theme', body: 'It is bright.', by: 'reporter' });
    await run.settle();
    expect(labels(number)).not.toContain('area:mcp');
    run.double.label(at(number), 'area:mcp', 'maintainer');
    await calm(clock);
    expect(labels(number)).toEqual(['area:mcp']);
  });
});

describe('an issue that was found in time while GitHub was away', () => {
  const away = async (hours: number) => {
    const clock = createTestClock(100);
    run = await runApp({ clock });
    const end = run.double.fault({ match: { path: /\/issues\/\d+$/ }, kind: 'status', status: 503 });
    const { number } = run.double.openIssue({ repository: home, author: 'reporter', ...known });
    await run.settle();
    clock.advance(hours * 3_600_000);
    end();
    // The next try is up to six hours away.
    clock.advance(6 * 3_600_000);
    await calm(clock);
    return number;
  };

  test('gets its comment two hours later', async () => {
    const number = await away(2);
    expect(ours(run.double, home, number)).toHaveLength(1);
  });

  test('gets labels only a day later', async () => {
    const number = await away(25);
    expect(ours(run.double, home, number)).toEqual([]);
    expect(run.double.issue(home, number).labels.map(({ name }) => name)).toContain('area:mcp');
  });
});
