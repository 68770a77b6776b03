import type { Report } from '../model/report.ts';
import type { Signature } from '../model/signature.ts';
import type { BackgroundReport } from './background.ts';
import { type EvidenceUsed, recognise } from './recognise.ts';
import { createTrainer } from './trainer.ts';

/** A report and the failure that a person found in it. */
export interface LabelledReport {
  readonly number: number;
  readonly report: Report;
  /** The page's id; null where no page describes it. */
  readonly signature: string | null;
}

export interface SignatureScore {
  /** Cases that are this failure. */
  readonly positives: number;
  /** Those of them that were found. */
  readonly found: number;
  /** Other cases that were taken for it. */
  readonly falsePositives: number;
  /**
   * Null where nothing was found, and where no case is of this failure, since its hits are then unlabelled.
   */
  readonly precision: number | null;
  /** Null where no case is of this failure. */
  readonly recall: number | null;
}

export interface SignatureScores {
  readonly signatures: Readonly<Record<string, SignatureScore>>;
  /** Means over the signatures that have cases; a precision that is null counts as 0. */
  readonly macro: { readonly precision: number; readonly recall: number; readonly f1: number };
}

export interface Measurement extends SignatureScores {
  readonly background: {
    readonly issues: number;
    readonly hits: readonly {
      readonly number: number;
      readonly signature: string;
      readonly probability: number;
    }[];
    readonly rate: number;
  };
  /** Milliseconds per report, reading and recognising. */
  readonly perReportMs: { readonly p50: number; readonly p99: number };
  readonly rulesOnly: SignatureScores;
  readonly modelOnly: SignatureScores;
  /** Calibration of the findings whose failure has cases. */
  readonly bands: readonly ProbabilityBand[];
}

/** Findings of a range of probability, from `from` to below `to` (the last includes 1). */
export interface ProbabilityBand {
  readonly from: number;
  readonly to: number;
  readonly findings: number;
  /** Their mean probability. */
  readonly predicted: number;
  /** The share of them that is right. */
  readonly observed: number;
}

export interface MeasureInput {
  readonly signatures: readonly Signature[];
  readonly cases: readonly LabelledReport[];
  /** Ordinary issues: every hit among them is listed. */
  readonly ordinary: readonly { readonly number: number; readonly report: Report }[];
  /** Reports that models are trained against; without any there are rules only. */
  readonly background: readonly BackgroundReport[];
  readonly readReport: (issue: { readonly title: string; readonly body: string }) => Report;
  /** The lowest probability at which a comment is posted. */
  readonly threshold: number;
  /** A monotonic clock in milliseconds. */
  readonly now: () => number;
  readonly progress: (done: number, all: number) => void;
}

const evidenceUsed = ['both', 'rules', 'model'] as const satisfies readonly EvidenceUsed[];

/** Evaluates recognition on labelled reports, each by models trained without the samples that condense it. */
export function measure(input: MeasureInput): Measurement {
  const { signatures, cases, ordinary, threshold, now } = input;
  const trainer = createTrainer(input);
  const total = cases.length + ordinary.length;
  const times: number[] = [];
  const results = cases.map(({ number, report, signature }, index) => {
    const recogniser = trainer.without(number, report);
    const start = now();
    recognise(input.readReport(report), recogniser);
    times.push(now() - start);
    const [both, rules, model] = evidenceUsed.map((using) =>
      recognise(report, recogniser, using).map(({ id, probability }) => ({ id, probability })),
    ) as [ScoredFinding[], ScoredFinding[], ScoredFinding[]];
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
  const scored = (using: EvidenceUsed): SignatureScores =>
    scoreAll(
      ids,
      results.map((one) => ({ truth: one.signature, found: aboveThreshold(one[using], threshold) })),
    );
  const labelled = new Set(cases.map(({ signature }) => signature));
  const outcomes = results.flatMap(({ signature, both }) =>
    both.filter(({ id }) => labelled.has(id)).map((one) => ({ ...one, right: one.id === signature })),
  );
  const issuesHit = new Set(hits.map(({ number }) => number)).size;
  return {
    ...scored('both'),
    background: { issues: ordinary.length, hits, rate: ratio(issuesHit, ordinary.length) ?? 0 },
    perReportMs: { p50: quantile(times, 0.5), p99: quantile(times, 0.99) },
    rulesOnly: scored('rules'),
    modelOnly: scored('model'),
    bands: bands(outcomes),
  };
}

interface ScoredFinding {
  readonly id: string;
  readonly probability: number;
}

function aboveThreshold(findings: readonly ScoredFinding[], threshold: number): string[] {
  return findings.filter(({ probability }) => probability >= threshold).map(({ id }) => id);
}

function scoreAll(
  ids: readonly string[],
  results: readonly { readonly truth: string | null; readonly found: readonly string[] }[],
): SignatureScores {
  const scores = ids.map((id): [string, SignatureScore] => {
    const positives = results.filter(({ truth }) => truth === id);
    const found = positives.filter((one) => one.found.includes(id)).length;
    const falsePositives = results.filter((one) => one.truth !== id && one.found.includes(id)).length;
    const precision = positives.length === 0 ? null : ratio(found, found + falsePositives);
    const recall = ratio(found, positives.length);
    return [id, { positives: positives.length, found, falsePositives, precision, recall }];
  });
  const counted = scores.map(([, one]) => one).filter(({ positives }) => positives > 0);
  const mean = (pick: (one: SignatureScore) => number) =>
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

function bands(
  findings: readonly { readonly probability: number; readonly right: boolean }[],
): ProbabilityBand[] {
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

/** The quantile of a share from 0 to 1; 0 for an empty list. */
function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
