import { featureNames } from './features.ts';
import { chancesOf, type LinkExample, learnLink, linkFeatures } from './link.ts';
import { type Example, learnListwise } from './listwise.ts';
import { type DuplicateModel, type LinkModel, modelVersion } from './model.ts';
import { prepare } from './query.ts';
import { type Candidates, candidatesFor, openThread, pooled, scoreAll } from './rank.ts';
import type { Moment } from './walk.ts';

/** What the past teaches, gathered moment by moment. */
export interface Lessons {
  /** The issue of each moment. */
  readonly numbers: number[];
  readonly candidates: Candidates[];
  /** Whether each candidate was right, in the same order. */
  readonly right: Uint8Array[];
  /** Of each candidate whether a link to it could be posted: it leads to an open thread. */
  readonly open: Uint8Array[];
  /** Whether the moment belongs to a stretch of which every issue is here, duplicate or not. */
  readonly whole: boolean[];
}

export function createLessons(): Lessons {
  return { numbers: [], candidates: [], right: [], open: [], whole: [] };
}

/**
 * Learns from one moment.
 * @param same the earlier issues that turned out to be the same problem; of issues before the recent stretch
 * only those with some have anything to teach
 * @param recent whether the issue is of the stretch that teaches how likely a link is; none needs to be where
 * that is known
 */
export function gather(lessons: Lessons, moment: Moment, same: ReadonlySet<number>, recent: boolean): void {
  if (!recent && same.size === 0) return;
  const query = prepare(moment.index, moment.issue);
  const candidates = candidatesFor(moment.index, moment.clusters, query);
  lessons.numbers.push(moment.issue.number);
  lessons.candidates.push(candidates);
  lessons.whole.push(recent);
  lessons.open.push(
    Uint8Array.from(candidates.numbers, (_, row) =>
      openThread(moment.index, query, candidates, row) === null ? 0 : 1,
    ),
  );
  lessons.right.push(Uint8Array.from(candidates.numbers, (number) => (same.has(number) ? 1 : 0)));
}

const rankingDecay = 10;
/** So many of the last issues teach how likely a link is: enough to count by, and like those to come. */
export const recentIssues = 8000;
const folds = 5;

/** Fewer known duplicates teach less than those that others have taught. */
const leastDuplicates = 60;

/** How sure a reader was that two issues are the same problem, 0 to 1; undefined where nobody read them. */
export type Reading = (number: number, earlier: number) => number | undefined;

/**
 * Weights for ranking, learned from the repository's own duplicates; null when the past has too few of them.
 * @param link how likely a link is; null: to be learned from the recent stretch
 */
export function conclude(
  lessons: Lessons,
  trainedUntil: number,
  link: LinkModel | null,
  reading: Reading = () => undefined,
): DuplicateModel | null {
  const examples = lessons.candidates.map(
    ({ rows }, i): Example => ({ rows, right: lessons.right[i] ?? new Uint8Array() }),
  );
  const useful = examples
    .keys()
    .filter((i) => examples[i]?.right.includes(1))
    .toArray();
  if (useful.length < leastDuplicates) return null;
  return {
    version: modelVersion,
    trainedUntil,
    witnesses: [],
    ranking: learnListwise(examples, featureNames.length, rankingDecay),
    link: link ?? learnLink(linkExamples(lessons, examples, useful, reading)),
  };
}

/** Of each recent issue its first candidate, by a ranking that had not seen the issue: else it would trust itself too much. */
function linkExamples(
  lessons: Lessons,
  examples: readonly Example[],
  useful: readonly number[],
  reading: Reading,
): LinkExample[] {
  const foldOf = new Map(useful.map((example, place) => [example, place % folds]));
  const rankings = Array.from({ length: folds }, (_, fold) =>
    learnListwise(
      useful.filter((i) => foldOf.get(i) !== fold).flatMap((i) => examples[i] ?? []),
      featureNames.length,
      rankingDecay,
    ),
  );
  return lessons.candidates.flatMap((candidates, i): LinkExample[] => {
    const ranking = rankings[foldOf.get(i) ?? i % folds];
    if (ranking === undefined || lessons.whole[i] !== true) return [];
    const scores = scoreAll(candidates, { ranking });
    const order = pooled(candidates, scores);
    const first = order[0];
    if (first === undefined || lessons.open[i]?.[first] !== 1) return [];
    return [
      {
        features: linkFeatures(candidates, scores, order, chancesOf(scores, order), 0),
        marked: lessons.right[i]?.[first] === 1,
        read: reading(lessons.numbers[i] ?? 0, candidates.numbers[first] ?? 0),
      },
    ];
  });
}
