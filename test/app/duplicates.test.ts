import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { history } from '../demo/reports.ts';
import { label, repeated as report, runBesidePast } from './repeated.ts';
import { home, ours, type RunningApp } from './run-app.ts';

let run: RunningApp;
const at = (number: number) => ({ repository: home, number });
const open = (given: { title: string; body: string }): number =>
  run.double.openIssue({ repository: home, author: 'reporter', ...given }).number;
const labelsOf = (number: number): string[] => run.double.issue(home, number).labels.map(({ name }) => name);

beforeAll(async () => {
  run = await runBesidePast();
});
afterAll(async () => {
  expect(run.double.deviations).toEqual([]);
  await run.stop();
});

describe('an issue that matches no page but an earlier report', () => {
  test('gets the link in the one comment, what they share, and the label', async () => {
    const number = open(report);
    await run.settle();
    const [comment = '', ...more] = ours(run.double, home, number);
    expect(more).toEqual([]);
    expect(comment).toContain('Probably reported before: #1**');
    expect(comment).toContain('EPIPE at Socket._write');
    expect(labelsOf(number)).toContain(label);
  });

  test('loses both when an edit removes the finding', async () => {
    const number = open(report);
    await run.settle();
    expect(labelsOf(number)).toContain(label);
    run.double.editIssue(at(number), {
      title: 'Please add a dark theme',
      body: 'It is bright here.',
      by: 'reporter',
    });
    await run.settle();
    expect(ours(run.double, home, number)[0]).toContain('Taken back');
    expect(labelsOf(number)).toEqual([]);
  });

  test('gets no label where it gets no link', async () => {
    run.double.fault({
      match: { method: 'POST', path: /\/comments$/ },
      times: 1,
      kind: 'status',
      status: 422,
    });
    const number = open(report);
    await run.settle();
    expect(ours(run.double, home, number)).toEqual([]);
    expect(labelsOf(number)).toEqual([]);
  });

  test('is pointed to the root of a chain of duplicates, not to a repeat', async () => {
    const middle = open({
      title: 'Export of a long session misses the output of tools',
      body: 'I export a long session and the tool output is missing.\n\n```\nError: export stopped at part 7: tool results exceed the frame\nexport: transcript frame overflow (EFRAME)\n    at writeFrame (export/frame.ts:88:11)\n```',
    });
    await run.settle();
    const root = history.findIndex(({ title }) => title.startsWith('session export')) + 1;
    run.double.closeIssue(at(middle), { by: 'maintainer', reason: 'duplicate', duplicateOf: at(root) });
    await run.settle();
    const number = open({
      title: 'Export of a long session misses the output of tools',
      body: 'When I export a long session:\n\n```\nError: export stopped at part 7: tool results exceed the frame\nexport: transcript frame overflow (EFRAME)\n    at writeFrame (export/frame.ts:91:11)\n```',
    });
    await run.settle();
    const [comment = ''] = ours(run.double, home, number);
    expect(comment).toContain(`#${root}**`);
    expect(comment).not.toContain(`before: #${middle}`);
  });

  test('is not linked when the only earlier report is closed', async () => {
    const closed = history.findIndex(({ title }) => title.startsWith('voice input')) + 1;
    run.double.closeIssue(at(closed), { by: 'maintainer', reason: 'completed' });
    await run.settle();
    const number = open({
      title: 'voice input stops after ten seconds',
      body: 'It happens when I dictate a longer prompt: voice input stops after ten seconds.',
    });
    await run.settle();
    expect(ours(run.double, home, number).join('')).not.toContain('Probably reported before');
    expect(labelsOf(number)).not.toContain(label);
  });
});

describe('the repository\u2019s own duplicate label, set by a person', () => {
  test('is answered with the root where it is known', async () => {
    const number = open({
      title: 'Terminal resize and the statusline',
      body: 'When I resize the terminal the statusline script is gone:\n\n```\nError: statusline command exited with signal SIGPIPE\n```\n\n2.1.1 on Fedora.',
    });
    await run.settle();
    run.double.label(at(number), 'duplicate', 'maintainer');
    await run.settle();
    const [comment = ''] = ours(run.double, home, number);
    expect(comment).toMatch(/#1\b/);
    expect(labelsOf(number)).toContain('duplicate');
  });

  test('is answered plainly where none is known', async () => {
    const number = open({
      title: 'The moon is too bright on Tuesdays',
      body: 'It dazzles me in version 2.1.1 on Linux.',
    });
    await run.settle();
    run.double.label(at(number), 'duplicate', 'maintainer');
    await run.settle();
    expect(ours(run.double, home, number)[0]).toContain('no earlier report of this is known');
  });
});
