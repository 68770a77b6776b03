import { suggestLabels } from './suggest.ts';
import { type LabelExample, type LabelOptions, trainLabels } from './train.ts';

/** How well the suggestions for one label, or for all together, agree with the labels that were set. */
export interface Score {
  /** Share of the suggestions that are right; 1 without suggestions. */
  readonly precision: number;
  /** Share of the set labels that were suggested; 1 where none was set. */
  readonly recall: number;
  readonly f1: number;
}

export interface LabelEvaluation {
  /** By label, most frequent first; `support` counts the test issues that carry it. */
  readonly labels: Readonly<Record<string, Score & { readonly support: number }>>;
  /** Over all suggestions of all labels. */
  readonly micro: Score;
  readonly trainSeconds: number;
  /** Milliseconds that the suggestions for one issue took. */
  readonly perIssueMs: { readonly p50: number; readonly p99: number };
}

interface Confusion {
  hits: number;
  misses: number;
  wrong: number;
}

/**
 * Trains on one part of a repository's history and suggests for the other, at the default bars. Counted are the labels
 * that have enough examples to be learned. `now` gives milliseconds.
 */
export function evaluateLabels(
  train: readonly LabelExample[],
  test: readonly LabelExample[],
  options: LabelOptions,
  now: () => number,
): LabelEvaluation {
  const started = now();
  const model = trainLabels(train, options);
  const trainSeconds = (now() - started) / 1000;
  const tallies = new Map(model.labels.map(({ name }) => [name, { hits: 0, misses: 0, wrong: 0 }]));
  const times = test.map(({ report, labels }) => {
    const before = now();
    const suggested = new Set(suggestLabels(report, model).map(({ id }) => id));
    const time = now() - before;
    for (const [label, counts] of tallies) {
      if (suggested.has(label)) counts[labels.includes(label) ? 'hits' : 'wrong']++;
      else if (labels.includes(label)) counts.misses++;
    }
    return time;
  });
  const all = { hits: 0, misses: 0, wrong: 0 };
  for (const { hits, misses, wrong } of tallies.values()) {
    all.hits += hits;
    all.misses += misses;
    all.wrong += wrong;
  }
  const rows = [...tallies]
    .map(([label, counts]) => [label, { support: counts.hits + counts.misses, ...scoreOf(counts) }] as const)
    .sort(([, a], [, b]) => b.support - a.support);
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(share * (times.length - 1))] ?? 0;
  return {
    labels: Object.fromEntries(rows),
    micro: scoreOf(all),
    trainSeconds,
    perIssueMs: { p50: at(0.5), p99: at(0.99) },
  };
}

function scoreOf({ hits, misses, wrong }: Confusion): Score {
  const share = (of: number): number => (of === 0 ? 1 : hits / of);
  const f1 = hits === 0 ? 0 : (2 * hits) / (2 * hits + misses + wrong);
  return { precision: share(hits + wrong), recall: share(hits + misses), f1 };
}
