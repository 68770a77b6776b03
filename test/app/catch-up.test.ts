import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { createTestClock, type TestClock } from '../clock.ts';
import { reports } from '../demo/reports.ts';
import { home, ours, type RunningApp, runApp } from './run-app.ts';

const hour = 3_600_000;
const known = { title: reports[0]?.title ?? '', body: reports[0]?.body ?? '' };
const signatureLabel = 'signature:mcp-oauth-needs-authentication';
const at = (number: number, repository = home) => ({ repository, number });

let run: RunningApp;
/** An accelerated hour is long for a test: the clock is moved by hand instead. */
const clocked = () => createTestClock(20);
const start = async (options: Parameters<typeof runApp>[0] = {}) => {
  const clock = clocked();
  run = await runApp({ clock, catchesUp: true, ...options });
  return clock;
};
/** So many hours later, when the catch-up that is due then has run. */
const later = async (clock: TestClock, hours: number) => {
  clock.advance(hours * hour);
  const due = clock.now();
  const lastRun = async () => Number(Object(await run.app().store.get('catch-up')).at ?? 0);
  while ((await lastRun()) < due) await sleep(5);
  await run.settle();
};
const open = (given: { title: string; body?: string }, repository = home): number =>
  run.double.openIssue({ repository, author: 'reporter', ...given }).number;
const labelsOf = (number: number): string[] => run.double.issue(home, number).labels.map(({ name }) => name);
const calls = (method: string, path: RegExp) =>
  run.double.calls.filter((call) => call.method === method && path.test(call.path));

afterEach(async () => {
  expect(run.double.deviations).toEqual([]);
  await run.stop();
});

describe('a day without webhooks', () => {
  test('is made up for by one run: issues, edits, commands, and nothing else is looked at', async () => {
    const clock = await start();
    const [spoken, quiet] = [open(known), open({ title: 'Please add a dark theme', body: 'It is bright.' })];
    await run.settle();
    expect(ours(run.double, home, spoken)).toHaveLength(1);
    await later(clock, 2);

    run.double.disturbDeliveries({ dropped: 1 });
    const missed = Array.from({ length: 120 }, (_, n) => open(n % 40 === 0 ? known : { title: `Idea ${n}` }));
    run.double.openPullRequest({ repository: home, ...known, author: 'reporter' });
    run.double.comment(at(spoken), '/signpost not-this', 'reporter');
    run.double.disturbDeliveries({});
    run.double.resetCalls();
    await later(clock, 24);

    const { store } = run.app();
    for (const number of missed) expect(await store.issueState(home, number)).not.toBeNull();
    for (const number of missed.filter((_, n) => n % 40 === 0)) {
      // Found late: labels, and no comment after everybody has gone home.
      expect(labelsOf(number)).toContain(signatureLabel);
      expect(ours(run.double, home, number)).toEqual([]);
    }
    expect(ours(run.double, home, spoken)).toHaveLength(1);
    expect(ours(run.double, home, spoken)[0]).toContain('Taken back');
    expect(calls('GET', new RegExp(`/issues/${quiet}$`))).toEqual([]);

    await later(clock, 2);
    run.double.resetCalls();
    await later(clock, 2);
    expect(calls('GET', /\/issues\/\d+$/)).toEqual([]);
    expect(calls('POST', /./).filter(({ path }) => !path.includes('access_tokens'))).toEqual([]);
  });
});

