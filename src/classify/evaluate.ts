import { suggestLabels } from './suggest.ts';
import { type LabelExample, type LabelOptions, trainLabels } from './train.ts';

/** How well suggestions agree with the labels that were set. */
export interface LabelScore {
  /** The share of suggestions that are right; 1 without suggestions. */
  readonly precision: number;
  /** The share of set labels that were suggested; 1 where none was set. */
  readonly recall: number;
  readonly f1: number;
}

export interface LabelEvaluation {
  /** By label, most frequent first; `support` counts the test issues that carry it. */
  readonly labels: Readonly<Record<string, LabelScore & { readonly support: number }>>;
  /** Over all suggestions of all labels. */
  readonly micro: LabelScore;
  readonly trainSeconds: number;
  /** Milliseconds to suggest labels for one issue. */
  readonly perIssueMs: { readonly p50: number; readonly p99: number };
}

interface Confusion {
  hits: number;
  misses: number;
  wrong: number;
}

/**
 * Trains on one part of a repository's history and suggests labels for the other, at the learned thresholds.
 * Counts the labels that have enough examples to be learned.
 * @param now a monotonic clock in milliseconds
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
  const confusions = new Map(model.labels.map(({ name }) => [name, { hits: 0, misses: 0, wrong: 0 }]));
  const times = test.map(({ report, labels }) => {
    const before = now();
    const suggested = new Set(suggestLabels(report, model).map(({ id }) => id));
    const time = now() - before;
    for (const [label, counts] of confusions) {
      if (suggested.has(label)) counts[labels.includes(label) ? 'hits' : 'wrong']++;
      else if (labels.includes(label)) counts.misses++;
    }
    return time;
  });
  const total = { hits: 0, misses: 0, wrong: 0 };
  for (const { hits, misses, wrong } of confusions.values()) {
    total.hits += hits;
    total.misses += misses;
    total.wrong += wrong;
  }
  const rows = [...confusions]
    .map(([label, counts]) => [label, { support: counts.hits + counts.misses, ...scoreOf(counts) }] as const)
    .sort(([, a], [, b]) => b.support - a.support);
  times.sort((a, b) => a - b);
  const quantile = (share: number): number => times[Math.floor(share * (times.length - 1))] ?? 0;
  return {
    labels: Object.fromEntries(rows),
    micro: scoreOf(total),
    trainSeconds,
    perIssueMs: { p50: quantile(0.5), p99: quantile(0.99) },
  };
}

function scoreOf({ hits, misses, wrong }: Confusion): LabelScore {
  const share = (count: number): number => (count === 0 ? 1 : hits / count);
  const f1 = hits === 0 ? 0 : (2 * hits) / (2 * hits + misses + wrong);
  return { precision: share(hits + wrong), recall: share(hits + misses), f1 };
}
