import { candidatesFor } from '../ranking/candidates.ts';
import { featureNames } from '../ranking/features.ts';
import type { LinearModel } from '../ranking/linear.ts';
import type { LinkModel } from '../ranking/link.ts';
import { type DuplicateModel, modelVersion } from '../ranking/model.ts';
import { createQuery } from '../search-index/query.ts';
import { learnListwise, type RankingExample } from './listwise.ts';
import type { Moment } from './replay.ts';

/**
 * The candidates of an issue when it was opened, as an example for the ranking; null for one that is no
 * duplicate.
 * @param same the earlier issues that turned out to be the same problem
 */
export function rankingExample(
  { clusters, index, issue }: Moment,
  same: ReadonlySet<number>,
): RankingExample | null {
  if (same.size === 0) return null;
  const { numbers, rows } = candidatesFor(index, clusters, createQuery(index, issue));
  return { rows, relevant: Uint8Array.from(numbers, (number) => (same.has(number) ? 1 : 0)) };
}

/**
 * A few duplicates move the weights that others' have taught a little, many far. A history that begins with
 * nothing needs more of them, and each may move the weights more.
 */
const fromNothing = { penalty: 20, minExamples: 60 };
const fromOthers = { penalty: 100, minExamples: 10 };

/**
 * Weights for the ranking, learned from a repository's own duplicates; null when they are too few.
 * @param others weights to begin with; null: none
 * @param minExamples so many duplicates are enough
 */
export function learnRanking(
  examples: readonly RankingExample[],
  others: LinearModel | null,
  minExamples = (others === null ? fromNothing : fromOthers).minExamples,
): LinearModel | null {
  const useful = examples.filter(({ relevant }) => relevant.includes(1));
  if (useful.length < minExamples) return null;
  const { penalty } = others === null ? fromNothing : fromOthers;
  return learnListwise(useful, featureNames.length, penalty, others);
}

/** A model with a ranking of its own; null when there are too few duplicates to learn it from. */
export function learnDuplicateModel(
  examples: readonly RankingExample[],
  trainedUntil: number,
  link: LinkModel,
  others: LinearModel | null,
): DuplicateModel | null {
  const ranking = learnRanking(examples, others);
  return ranking && { version: modelVersion, trainedUntil, sampleIssues: [], ranking, link, bias: 0 };
}
