import { featureNames } from './features.ts';
import { type Example, type LinearModel, learnListwise } from './listwise.ts';
import { type DuplicateModel, type LinkModel, modelVersion } from './model.ts';
import { prepare } from './query.ts';
import { candidatesFor } from './rank.ts';
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

const decay = 10;

/** Fewer known duplicates teach less than those that others have taught. */
const leastDuplicates = 60;

/** Weights for ranking, learned from the repository's own duplicates; null when the past has too few of them. */
export function learnRanking(lessons: Lessons): LinearModel | null {
  const useful = lessons.filter(({ right }) => right.includes(1));
  return useful.length < leastDuplicates ? null : learnListwise(useful, featureNames.length, decay);
}

/** A model of a past; null when it has too few duplicates. */
export function conclude(lessons: Lessons, trainedUntil: number, link: LinkModel): DuplicateModel | null {
  const ranking = learnRanking(lessons);
  return ranking && { version: modelVersion, trainedUntil, witnesses: [], ranking, link };
}
