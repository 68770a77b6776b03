import { type ModelComparison, rejectionReason, type ThresholdedPrediction } from '../../learn/index.ts';
import {
  adjustment,
  type LabelledSample,
  learnAdjustment,
  probabilityAt,
  writeAdjustments,
} from '../../match/index.ts';
import {
  bySubject,
  type Candidate,
  linksSubject,
  partition,
  reportsOn,
  signatureOf,
  type TrainingRound,
} from './round.ts';
import { compare, evidenceLine, logRejection, targetPrecision } from './trial.ts';

/** One in so many samples of the pages is left for the backtest. */
const backtestOneIn = 3;

/** Learns what verdicts add to each signature, each on its own merit; null where nothing is better than what is in use. */
export async function learnSignatures(round: TrainingRound): Promise<Candidate | null> {
  const { active, settings, verdicts } = round;
  const adjustments = new Map(active.adjustments);
  const lines: string[] = [];
  for (const [subject, given] of bySubject(verdicts)) {
    if (subject === linksSubject) continue;
    const id = signatureOf(subject);
    const { holdOut, trainingSet } = reportsOn(id, given, round);
    const samples = await settings.knowledge.trainingData.samples(id, round.context.services.clock);
    const [testSamples, trainingSamples] = partition(samples, (_, index) => index % backtestOneIn === 0);
    const candidate = learnAdjustment(trainingSet, trainingSamples);
    const base = settings.config.comment.at;
    const threshold = Math.max(base, active.thresholds.get(subject) ?? 0);
    const trial = (reports: readonly LabelledSample[]): ModelComparison => {
      const under = (linear: typeof candidate | undefined): ThresholdedPrediction[] =>
        reports.map(({ features, logOdds, right, weight }) => {
          const probability = probabilityAt(logOdds, adjustment(linear, features));
          return { probability, right, weight, threshold };
        });
      return compare(under(active.adjustments.get(id)), under(candidate), targetPrecision(base));
    };
    const onHoldOut = trial(holdOut.reports);
    const backtest = trial(testSamples);
    const why = rejectionReason(onHoldOut, backtest, holdOut.spoken);
    if (why !== null) {
      logRejection(round, subject, why);
      continue;
    }
    adjustments.set(id, candidate);
    lines.push(evidenceLine(id, given, onHoldOut, backtest));
  }
  if (lines.length === 0) return null;
  return { line: lines.join('; '), content: writeAdjustments(adjustments, settings.knowledge.signatures) };
}
