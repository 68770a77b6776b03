import { createTestClock } from '../clock.ts';
import { history, reports } from '../demo/reports.ts';
import { home, type RunningApp, runApp } from './run-app.ts';

const again = reports.find(({ title }) => title.startsWith('Resizing the terminal'));

/** A report that matches no page, but issue 1 of the past. */
export const repeated = { title: again?.title ?? '', body: again?.body ?? '' };
export const label = 'possible-duplicate';

/** The App beside a repository with the demo's past, numbered from 1, that may link. */
export async function runBesidePast(): Promise<RunningApp> {
  const clock = createTestClock();
  const run = await runApp({
    clock,
    // Twenty issues cannot show what is rare: this is about the path, the demo links at the default bar.
    config: 'mode: advise\nduplicates: { at: 0.8 }\n',
    before: (double) => {
      for (const { title, body } of history)
        double.openIssue({ repository: home, title, body, author: 'first' });
      clock.advance(60_000);
    },
  });
  run.double.setRole(home, 'maintainer', 'triage', 'read');
  return run;
}
