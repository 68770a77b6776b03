import { ok } from 'node:assert/strict';
import { home, openNumbered, ours, type RunningApp, runApp } from '../app/run-app.ts';
import { createTestClock, type TestClock } from '../clock.ts';
import { reports, threads } from '../demo/reports.ts';
import type { Double } from '../double/double.ts';

/** A report of a known failure, tracked in #46140. */
export const known = { title: reports[0]?.title ?? '', body: reports[0]?.body ?? '' };
/** The same failure in other words. */
export const knownOtherwise = { title: reports[1]?.title ?? '', body: reports[1]?.body ?? '' };
export const root = 46140;
export const hour = 3_600_000;
export const day = 24 * hour;
export const acting = 'mode: act\nclose: { at: 0.9, after: 3d }\n';

/** The App, a GitHub, their people, and a clock that the case moves. */
export interface Stage {
  readonly run: RunningApp;
  readonly double: Double;
  readonly clock: TestClock;
  at(number: number): { readonly repository: string; readonly number: number };
  open(given?: { title?: string; body?: string | null; author?: string; labels?: string[] }): number;
  /** All that follows is done. */
  settle(): Promise<void>;
  /** Time passes, in steps, so that what comes due in between is done in between. */
  pass(ms: number): Promise<void>;
  addComment(number: number, body: string, by: string): Promise<void>;
  /** Our one comment; fails when there are more. */
  comment(number: number): string;
  labels(number: number): string[];
  state(number: number): string;
  /** A person named #46140 as the earlier report, and the close was announced. */
  announced(given?: { body?: string; labels?: string[] }): Promise<number>;
}

export type StageOptions = Parameters<typeof runApp>[0] & {
  /** What people reported before, from #1 on. */
  readonly earlier?: readonly { readonly title: string; readonly body: string }[];
};

export async function createStage(
  config = 'mode: advise\n',
  { earlier = [], ...options }: StageOptions = {},
): Promise<Stage> {
  const clock = createTestClock();
  const run = await runApp({
    clock,
    config,
    ...options,
    before: (double) => {
      for (const given of earlier) double.openIssue({ repository: home, author: 'first', ...given });
      for (const { number, title } of threads)
        openNumbered(double, number, { repository: home, title, body: 'Tracked.', author: 'first' });
      clock.advance(60_000);
    },
  });
  const { double } = run;
  double.setRole(home, 'maintainer', 'triage', 'read');
  const at = (number: number) => ({ repository: home, number });
  const stage: Stage = {
    run,
    double,
    clock,
    at,
    open: (given = {}) =>
      double.openIssue({ repository: home, author: 'reporter', ...known, ...given }).number,
    settle: () => run.settle(),
    async pass(ms) {
      for (let left = ms; left > 0; left -= 12 * hour) {
        clock.advance(Math.min(left, 12 * hour));
        await run.settle();
      }
    },
    async addComment(number, body, by) {
      double.comment(at(number), body, by);
      await run.settle();
    },
    comment(number) {
      const all = ours(double, home, number);
      ok(all.length <= 1, `${all.length} comments of ours`);
      return all[0] ?? '';
    },
    labels: (number) => double.issue(home, number).labels.map(({ name }) => name),
    state: (number) => double.issue(home, number).state,
    async announced(given = {}) {
      const number = stage.open({ title: 'It will not start', body: 'Nothing happens.', ...given });
      await run.settle();
      await stage.addComment(number, `/signpost duplicate #${root}`, 'maintainer');
      ok(stage.comment(number).includes('will be closed as a duplicate'), 'the close is announced');
      return number;
    },
  };
  return stage;
}
