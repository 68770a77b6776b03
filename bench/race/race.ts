import type { Checkout, Trial } from './benchmark.ts';
import { type Comparison, compare, type Pair } from './compare.ts';
import type { Step } from './schedule.ts';

/** The two that race: another commit, and the working tree as it stands. */
export interface Checkouts {
  readonly there: Checkout;
  readonly here: Checkout;
}

export interface RaceOptions extends Pick<Trial, 'quick' | 'signal'> {
  /** Told before each step; called with the number of steps when all are done. */
  readonly progress: (next: number) => void;
}

type Figures = Readonly<Record<string, number | null>>;

/**
 * Goes through the steps, one at a time, and compares what they gave. Rejects when one fails, with its place.
 */
export async function race(
  steps: readonly Step[],
  checkouts: Checkouts,
  { progress, quick, signal }: RaceOptions,
): Promise<readonly Comparison[]> {
  const measured: { readonly step: Step; readonly figures: Figures }[] = [];
  for (const [number, step] of steps.entries()) {
    progress(number);
    const checkout = checkouts[step.side];
    const { benchmark } = step.entry;
    try {
      const trial = { checkout, quick, signal };
      if (step.pair === null) await benchmark.prepare?.(trial);
      else measured.push({ step, figures: await benchmark.measure(trial) });
    } catch (error) {
      signal.throwIfAborted();
      throw new Error(`${benchmark.name} in ${checkout.name}: ${messageOf(error)}`, { cause: error });
    }
  }
  progress(steps.length);
  const raced = new Set(steps.map(({ entry }) => entry));
  return [...raced].flatMap(({ benchmark, plan }) =>
    benchmark.metrics.map((metric) => {
      const figure = (pair: number, side: Step['side']): number | null => {
        const run = measured.find(
          ({ step }) => step.entry.benchmark === benchmark && step.pair === pair && step.side === side,
        );
        return run?.figures[metric.name] ?? null;
      };
      const pairs = Array.from(
        { length: plan.pairs },
        (_, n): Pair => ({ there: figure(n + 1, 'there'), here: figure(n + 1, 'here') }),
      );
      return compare(metric, pairs);
    }),
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
