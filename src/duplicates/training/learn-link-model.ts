import { candidatesFor, rankClusters, scoreCandidates } from '../ranking/candidates.ts';
import type { LinkEvent } from '../ranking/clusters.ts';
import type { LinearModel } from '../ranking/linear.ts';
import type { LinkModel } from '../ranking/link.ts';
import { linkFeatures } from '../ranking/link-features.ts';
import { openThread } from '../ranking/rank.ts';
import { createQuery } from '../search-index/query.ts';
import type { Analysis } from '../text/analysis.ts';
import { type LinkExample, learnLink } from './learn-link.ts';
import { learnRanking, rankingExample } from './learn-ranking.ts';
import type { RankingExample } from './listwise.ts';
import { latentSpaceOf, type Moment, replay } from './replay.ts';

/** How sure a reader was that two issues are the same problem, 0 to 1; undefined where nobody read them. */
export type ReadPairs = (number: number, earlier: number) => number | undefined;

/** A repository's history, and what is known of it. */
export interface LabelledHistory {
  /** By number, rising. */
  readonly issues: readonly Analysis[];
  readonly events: readonly LinkEvent[];
  /** The earlier issues that turned out to be the same problem. */
  readonly sameAs: (number: number) => ReadonlySet<number>;
  readonly readPairs: ReadPairs;
}

/** The last part of the history teaches how likely a link is, in so many steps. */
const taughtBy = { share: 0.75, steps: 5 };
/**
 * Duplicates before a step. A poor ranking teaches to be careful, which is what a history with few of them
 * should.
 */
const minDuplicatesBefore = 20;
/** So many candidates of an issue may teach. */
const candidatesPerIssue = 3;

/**
 * How likely a link is, learned from those that would have been posted: step by step, each ranked by what the
 * issues before it had taught, and in a latent space that had not seen it (prequential training). A ranking
 * that was taught by the issues it is asked about would trust itself too much. Null when the history has too
 * few duplicates.
 */
export function learnLinkModel(history: LabelledHistory): LinkModel | null {
  const { length } = history.issues;
  const span = Math.floor(length * taughtBy.share);
  const examples: LinkExample[] = [];
  for (let step = 0; step < taughtBy.steps; step++) {
    const boundary = (at: number) => Math.floor(length - span + (span * at) / taughtBy.steps);
    examples.push(...examplesBetween(history, boundary(step), boundary(step + 1)));
  }
  return examples.some(({ marked }) => marked) ? learnLink(examples) : null;
}

/** The best candidates of the issues from `start` to before `end`, places in the history. */
function examplesBetween(
  { events, issues, readPairs, sameAs }: LabelledHistory,
  start: number,
  end: number,
): LinkExample[] {
  const rankingExamples: RankingExample[] = [];
  const examples: LinkExample[] = [];
  const first = issues[start]?.number ?? Number.POSITIVE_INFINITY;
  let ranking: LinearModel | null = null;
  for (const moment of replay(issues.slice(0, end), events, latentSpaceOf(issues.slice(0, start)))) {
    const same = sameAs(moment.issue.number);
    if (moment.issue.number < first) {
      const example = rankingExample(moment, same);
      if (example !== null) rankingExamples.push(example);
    } else {
      ranking ??= learnRanking(rankingExamples, null, minDuplicatesBefore);
      if (ranking === null) break;
      examples.push(...examplesOf(moment, ranking, same, readPairs));
    }
  }
  return examples;
}

/**
 * The first candidate, where it leads to an open thread: a link could be posted. Of the next ones, and those
 * that lead nowhere, what is known teaches just as well what the same problem looks like.
 */
function examplesOf(
  { clusters, index, issue }: Moment,
  ranking: LinearModel,
  same: ReadonlySet<number>,
  readPairs: ReadPairs,
): LinkExample[] {
  const query = createQuery(index, issue);
  const candidates = candidatesFor(index, clusters, query);
  const scores = scoreCandidates(candidates, ranking);
  const ranked = rankClusters(candidates, scores);
  const featuresAt = linkFeatures(candidates, scores, ranked);
  return ranked.order.slice(0, candidatesPerIssue).flatMap((row, place) => {
    const number = candidates.numbers[row]!;
    const marked = same.has(number);
    const read = readPairs(issue.number, number);
    const isPosted = place === 0 && openThread(index, query, candidates, row) !== null;
    if (!isPosted && !marked && read === undefined) return [];
    return [{ features: featuresAt(place), marked, read }];
  });
}
