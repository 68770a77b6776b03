import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectAsApp } from '../../src/adapters/github/connect-app.ts';
import { undo } from '../../src/app/feedback/undo.ts';
import type { WriteContext } from '../../src/app/writes/apply-actions.ts';
import { run as command } from '../../src/cli/commands/undo.ts';
import { createLog } from '../../src/process/log.ts';
import { createMetrics } from '../../src/process/metrics.ts';
import { createTestClock } from '../clock.ts';
import { reports } from '../demo/reports.ts';
import { files } from '../files.ts';
import { home, ours, type RunningApp, runApp } from './run-app.ts';

const known = { title: reports[0]?.title ?? '', body: reports[0]?.body ?? '' };
const clock = createTestClock();
let run: RunningApp;
const at = (number: number) => ({ repository: home, number });
const open = () =>
  run.double.openIssue({ repository: home, author: 'reporter', ...known, labels: ['bug'] }).number;
const labelsOf = (number: number) => run.double.issue(home, number).labels.map(({ name }) => name);

beforeAll(async () => {
  run = await runApp({ clock });
});
afterAll(() => run.stop());

async function writeContext(): Promise<WriteContext> {
  const { app, url } = run.double;
  const log = createLog('silent');
  const connection = connectAsApp({ ...app, appId: app.id, githubUrl: url }, clock, log);
  const row = await run.app().store.repository(home);
  const github = await connection.asInstallation(row?.installation ?? 0, 0);
  const ports = { clock, log, metrics: createMetrics(), slug: app.slug, store: run.app().store };
  return { github, services: ports, cause: 'undo', mode: 'advise' };
}

test('takes back comments and labels since a time, and nothing that is older or of people', async () => {
  const old = open();
  await run.settle();
  clock.advance(3_600_000);
  const since = clock.now();
  const number = open();
  await run.settle();
  const [before, kept] = [ours(run.double, home, number), ours(run.double, home, old)];

  run.double.resetCalls();
  const would = await undo(await writeContext(), home, since, true);
  expect(would).toMatchObject([
    { number, actions: [{ kind: 'retract' }, { kind: 'remove-labels' }], calls: [] },
  ]);
  expect(run.double.calls.filter(({ method }) => method !== 'GET' && method !== 'POST')).toEqual([]);
  expect(ours(run.double, home, number)).toEqual(before);

  const done = await undo(await writeContext(), home, since, false);
  expect(done.map((one) => one.number)).toEqual([number]);
  expect(ours(run.double, home, number)).toHaveLength(1);
  expect(ours(run.double, home, number)[0]).toContain('Taken back');
  expect(labelsOf(number)).toEqual(['bug']);
  expect(ours(run.double, home, old)).toEqual(kept);

  // It stays so, and doing it again does nothing.
  run.double.editIssue(at(number), { body: `${known.body}\nmore`, by: 'reporter' });
  await run.settle();
  expect(labelsOf(number)).toEqual(['bug']);
  run.double.resetCalls();
  const again = await undo(await writeContext(), home, since, false);
  expect(again.flatMap(({ calls }) => calls)).toEqual([]);
  const entries = await run.app().store.ledger({ repository: home, number });
  expect(entries.find(({ cause }) => cause === 'undo')?.calls.length).toBeGreaterThan(1);
  expect(run.double.deviations).toEqual([]);
});

test('a command line that says too little is refused with one line', async () => {
  const { io, out } = files();
  expect(await command(['acme'], { since: '1h' }, io)).toBe(2);
  expect(await command(['acme/app'], {}, io)).toBe(2);
  expect(await command(['acme/app'], { since: 'yesterday' }, io)).toBe(2);
  expect(await command(['acme/app'], { since: '2999-01-01' }, io)).toBe(2);
  const said = out.stderr.trimEnd().split('\n');
  expect(said).toHaveLength(4);
  expect(said.every((line) => line.includes('(expected '))).toBe(true);
});
