import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Benchmark } from '../benchmark.ts';
import { runMeasured, scriptWords } from '../processes.ts';

/** Long as reports are, with a failure that one of the shipped pages knows. */
const issue = {
  number: 1,
  title: 'Server asks to sign in again after every start',
  body: [
    '### What happened',
    'I sign in to the server in the browser, it says that authentication was successful, and',
    '`claude mcp list` still shows needs authentication. It was fine last week. The token is there',
    'before I close the terminal and gone afterwards.',
    '',
    ...Array.from(
      { length: 12 },
      (_, n) =>
        `${n + 1}. Start, open the list of servers, choose the ${n + 1}. of them, and look at its state.`,
    ),
    '',
    '```',
    'Error: the server answered 401 to the first request',
    ...Array.from(
      { length: 20 },
      (_, n) => `    at step${n} (/home/me/project/src/part-${n}.js:${n + 10}:5)`,
    ),
    '```',
    '### Environment',
    'macOS 15.5, zsh, Terminal.app, version 2.0.14',
  ].join('\n'),
};

/** One call of `explain` on a file, with all shipped pages, as somebody types it. */
export const explain: Benchmark = {
  name: 'explain',
  metrics: [
    { name: 'explain, CPU', unit: 's', better: 'less' },
    { name: 'explain, memory at most', unit: 'MB', better: 'less' },
  ],
  full: { pairs: 5, seconds: 1 },
  quick: { pairs: 5, seconds: 1 },
  async measure(trial) {
    const file = join(trial.checkout.scratch, 'issue.json');
    writeFileSync(file, JSON.stringify(issue));
    const { stdout, usage } = await runMeasured(trial, [
      ...scriptWords(trial.checkout, 'signpost'),
      ...['explain', file, '--json'],
    ]);
    if (!(JSON.parse(stdout).findings.length > 0)) throw new Error('explain found no page (expected one)');
    return { 'explain, CPU': usage.cpuSeconds, 'explain, memory at most': usage.peakMegabytes };
  },
};
