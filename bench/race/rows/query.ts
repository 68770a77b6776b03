import { fileURLToPath } from 'node:url';
import type { Benchmark, Trial } from '../benchmark.ts';
import { runMeasured } from '../processes.ts';

const asker = fileURLToPath(new URL('query-asker.ts', import.meta.url));
const issues = '../shared/data/rust-issues.jsonl.gz';

/** Whole issues asked of an index that was saved before: what a query costs when the App has just read it. */
export const query: Benchmark = {
  name: 'query',
  needs: issues,
  metrics: [
    { name: 'query p50, CPU', unit: 'ms', better: 'less' },
    { name: 'query p99, CPU', unit: 'ms', better: 'less' },
  ],
  full: { pairs: 5, seconds: 5, preparing: 30 },
  quick: { pairs: 3, seconds: 3, preparing: 7 },
  async prepare(trial) {
    await ask(trial, 'build');
  },
  async measure(trial) {
    const { p50, p99 } = JSON.parse(await ask(trial, 'ask'));
    return { 'query p50, CPU': p50, 'query p99, CPU': p99 };
  },
};

async function ask({ checkout, quick, ...rest }: Trial, what: 'build' | 'ask'): Promise<string> {
  const share = quick ? '4' : '1';
  const trial = { checkout, quick, ...rest };
  return (await runMeasured(trial, ['node', asker, what, checkout.root, checkout.scratch, share])).stdout;
}
