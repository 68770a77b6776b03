import { home, openNumbered, type RunningApp, runApp } from '../app/run-app.ts';
import { createTestClock, type TestClock } from '../clock.ts';
import { history, threads } from '../demo/reports.ts';
import { ferretPage } from './ferret.ts';
import { standingOf, violations, type Watch } from './invariants.ts';
import { elsewhere, issuesOf, play, type World } from './play.ts';
import { people, type Step } from './steps.ts';

/** What a history showed: how far it got, and what was wrong then. */
export interface Outcome {
  readonly steps: number;
  readonly wrong: readonly string[];
}

export interface Settings {
  readonly mode: 'advise' | 'act';
  readonly config: string;
}

/** Settings as some repositories have them. */
export function settingsOf(seed: number): Settings {
  const mode = seed % 3 === 0 ? 'advise' : 'act';
  const confirm = seed % 2 === 0 ? 'none' : 'person';
  const lines = [
    `mode: ${mode}`,
    `close: { at: 0.8, after: 1d, at-most: 20 per day, confirm: ${confirm} }`,
    'limits: { comments: 5000 per hour }',
    `ledger: { on-root: ${seed % 4 < 2} }`,
  ];
  return { mode, config: `${lines.join('\n')}\n` };
}

/** Plays a history from the beginning, and looks after each step; stops at the first step after which something is wrong. */
export async function playHistory(steps: readonly Step[], settings: Settings): Promise<Outcome> {
  const { world, run, stop } = await begin(settings);
  const { double } = world;
  const watch: Watch = {
    mode: settings.mode,
    protested: new Set(),
    calls: double.calls.length,
    known: new Map(),
    comments: new Map(),
  };
  let pending: number[] = [];
  let standings = [standingOf(issuesOf(world))];
  try {
    for (const [index, step] of steps.entries()) {
      pending.push(...play(step, world));
      const issues = issuesOf(world);
      standings.push(standingOf(issues));
      for (const issue of issues) {
        watch.known.set(issue.id, issue);
        for (const { id } of issue.comments) watch.comments.set(id, issue.id);
      }
      if (!step.settles && index < steps.length - 1) continue;
      await run.settle();
      const after = issuesOf(world);
      standings.push(standingOf(after));
      const { queue, store } = run.app();
      const wrong = [
        ...(await violations(after, double.calls, standings, watch, (repository, number) =>
          store.ledger({ repository, number }),
        )),
        ...double.deviations,
        ...(await queue.dead()).map(({ error, kind }) => `the job ${kind} was given up: ${error}`),
      ];
      if (wrong.length > 0) return { steps: index + 1, wrong };
      for (const id of pending) watch.protested.add(id);
      pending = [];
      standings = [standingOf(after)];
    }
    return { steps: steps.length, wrong: [] };
  } finally {
    await stop();
  }
}

async function begin({
  config,
}: Settings): Promise<{ world: World; run: RunningApp; stop(): Promise<void> }> {
  const clock: TestClock = createTestClock();
  const run = await runApp({
    clock,
    config,
    files: ferretPage,
    others: { [elsewhere]: config },
    before(double) {
      for (const { title, body } of history.slice(0, 8))
        double.openIssue({ repository: home, title, body, author: 'first' });
      for (const { number, title } of threads)
        openNumbered(double, number, { repository: home, title, body: 'Tracked.', author: 'first' });
      double.openIssue({ repository: elsewhere, title: 'Colours', body: 'Too bright.', author: 'first' });
      clock.advance(60_000);
    },
  });
  const { double } = run;
  for (const name of [home, elsewhere])
    for (const login of people.maintainers) double.setRole(name, login, 'triage', 'read');
  const repositories = [double.issue(home, 1).repository, double.issue(elsewhere, 1).repository];
  return { world: { double, clock, repositories }, run, stop: () => run.stop() };
}

/**
 * The shortest history found, within so many milliseconds, that still goes wrong: what comes after the failure is cut
 * off, then ever smaller pieces are left out.
 */
export async function shrink(
  steps: readonly Step[],
  failsAfter: number,
  settings: Settings,
  patience: number,
): Promise<readonly Step[]> {
  const until = performance.now() + patience;
  let best = steps.slice(0, failsAfter);
  for (let size = Math.ceil(best.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = best.length - size; from >= 0; from -= size) {
      if (performance.now() > until) return best;
      const shorter = [...best.slice(0, from), ...best.slice(from + size)];
      const { steps: failed, wrong } = await playHistory(shorter, settings);
      if (wrong.length > 0) best = shorter.slice(0, failed);
    }
  }
  return best;
}
