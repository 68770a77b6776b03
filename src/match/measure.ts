import type { Report } from '../model/report.ts';
import type { Signature } from '../model/signature.ts';
import type { BackgroundReport } from './background.ts';
import { type EvidenceUsed, recognise } from './recognise.ts';
import { createTrainer } from './trainer.ts';

/** A report of which somebody said what it is. */
export interface LabelledReport {
  readonly number: number;
  readonly report: Report;
  /** The page's id; null for none of them. */
  readonly signature: string | null;
}

export interface Score {
  /** Cases that are this failure, those of them that were found, and other cases that were taken for it. */
  readonly positives: number;
  readonly found: number;
  readonly falsePositives: number;
  /** Null where nothing was found, or no case is of this failure: then nobody has said what its hits are. */
  readonly precision: number | null;
  readonly recall: number | null;
}

export interface Scores {
  readonly signatures: Readonly<Record<string, Score>>;
  /** Averages over the signatures that some case is of; a precision that is null counts as 0. */
  readonly macro: { readonly precision: number; readonly recall: number; readonly f1: number };
}

export interface Measurement extends Scores {
  readonly background: {
    readonly issues: number;
    readonly hits: readonly {
      readonly number: number;
      readonly signature: string;
      readonly probability: number;
    }[];
    readonly rate: number;
  };
  readonly perReportMs: { readonly p50: number; readonly p99: number };
  readonly rulesOnly: Scores;
  readonly modelOnly: Scores;
  /** Of the findings in a band of probability that the cases can judge: how many, how probable, how many right. */
  readonly bands: readonly Band[];
}

export interface Band {
  readonly from: number;
  readonly to: number;
  readonly findings: number;
  readonly predicted: number;
  readonly observed: number;
}

export interface Measuring {
  readonly signatures: readonly Signature[];
  readonly cases: readonly LabelledReport[];
  /** Ordinary issues: every hit among them is listed. */
  readonly ordinary: readonly { readonly number: number; readonly report: Report }[];
  /** The background that models are trained on; empty: rules only. */
  readonly background: readonly BackgroundReport[];
  readonly readReport: (issue: { readonly title: string; readonly body: string }) => Report;
  /** The least probability at which a comment is posted. */
  readonly threshold: number;
  /** Milliseconds that only grow. */
  readonly now: () => number;
  readonly progress: (done: number, all: number) => void;
}

const evidenceUsed = ['both', 'rules', 'model'] as const satisfies readonly EvidenceUsed[];

/** Judges labelled reports, each by models trained without the samples that it went into. */
export function measure(input: Measuring): Measurement {
  const { signatures, cases, ordinary, threshold, now } = input;
  const trainer = createTrainer(input);
  const total = cases.length + ordinary.length;
  const times: number[] = [];
  const verdicts = cases.map(({ number, report, signature }, index) => {
    const recogniser = trainer.without(number, report);
    const start = now();
    recognise(input.readReport(report), recogniser);
    times.push(now() - start);
    const [both, rules, model] = evidenceUsed.map((using) =>
      recognise(report, recogniser, using).map(({ id, probability }) => ({ id, probability })),
    ) as [Judged[], Judged[], Judged[]];
    input.progress(index + 1, total);
    return { signature, both, rules, model };
  });
  const hits = ordinary.flatMap(({ number, report }, index) => {
    const found = recognise(report, trainer.notSeen(number));
    input.progress(cases.length + index + 1, total);
    return found
      .filter(({ probability }) => probability >= threshold)
      .map(({ id, probability }) => ({ number, signature: id, probability }));
  });
  const ids = signatures.map(({ id }) => id);
  const scored = (using: EvidenceUsed): Scores =>
    scoreAll(
      ids,
      verdicts.map((one) => ({ truth: one.signature, found: aboveThreshold(one[using], threshold) })),
    );
  const named = new Set(cases.map(({ signature }) => signature));
  const judged = verdicts.flatMap(({ signature, both }) =>
    both.filter(({ id }) => named.has(id)).map((one) => ({ ...one, right: one.id === signature })),
  );
  const issuesHit = new Set(hits.map(({ number }) => number)).size;
  return {
    ...scored('both'),
    background: { issues: ordinary.length, hits, rate: ratio(issuesHit, ordinary.length) ?? 0 },
    perReportMs: { p50: quantile(times, 0.5), p99: quantile(times, 0.99) },
    rulesOnly: scored('rules'),
    modelOnly: scored('model'),
    bands: bands(judged),
  };
}

interface Judged {
  readonly id: string;
  readonly probability: number;
}

function aboveThreshold(findings: readonly Judged[], threshold: number): string[] {
  return findings.filter(({ probability }) => probability >= threshold).map(({ id }) => id);
}

function scoreAll(
  ids: readonly string[],
  verdicts: readonly { readonly truth: string | null; readonly found: readonly string[] }[],
): Scores {
  const scores = ids.map((id): [string, Score] => {
    const positives = verdicts.filter(({ truth }) => truth === id);
    const found = positives.filter((one) => one.found.includes(id)).length;
    const falsePositives = verdicts.filter((one) => one.truth !== id && one.found.includes(id)).length;
    const precision = positives.length === 0 ? null : ratio(found, found + falsePositives);
    const recall = ratio(found, positives.length);
    return [id, { positives: positives.length, found, falsePositives, precision, recall }];
  });
  const counted = scores.map(([, one]) => one).filter(({ positives }) => positives > 0);
  const mean = (pick: (one: Score) => number) =>
    counted.length === 0 ? 0 : counted.reduce((sum, one) => sum + pick(one), 0) / counted.length;
  return {
    signatures: Object.fromEntries(scores),
    macro: {
      precision: mean(({ precision }) => precision ?? 0),
      recall: mean(({ recall }) => recall ?? 0),
      f1: mean(({ positives, found, falsePositives }) => (2 * found) / (positives + found + falsePositives)),
    },
  };
}

function ratio(part: number, all: number): number | null {
  return all === 0 ? null : part / all;
}

function bands(findings: readonly { readonly probability: number; readonly right: boolean }[]): Band[] {
  return (
    [
      [0.5, 0.7],
      [0.7, 0.9],
      [0.9, 1],
    ] as const
  ).map(([from, to]) => {
    const inside = findings.filter(({ probability: p }) => p >= from && (p < to || to === 1));
    const sum = inside.reduce((total, { probability }) => total + probability, 0);
    const right = inside.filter((one) => one.right).length;
    return {
      from,
      to,
      findings: inside.length,
      predicted: ratio(sum, inside.length) ?? 0,
      observed: ratio(right, inside.length) ?? 0,
    };
  });
}

/** The value below which the given share of the times lies; 0 without any. */
function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
