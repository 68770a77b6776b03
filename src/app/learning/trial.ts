import {
  type ModelComparison,
  printTrial,
  qualityOf,
  type ThresholdedPrediction,
  type WeightedVerdict,
} from '../../learn/index.ts';
import { partition, type TrainingRound } from './round.ts';

/** What is in use against a candidate, on the same judged reports. */
export function compare(
  before: readonly ThresholdedPrediction[],
  after: readonly ThresholdedPrediction[],
  targetPrecision: number,
): ModelComparison {
  return {
    before: qualityOf(before, targetPrecision),
    after: qualityOf(after, targetPrecision),
  };
}

/** The precision that a threshold promises of what is said; one in twenty is wrong whatever it says. */
export function targetPrecision(threshold: number): number {
  return Math.max(0.5, Math.min(0.95, threshold));
}

/** Probabilities of links lie anywhere between their threshold and 1: all of them promise half way between. */
export function targetPrecisionOfLinks(threshold: number): number {
  return targetPrecision((1 + threshold) / 2);
}

/** What a candidate stands on, for the ledger. */
export function evidenceLine(
  subject: string,
  verdicts: readonly WeightedVerdict[],
  holdOut: ModelComparison,
  backtest: ModelComparison,
): string {
  const spoken = verdicts.filter(({ by }) => by !== 'silence');
  const [right, wrong] = partition(spoken, (verdict) => verdict.right);
  const evidence = `from ${right.length} confirmations and ${wrong.length} refusals`;
  const trials = `held-back verdicts: ${printTrial(holdOut)}; backtest: ${printTrial(backtest)}`;
  return `${subject}, ${evidence}; ${trials}`;
}

export function logRejection({ context }: TrainingRound, what: string, why: string): void {
  context.services.log.info({ repository: context.row.repository, what, why }, 'not adopted');
}