describe('an issue whose event was lost', () => {
  test('is found while fresh ones keep coming', async () => {
    const clock = await start();
    await run.settle();
    clock.advance(0.7 * hour);
    run.double.disturbDeliveries({ dropped: 1 });
    const missed = open(known);
    run.double.disturbDeliveries({});
    const end = run.double.fault({ kind: 'slow', ms: 5_000, match: { path: /\/issues\/\d+$/ } });
    // One in the middle of forty: several issues are looked at side by side, so the first would tell less.
    const wave = () => Array.from({ length: 40 }, (_, n) => open({ title: `Idea ${n}` }))[20] ?? 0;
    const firstCall = (path: RegExp) => run.double.calls.findIndex((call) => path.test(call.path));
    const [deliveries, changes] = [/\/hook\/deliveries\?/, /\/issues\/comments\?since/];
    run.double.resetCalls();
    const first = wave();
    await run.double.settled();
    clock.advance(0.3 * hour);
    await sleep(50);
    await run.settle();
    end();
    const looked = firstCall(new RegExp(`/issues/${first}$`));
    for (const asked of [deliveries, changes]) {
      expect(firstCall(asked)).toBeGreaterThan(-1);
      expect(firstCall(asked)).toBeLessThan(looked);
    }
    expect(ours(run.double, home, missed)).toHaveLength(1);
    // Nor is what waits in line already looked at twice.
    expect(calls('GET', new RegExp(`/issues/${first}$`))).toHaveLength(1);
  });
});

describe('deliveries that failed', () => {
  test('are asked for again, those that arrived are not', async () => {
    const clock = await start();
    const arrived = open(known);
    await run.settle();
    run.double.disturbDeliveries({ lost: 1 });
    const lost = open(known);
    run.double.comment(at(arrived), '/signpost not-this', 'reporter');
    run.double.disturbDeliveries({});
    const failed = run.double.deliveries().filter(({ statusCode }) => statusCode >= 400);
    expect(failed).toHaveLength(2);
    await later(clock, 1);
    expect(calls('POST', /\/attempts$/)).toHaveLength(2);
    expect(run.double.deliveries().filter(({ redelivery }) => redelivery)).toHaveLength(2);
    expect(labelsOf(lost)).toContain(signatureLabel);
    expect(ours(run.double, home, arrived)[0]).toContain('Taken back');
    await later(clock, 1);
    expect(calls('POST', /\/attempts$/)).toHaveLength(2);
  });

  test('and are refused each time are not asked for for ever', async () => {
    const clock = await start();
    const url = `${run.app().url}/api/github/webhooks`;
    run.double.sendWebhooksTo(`${run.app().url}/nothing-here`);
    open(known);
    await run.double.settled();
    for (let times = 0; times < 20; times += 1) {
      await later(clock, 1);
    }
    run.double.sendWebhooksTo(url);
    const again = run.double.deliveries().filter(({ redelivery }) => redelivery);
    const times = Map.groupBy(again, ({ guid }) => guid);
    expect(new Set([...times.values()].map(({ length }) => length))).toEqual(new Set([8]));
  });
});

describe('installations whose events were lost', () => {
  test('are found at start, with the issues opened since', async () => {
    await start({ others: { 'acme/tool': 'mode: advise\n' } });
    run.double.addRepository('beta/app', {
      labels: [signatureLabel],
      files: { '.github/signpost.yml': 'mode: advise\n' },
    });
    run.double.disturbDeliveries({ dropped: 1 });
    run.double.install('beta/app');
    const number = open({ title: 'Something else' }, 'beta/app');
    run.double.disturbDeliveries({});
    await run.restart();
    await run.settle();
    const { store } = run.app();
    expect(await store.repository('beta/app')).not.toBeNull();
    expect(await store.issueState('beta/app', number)).not.toBeNull();
  });

  test('of a removal are found too, and everything kept of it is erased', async () => {
    const clock = await start({ others: { 'acme/tool': null, 'acme/other': null } });
    open({ title: 'Something' }, 'acme/tool');
    await run.settle();
    run.double.disturbDeliveries({ dropped: 1 });
    run.double.takeOut('acme/tool');
    run.double.disturbDeliveries({});
    await later(clock, 1);
    const { store } = run.app();
    expect((await store.repositories()).map(({ repository }) => repository).sort()).toEqual([
      'acme/other',
      home,
    ]);
    expect(await store.issueState('acme/tool', 1)).toBeNull();
  });
});
