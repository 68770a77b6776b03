import { candidatesFor } from '../ranking/candidates.ts';
import { featureNames } from '../ranking/features.ts';
import type { LinearModel } from '../ranking/linear.ts';
import { type DuplicateModel, type LinkModel, modelVersion } from '../ranking/model.ts';
import { prepare } from '../search-index/query.ts';
import { type Example, learnListwise } from './listwise.ts';
import type { Moment } from './walk.ts';

/** What the past teaches of ranking, gathered moment by moment: the candidates of each duplicate. */
export type Lessons = Example[];

/**
 * Learns from one moment.
 * @param same the earlier issues that turned out to be the same problem
 */
export function gather(
  lessons: Lessons,
  { clusters, index, issue }: Moment,
  same: ReadonlySet<number>,
): void {
  if (same.size === 0) return;
  const { numbers, rows } = candidatesFor(index, clusters, prepare(index, issue));
  lessons.push({ rows, right: Uint8Array.from(numbers, (number) => (same.has(number) ? 1 : 0)) });
}

/**
 * Few duplicates move the weights that others have taught a little, many far; a past that begins with nothing needs more of
 * them, and each may move it more.
 */
const beginning = {
  withNothing: { decay: 20, least: 60 },
  withOthers: { decay: 100, least: 10 },
};

/**
 * Weights for ranking, learned from the repository's own duplicates; null when the past has too few of them.
 * @param others weights to begin with; null: none
 * @param least so many duplicates are enough
 */
export function learnRanking(
  lessons: Lessons,
  others: LinearModel | null,
  least = (others === null ? beginning.withNothing : beginning.withOthers).least,
): LinearModel | null {
  const useful = lessons.filter(({ right }) => right.includes(1));
  if (useful.length < least) return null;
  const { decay } = others === null ? beginning.withNothing : beginning.withOthers;
  return learnListwise(useful, featureNames.length, decay, others);
}

/** A model of a past; null when it has too few duplicates. */
export function conclude(
  lessons: Lessons,
  trainedUntil: number,
  link: LinkModel,
  others: LinearModel | null,
): DuplicateModel | null {
  const ranking = learnRanking(lessons, others);
  return ranking && { version: modelVersion, trainedUntil, witnesses: [], ranking, link, shift: 0 };
}
