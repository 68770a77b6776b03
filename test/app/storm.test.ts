import { afterEach, expect, test } from 'vitest';
import { createTestClock } from '../clock.ts';
import { reports } from '../demo/reports.ts';
import { home, ours, type RunningApp, runApp } from './run-app.ts';

const known = { title: reports[0]?.title ?? '', body: reports[0]?.body ?? '' };
/** New issues at once; two thousand take GitHub's clock four hours and ours some minutes. */
const issues = Number(process.env.STORM ?? 200);

let run: RunningApp;
afterEach(() => run.stop());

test('a storm of new issues is worked off within every limit of GitHub', { timeout: 1_200_000 }, async () => {
  const clock = createTestClock(50);
  run = await runApp({ clock, config: 'mode: advise\nlimits: { comments: 5000 per hour }\n' });
  run.double.resetCalls();
  const numbers = Array.from(
    { length: issues },
    () => run.double.openIssue({ repository: home, author: 'reporter', ...known }).number,
  );
  await run.double.settled();
  const answered = () => numbers.filter((number) => ours(run.double, home, number).length > 0).length;
  const started = clock.now();
  // The limit of the hour: four hours for two thousand comments, one more for the rest.
  const most = (Math.ceil(issues / 500) + 1) * 3_600_000;
  while (answered() < issues && clock.now() - started < most) {
    await run.settle();
    clock.advance(5_000);
  }
  await run.settle();
  const limited = run.double.calls.filter(({ status }) => status === 429 || status === 403);
  expect(limited).toEqual([]);
  for (const number of numbers) {
    expect(ours(run.double, home, number)).toHaveLength(1);
    expect(run.double.issue(home, number).labels.length).toBeGreaterThan(0);
  }
  if (process.env.STORM !== undefined)
    console.log(
      `${issues} issues, ${run.double.calls.length} calls, ${(clock.now() - started) / 60_000} min`,
    );
});
