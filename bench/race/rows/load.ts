import type { Benchmark } from '../benchmark.ts';
import { runMeasured, scriptWords } from '../processes.ts';
import { readFigure } from './read-figure.ts';

/** Deliveries a second: more than are worked off, or the sender's pace would be what is measured. */
const rate = 400;

/** `npm run load` on SQLite with one process: sender and GitHub are on the same cores. */
export const load: Benchmark = {
  name: 'load',
  metrics: [
    { name: 'triaged on SQLite, one process', unit: 'a second', better: 'more' },
    { name: 'memory under load, at most', unit: 'MB', better: 'less' },
  ],
  full: { pairs: 5, seconds: 35 },
  quick: { pairs: 2, seconds: 15 },
  async measure(trial) {
    const seconds = trial.quick ? 1 : 5;
    const { stdout } = await runMeasured(trial, [
      ...scriptWords(trial.checkout, 'load'),
      ...['--backend', 'sqlite', '--rate', String(rate), '--seconds', String(seconds)],
    ]);
    const [lost, refused] = [readFigure(stdout, /lost (\d+)/), readFigure(stdout, /refused (\d+)/)];
    if (lost + refused > 0)
      throw new Error(`${lost} issues were lost and ${refused} deliveries refused (expected none)`);
    return {
      'triaged on SQLite, one process': readFigure(stdout, /triaged (\d+) a second/),
      // It reads Linux's own account, and says 0 elsewhere.
      'memory under load, at most': readFigure(stdout, /memory (\d+) MB at most/) || null,
    };
  },
};
