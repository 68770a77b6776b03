import { cutoffs, type TrialResult } from './evaluate.ts';

/** Figures of a trial; times in milliseconds. */
export interface Summary {
  readonly queries: number;
  /** By rank: the share of queries with a right answer among the first so many. */
  readonly recallRate: Readonly<Record<string, number>>;
  readonly mrr: number;
  readonly links: {
    readonly bar: number;
    readonly posted: number;
    readonly correct: number;
    /** The share of queries with a right link. */
    readonly coverage: number;
    readonly precision: number;
  };
  /** Predicted and observed shares of right links, by probability from `from` to below `to`. */
  readonly bands: readonly {
    readonly from: number;
    readonly to: number;
    readonly count: number;
    readonly predicted: number;
    readonly observed: number;
  }[];
  readonly queryMs: Percentiles;
  readonly addMs: Percentiles;
  readonly rssMiB: number;
}

interface Percentiles {
  readonly p50: number;
  readonly p99: number;
}

const bandLimits = [
  [0, 0.5],
  [0.5, 0.7],
  [0.7, 0.9],
  [0.9, 1.01],
] as const;

/** @param threshold the least probability at which a link is posted */
export function summarise(result: TrialResult, threshold: number): Omit<Summary, 'rssMiB'> {
  const { ranks, links, queryMs, addMs } = result;
  const posted = links.filter(({ probability }) => probability >= threshold);
  const correct = posted.filter(({ right }) => right).length;
  const ratio = (part: number, whole: number) => (whole === 0 ? 0 : rounded(part / whole, 4));
  return {
    queries: ranks.length,
    recallRate: Object.fromEntries(
      cutoffs.map((k) => [
        k,
        ratio(ranks.filter(({ rank }) => rank !== null && rank <= k).length, ranks.length),
      ]),
    ),
    mrr: ratio(
      ranks.reduce((sum, { rank }) => sum + (rank === null ? 0 : 1 / rank), 0),
      ranks.length,
    ),
    links: {
      bar: threshold,
      posted: posted.length,
      correct,
      coverage: ratio(correct, ranks.length),
      precision: ratio(correct, posted.length),
    },
    bands: bandLimits.map(([from, to]) => {
      const inside = links.filter(({ probability }) => probability >= from && probability < to);
      return {
        from,
        to: Math.min(to, 1),
        count: inside.length,
        predicted: ratio(
          inside.reduce((sum, { probability }) => sum + probability, 0),
          inside.length,
        ),
        observed: ratio(inside.filter(({ right }) => right).length, inside.length),
      };
    }),
    queryMs: percentiles(queryMs),
    addMs: percentiles(addMs),
  };
}

/** For a person. */
export function printSummary(summary: Summary): string {
  const { links, queryMs, addMs } = summary;
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  return [
    `queries      ${summary.queries}`,
    ...Object.entries(summary.recallRate).map(([k, share]) => `RR@${k.padEnd(9)} ${percent(share)}`),
    `MRR          ${summary.mrr.toFixed(3)}`,
    `links        ${links.posted} posted at ${links.bar}, ${links.correct} right by the clusters ` +
      `(${percent(links.precision)}), ${percent(links.coverage)} of the queries`,
    ...summary.bands.map(
      ({ from, to, count, predicted, observed }) =>
        `p ${from} to ${to}`.padEnd(13) +
        `${count} issues, predicted ${percent(predicted)}, observed ${percent(observed)}`,
    ),
    `query        p50 ${queryMs.p50} ms, p99 ${queryMs.p99} ms`,
    `add          p50 ${addMs.p50} ms, p99 ${addMs.p99} ms`,
    `memory       ${summary.rssMiB} MiB`,
    '',
  ].join('\n');
}

/** The links that would be posted, one JSON object a line, surest first. */
export function printLinks({ links }: TrialResult, threshold: number): string {
  return links
    .filter(({ probability }) => probability >= threshold)
    .sort((a, b) => b.probability - a.probability || a.number - b.number)
    .map((link) => `${JSON.stringify({ ...link, probability: rounded(link.probability, 4) })}\n`)
    .join('');
}

function percentiles(times: readonly number[]): Percentiles {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0, 3);
  return { p50: at(0.5), p99: at(0.99) };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
