import type { Step } from './schedule.ts';
import { secondsLeft } from './schedule.ts';

/** What is read of a stream: stderr, or what a test gives. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/**
 * Says which row, which pair and how long still: on a terminal one line that changes, elsewhere a line each
 * pair.
 */
export function createProgress(
  steps: readonly Step[],
  screen: Screen,
  now: () => number = () => performance.now(),
): (next: number) => void {
  const started = now();
  let printed = '';
  return (next) => {
    const step = steps[next];
    if (screen.isTTY) screen.write('\r\u001b[K');
    if (step === undefined) return;
    const { entry, pair, side } = step;
    const what = pair === null ? 'prepares' : pair === 0 ? 'warms up' : `pair ${pair} of ${entry.plan.pairs}`;
    const left = secondsLeft(steps, next, (now() - started) / 1000);
    if (screen.isTTY) screen.write(`${entry.benchmark.name}: ${what} (${side}), ${printLeft(left)}`);
    else if (printed !== `${entry.benchmark.name}: ${what}`) {
      printed = `${entry.benchmark.name}: ${what}`;
      screen.write(`${printed}, ${printLeft(left)}\n`);
    }
  };
}

function printLeft(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s left` : `${Math.ceil(seconds / 60)} min left`;
}
