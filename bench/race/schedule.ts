import type { Entry } from './arguments.ts';

/** Something to be done in one of the two checkouts. */
export interface Step {
  readonly entry: Entry;
  readonly side: 'there' | 'here';
  /** Null: prepares. 0: warms up. */
  readonly pair: number | null;
  /** What it takes on two quiet cores. */
  readonly seconds: number;
}

/** Every step of a race in its order. The pairs take turns in who goes first: A B, B A, A B … */
export function schedule(entries: readonly Entry[]): readonly Step[] {
  return entries.flatMap((entry) => {
    const { plan } = entry;
    const both = (pair: number | null, seconds: number): Step[] => {
      const steps = (['there', 'here'] as const).map((side) => ({ entry, side, pair, seconds }));
      return pair !== null && pair % 2 === 1 ? steps.reverse() : steps;
    };
    const prepared = entry.benchmark.prepare === undefined ? [] : both(null, plan.preparing ?? 0);
    const pairs = Array.from({ length: plan.pairs + 1 }, (_, pair) => both(pair, plan.seconds));
    return [...prepared, ...pairs.flat()];
  });
}

/**
 * Seconds that the steps from `next` on take, at the pace so far: on a busy machine everything takes longer
 * than planned. `elapsed`: seconds that the steps before took.
 */
export function secondsLeft(steps: readonly Step[], next: number, elapsed: number): number {
  const sum = (some: readonly Step[]): number => some.reduce((total, { seconds }) => total + seconds, 0);
  const planned = sum(steps.slice(0, next));
  return sum(steps.slice(next)) * (planned > 0 ? elapsed / planned : 1);
}
