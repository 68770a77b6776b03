import type { Signature } from '../model/signature.ts';
import { sigmoid } from '../numerics/logistic.ts';
import type { SparseLinearModel } from './logistic.ts';
import { modelKey, packWeights, unpackWeights } from './model.ts';
import type { Adjustments } from './recognise.ts';

/** A report that a person's verdict labels as a certain failure or not, or a sample that its page labels. */
export interface LabelledSample {
  /** Ascending feature ids. */
  readonly features: Uint32Array;
  /** The log-odds that rules and model give it without any verdict. */
  readonly logOdds: number;
  /** It is this failure. */
  readonly right: boolean;
  readonly weight: number;
}

/** Features in one page's adjustment; more would memorise single reports. */
const maxFeatures = 64;
/** Reports that must share a feature: one that a single report has would identify its author. */
const minReports = 2;
const iterations = 400;
const l2Penalty = 0.5;

/**
 * Learns what to add to the log-odds of one signature: a logistic regression by gradient descent whose offset
 * is the log-odds of rules and model, with an L2 penalty, and the page's own samples as `anchors`.
 * Deterministic for one order of the input.
 */
export function learnAdjustment(
  verdicts: readonly LabelledSample[],
  anchors: readonly LabelledSample[],
): SparseLinearModel {
  const features = selectFeatures(verdicts, anchors);
  const columnOf = new Map(features.map((feature, at) => [feature, at]));
  const rows = [...verdicts, ...anchors].map((one) => ({
    ...one,
    columns: [...one.features].flatMap((feature) => columnOf.get(feature) ?? []),
  }));
  const weights = new Float64Array(features.length + 1);
  const bias = features.length;
  // A step below the inverse of the steepest curvature never overshoots.
  const stepSize =
    1 / (l2Penalty + rows.reduce((sum, { columns, weight }) => sum + (weight * (columns.length + 1)) / 4, 0));
  for (let iteration = 0; iteration < iterations; iteration++) {
    const gradient = weights.map((weight) => l2Penalty * weight);
    for (const { columns, logOdds, right, weight } of rows) {
      const delta = columns.reduce((sum, f) => sum + weights[f]!, weights[bias]!);
      const error = weight * (sigmoid(logOdds + delta) - (right ? 1 : 0));
      for (const f of columns) gradient[f]! += error;
      gradient[bias]! += error;
    }
    for (let f = 0; f <= bias; f++) weights[f]! -= stepSize * gradient[f]!;
  }
  return { bias: weights[bias]!, weights: new Map(features.map((feature, at) => [feature, weights[at]!])) };
}

/** The ids, ascending, of the features that best separate confirmed from refused reports. */
function selectFeatures(verdicts: readonly LabelledSample[], anchors: readonly LabelledSample[]): number[] {
  const reports = new Map<number, number>();
  const contrast = new Map<number, number>();
  for (const { features } of verdicts)
    for (const feature of features) reports.set(feature, (reports.get(feature) ?? 0) + 1);
  const sums = { true: 0, false: 0 };
  for (const { right, weight } of [...verdicts, ...anchors]) sums[`${right}`] += weight;
  for (const { features, right, weight } of [...verdicts, ...anchors])
    for (const feature of features)
      contrast.set(feature, (contrast.get(feature) ?? 0) + ((right ? 1 : -1) * weight) / sums[`${right}`]);
  const strength = (feature: number): number => Math.abs(contrast.get(feature) ?? 0);
  return [...reports]
    .filter(([, count]) => count >= minReports)
    .map(([feature]) => feature)
    .sort((a, b) => strength(b) - strength(a) || a - b)
    .slice(0, maxFeatures)
    .sort((a, b) => a - b);
}

/** Raised when adjustments, or the log-odds that they add to, change: older ones are not used. */
export const adjustmentsVersion = 'adjustments 1';

interface StoredAdjustment {
  readonly page: string;
  readonly bias: number;
  readonly weights: string;
}

/** Serialises adjustments as JSON; equal adjustments give equal texts. */
export function writeAdjustments(
  adjustments: Adjustments,
  signatures: ReadonlyMap<string, Signature>,
): string {
  const stored = [...adjustments]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([id, linear]) => {
      const signature = signatures.get(id);
      if (signature === undefined) return [];
      const { bias, weights } = linear;
      return [
        [id, { page: modelKey([signature]), bias, weights: packWeights(weights) } satisfies StoredAdjustment],
      ];
    });
  return JSON.stringify(Object.fromEntries(stored));
}

/**
 * Reads what `writeAdjustments` wrote, without those whose page has changed since: its author starts afresh.
 */
export function readAdjustments(text: string, signatures: ReadonlyMap<string, Signature>): Adjustments {
  const stored = JSON.parse(text) as Readonly<Record<string, StoredAdjustment>>;
  return new Map(
    Object.entries(stored).flatMap(([id, { bias, page, weights }]) => {
      const signature = signatures.get(id);
      if (signature === undefined || modelKey([signature]) !== page) return [];
      return [[id, { bias, weights: unpackWeights(weights) }]];
    }),
  );
}
