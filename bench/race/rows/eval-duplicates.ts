import { join } from 'node:path';
import type { Benchmark } from '../benchmark.ts';
import { runMeasured, scriptWords } from '../processes.ts';

const issues = '../shared/data/rust-issues.jsonl.gz';

/** A tracker's history of five years: analysis, learning, ranking, queries. */
export const evalDuplicates: Benchmark = {
  name: 'eval-duplicates',
  needs: issues,
  metrics: [{ name: 'eval duplicates, CPU', unit: 's', better: 'less' }],
  full: { pairs: 5, seconds: 40 },
  quick: null,
  async measure(trial) {
    const { root } = trial.checkout;
    const { usage } = await runMeasured(trial, [
      ...scriptWords(trial.checkout, 'signpost'),
      ...['eval', 'duplicates', '--json', '--from', '17600'],
      ...['--issues', join(root, issues)],
      ...['--clusters', join(root, '../shared/data/rust-duplicates.json')],
    ]);
    return { 'eval duplicates, CPU': usage.cpuSeconds };
  },
};
