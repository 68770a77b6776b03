import type { Signature } from '../model/signature.ts';
import { sigmoid } from '../numerics/logistic.ts';
import type { Linear } from './logistic.ts';
import { modelKey, packWeights, unpackWeights } from './model.ts';
import type { Adjustments } from './recognise.ts';

/** A report on which somebody has said whether it is a certain failure; or a page's sample, which says so itself. */
export interface Spoken {
  readonly features: Uint32Array;
  /** What rules and model say of it. */
  readonly logOdds: number;
  readonly right: boolean;
  readonly weight: number;
}

/** Features that one page's adjustment speaks of: more would learn reports by heart. */
const mostFeatures = 64;
/** A feature of one report alone is not learned: it would say something of one person. */
const leastReports = 2;
const rounds = 400;
const decay = 0.5;

/**
 * What verdicts add to the log-odds of one signature: a logistic regression whose offset is what rules and model say, held
 * to 0 by an L2 penalty and by the page's own samples. The same input in the same order gives the same output.
 */
export function learnAdjustment(taught: readonly Spoken[], anchors: readonly Spoken[]): Linear {
  const features = telling(taught, anchors);
  const place = new Map(features.map((feature, at) => [feature, at]));
  const rows = [...taught, ...anchors].map((one) => ({
    ...one,
    at: [...one.features].flatMap((feature) => place.get(feature) ?? []),
  }));
  const weights = new Float64Array(features.length + 1);
  const bias = features.length;
  // A step below the inverse of the steepest curvature never overshoots.
  const step = 1 / (decay + rows.reduce((sum, { at, weight }) => sum + (weight * (at.length + 1)) / 4, 0));
  for (let round = 0; round < rounds; round++) {
    const gradient = weights.map((weight) => decay * weight);
    for (const { at, logOdds, right, weight } of rows) {
      const moved = at.reduce((sum, f) => sum + weights[f]!, weights[bias]!);
      const pull = weight * (sigmoid(logOdds + moved) - (right ? 1 : 0));
      for (const f of at) gradient[f]! += pull;
      gradient[bias]! += pull;
    }
    for (let f = 0; f <= bias; f++) weights[f]! -= step * gradient[f]!;
  }
  return { bias: weights[bias]!, weights: new Map(features.map((feature, at) => [feature, weights[at]!])) };
}

/** Features that tell what was confirmed from what was refused best, growing. */
function telling(taught: readonly Spoken[], anchors: readonly Spoken[]): number[] {
  const reports = new Map<number, number>();
  const lean = new Map<number, number>();
  for (const { features } of taught)
    for (const feature of features) reports.set(feature, (reports.get(feature) ?? 0) + 1);
  const sums = { true: 0, false: 0 };
  for (const { right, weight } of [...taught, ...anchors]) sums[`${right}`] += weight;
  for (const { features, right, weight } of [...taught, ...anchors])
    for (const feature of features)
      lean.set(feature, (lean.get(feature) ?? 0) + ((right ? 1 : -1) * weight) / sums[`${right}`]);
  const strength = (feature: number): number => Math.abs(lean.get(feature) ?? 0);
  return [...reports]
    .filter(([, count]) => count >= leastReports)
    .map(([feature]) => feature)
    .sort((a, b) => strength(b) - strength(a) || a - b)
    .slice(0, mostFeatures)
    .sort((a, b) => a - b);
}

/** Raised when adjustments or what they stand on change: older ones are not used. */
export const adjustmentsVersion = 'adjustments 1';

interface Stored {
  readonly page: string;
  readonly bias: number;
  readonly weights: string;
}

/** Adjustments as text; equal ones give equal texts. */
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
      return [[id, { page: modelKey([signature]), bias, weights: packWeights(weights) } satisfies Stored]];
    });
  return JSON.stringify(Object.fromEntries(stored));
}

/** Those of them whose page is what it was: an author who has mended a page starts anew. */
export function readAdjustments(text: string, signatures: ReadonlyMap<string, Signature>): Adjustments {
  const stored = JSON.parse(text) as Readonly<Record<string, Stored>>;
  return new Map(
    Object.entries(stored).flatMap(([id, { bias, page, weights }]) => {
      const signature = signatures.get(id);
      if (signature === undefined || modelKey([signature]) !== page) return [];
      return [[id, { bias, weights: unpackWeights(weights) }]];
    }),
  );
}
