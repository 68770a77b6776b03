import type { Metric } from './benchmark.ts';

/** What one pair of runs gave for a metric. */
export interface Pair {
  readonly there: number | null;
  readonly here: number | null;
}

export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** A row of the table. */
export interface Comparison {
  readonly metric: Metric;
  readonly there: Spread | null;
  readonly here: Spread | null;
  /** Of the medians, here ÷ there; null where there is nothing to divide. */
  readonly ratio: number | null;
  /** The median of the pairs' own ratios: what slows a pair as a whole does not show in it. */
  readonly pairwise: number | null;
  readonly target: number;
  readonly verdict: 'met' | 'missed' | 'not measured';
}

/** The slowest that is not called slower: 5 %. */
const tolerance = 0.05;

/** The ratio of the medians decides. Pairs in which either side has no figure do not count. */
export function compare(metric: Metric, pairs: readonly Pair[]): Comparison {
  const measured = pairs.flatMap(({ here, there }) =>
    here === null || there === null ? [] : [{ here, there }],
  );
  const there = spread(measured.map((pair) => pair.there));
  const here = spread(measured.map((pair) => pair.here));
  const ratio = there === null || here === null ? null : divide(here.median, there.median);
  const ratios = measured.flatMap((pair) => divide(pair.here, pair.there) ?? []);
  const { better, target = better === 'less' ? 1 + tolerance : 1 - tolerance } = metric;
  return {
    metric,
    there,
    here,
    ratio,
    pairwise: spread(ratios)?.median ?? null,
    target,
    verdict: judge(ratio, better, target),
  };
}

function judge(ratio: number | null, better: Metric['better'], target: number): Comparison['verdict'] {
  if (ratio === null) return 'not measured';
  return (better === 'less' ? ratio <= target : ratio >= target) ? 'met' : 'missed';
}

function divide(here: number, there: number): number | null {
  return there > 0 ? here / there : null;
}

/** Null of nothing. Between the two in the middle, the median is their mean. */
export function spread(values: readonly number[]): Spread | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return null;
  const upper = sorted[Math.floor(sorted.length / 2)] ?? most;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? least;
  return { median: (lower + upper) / 2, least, most };
}
