import type { JudgedLink } from '../../duplicates/index.ts';
import {
  learnThreshold,
  type ModelComparison,
  rejectionReason,
  type ThresholdedPrediction,
  type WeightedVerdict,
} from '../../learn/index.ts';
import { adjustment, type LabelledSample, probabilityAt } from '../../match/index.ts';
import type { Config } from '../../model/config.ts';
import { writeThresholds } from '../../repository/model-registry.ts';
import type { Ratings } from './learn-links-task.ts';
import {
  bySubject,
  type Candidate,
  countSpoken,
  linksSubject,
  reportsOn,
  signatureOf,
  type TrainingRound,
} from './round.ts';
import { compare, evidenceLine, logRejection, targetPrecision, targetPrecisionOfLinks } from './trial.ts';

/**
 * Learns the thresholds of signatures and links under the models that are in use by now; null where none is better.
 *
 * @param links what the model of links in use says of those that people judged; null: they have said too little
 */
export async function learnThresholds(
  round: TrainingRound,
  links: Ratings | null,
): Promise<Candidate | null> {
  const { active, settings, verdicts } = round;
  const thresholds = new Map(active.thresholds);
  const lines: string[] = [];
  for (const [subject, given] of bySubject(verdicts)) {
    const ratings = subject === linksSubject ? links : await rateReports(signatureOf(subject), given, round);
    if (ratings === null) continue;
    const { base, precision } = promiseOf(subject, settings.config);
    const old = thresholds.get(subject) ?? base;
    const threshold = learnThreshold(ratings.trainingSet, base, precision) ?? base;
    const at = (rated: readonly JudgedLink[], least: number): ThresholdedPrediction[] =>
      rated.map((one) => ({ ...one, threshold: Math.max(base, least) }));
    const trial = (rated: readonly JudgedLink[]): ModelComparison =>
      compare(at(rated, old), at(rated, threshold), precision);
    const [holdOut, backtest] = [trial(ratings.holdOutSet), trial(ratings.backtest)];
    const spoken = Math.min(
      countSpoken(given.filter((verdict) => verdict.heldBack)),
      ratings.holdOutSet.length,
    );
    const why =
      threshold === old
        ? 'the bar stays'
        : rejectionReason(holdOut, backtest, spoken, { thresholdsOnly: threshold > old });
    if (why !== null) {
      logRejection(round, `bar of ${subject}`, why);
      continue;
    }
    if (threshold === base) thresholds.delete(subject);
    else thresholds.set(subject, threshold);
    const silenced = threshold >= 1 ? ' (not said any more)' : '';
    lines.push(`bar ${old} → ${threshold}${silenced}, ${evidenceLine(subject, given, holdOut, backtest)}`);
  }
  if (lines.length === 0) return null;
  return { line: lines.join('; '), content: writeThresholds(thresholds, settings.knowledge.signatures) };
}

/** The threshold of the settings, and the precision that it promises. */
function promiseOf(
  subject: string,
  { comment, duplicates }: Config,
): { readonly base: number; readonly precision: number } {
  return subject === linksSubject
    ? { base: duplicates.at, precision: targetPrecisionOfLinks(duplicates.at) }
    : { base: comment.at, precision: targetPrecision(comment.at) };
}

/** What a page says now of reports that people judged, and of samples. */
async function rateReports(
  id: string,
  verdicts: readonly WeightedVerdict[],
  round: TrainingRound,
): Promise<Ratings> {
  const linear = round.active.adjustments.get(id);
  const rate = ({ features, logOdds, right, weight }: LabelledSample): JudgedLink => {
    return { right, weight, probability: probabilityAt(logOdds, adjustment(linear, features)) };
  };
  const { holdOut, trainingSet } = reportsOn(id, verdicts, round);
  const samples = await round.settings.knowledge.trainingData.samples(id, round.context.services.clock);
  return {
    trainingSet: trainingSet.map(rate),
    holdOutSet: holdOut.reports.map(rate),
    backtest: samples.map(rate),
  };
}
