import { type JudgedLink, type LinkVerdict, snapshot } from '../../duplicates/index.ts';
import { rejectionReason, type ThresholdedPrediction, type WeightedVerdict } from '../../learn/index.ts';
import { moduleBeside, type Task } from '../../ports/compute.ts';
import { writeLinks } from '../../repository/model-registry.ts';
import type { LearnedLinks, Ratings, run } from './learn-links-task.ts';
import {
  bySubject,
  type Candidate,
  countSpoken,
  linksSubject,
  partition,
  type TrainingRound,
} from './round.ts';
import { compare, evidenceLine, targetPrecisionOfLinks } from './trial.ts';

export const learnLinksTask: Task<typeof run> = { module: moduleBeside(import.meta.url, 'learn-links-task') };

/** What came of learning links. */
interface LinksOutcome {
  /** Null: no better than the model in use. */
  readonly candidate: Candidate | null;
  /** What the better of the two models says of the links that people judged. */
  readonly ratings: Ratings;
}

/** Learns from verdicts on links, off the main thread; null where people have said too little. */
export async function learnLinks(round: TrainingRound): Promise<LinksOutcome | null> {
  const { active, context, settings } = round;
  const { row, services } = context;
  const verdicts = verdictsAtHome(round);
  if (bySubject(verdicts).length === 0) return null;
  const history = await services.histories.of(row.repository, context.github);
  const links = (some: readonly WeightedVerdict[]): LinkVerdict[] =>
    some
      .filter(({ number }) => history.index.slots.has(number))
      .map(({ at, finding, number, right, weight }) => ({
        number,
        of: targetOf(finding),
        right,
        weight,
        at,
      }));
  const [held, teaching] = partition(verdicts, (verdict) => verdict.heldBack);
  const learned = await services.compute(learnLinksTask, {
    index: snapshot(history.index),
    events: history.links,
    model: active.links ?? history.duplicates,
    trainingSet: links(teaching),
    holdOutSet: links(held),
    marks: links(teaching.filter(({ by }) => by === 'maintainer' || by === 'reporter')),
  });
  const base = settings.config.duplicates.at;
  const threshold = Math.max(base, active.thresholds.get(linksSubject) ?? 0);
  const line = lineIfBetter(learned, verdicts, threshold, targetPrecisionOfLinks(base));
  if (line === null) return { candidate: null, ratings: learned.before };
  const content = writeLinks(learned.model, history.duplicates);
  return { candidate: { line, content }, ratings: learned.after };
}

/** Verdicts on links to issues of the repository itself. */
function verdictsAtHome({ context, verdicts }: TrainingRound): readonly WeightedVerdict[] {
  const home = `${linksSubject}:${context.row.repository}#`.toLowerCase();
  return verdicts.filter(({ finding }) => finding.toLowerCase().startsWith(home));
}

/** The number that `duplicate:owner/name#number` ends with. */
function targetOf(finding: string): number {
  return Number(finding.slice(finding.indexOf('#') + 1));
}

function lineIfBetter(
  { after, before }: LearnedLinks,
  verdicts: readonly WeightedVerdict[],
  threshold: number,
  precision: number,
): string | null {
  const at = (links: readonly JudgedLink[]): ThresholdedPrediction[] =>
    links.map((link) => ({ ...link, threshold }));
  const holdOut = compare(at(before.holdOutSet), at(after.holdOutSet), precision);
  const backtest = compare(at(before.backtest), at(after.backtest), precision);
  const spoken = Math.min(
    countSpoken(verdicts.filter((verdict) => verdict.heldBack)),
    before.holdOutSet.length,
  );
  const why = rejectionReason(holdOut, backtest, spoken);
  return why === null ? evidenceLine('links', verdicts, holdOut, backtest) : null;
}
