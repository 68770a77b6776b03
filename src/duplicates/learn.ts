import { featureNames } from './features.ts';
import { chancesOf, type LinkExample, learnLink, linkFeatures } from './link.ts';
import { type Example, learnListwise } from './listwise.ts';
import { type DuplicateModel, modelVersion } from './model.ts';
import { prepare } from './query.ts';
import { type Candidates, candidatesFor, openThread, pooled, scoreAll } from './rank.ts';
import type { Moment } from './walk.ts';

/** What the past teaches, gathered moment by moment. */
export interface Lessons {
  readonly candidates: Candidates[];
  /** Whether each candidate was right, in the same order. */
  readonly right: Uint8Array[];
  /** Of each candidate whether a link to it could be posted: it leads to an open thread. */
  readonly open: Uint8Array[];
  /** Whether the moment belongs to a stretch of which every issue is here, duplicate or not. */
  readonly whole: boolean[];
}

export function createLessons(): Lessons {
  return { candidates: [], right: [], open: [], whole: [] };
}

/**
 * Learns from one moment.
 * @param same the earlier issues that turned out to be the same problem; of issues before the recent stretch
 * only those with some have anything to teach
 * @param recent whether the issue is of the stretch that teaches how likely a link is
 */
export function gather(lessons: Lessons, moment: Moment, same: ReadonlySet<number>, recent: boolean): void {
  if (!recent && same.size === 0) return;
  const query = prepare(moment.index, moment.issue);
  const candidates = candidatesFor(moment.index, moment.clusters, query);
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
const linkDecay = 10;
/** So many of the last issues teach how likely a link is: enough to count by, and like those to come. */
export const recentIssues = 5000;
const folds = 5;

/** Fewer known duplicates teach less than those that others have taught. */
const leastDuplicates = 60;

/**
 * Weights for ranking, and the curve of probability over them. The curve is learned from scores that a model
 * gave which had not seen the issue; else it would trust itself too much. Null when the past has too few
 * duplicates to learn from.
 */
export function conclude(lessons: Lessons, trainedUntil: number): DuplicateModel | null {
  const examples = lessons.candidates.map(
    ({ rows }, i): Example => ({ rows, right: lessons.right[i] ?? new Uint8Array() }),
  );
  const width = featureNames.length;
  const useful = examples
    .keys()
    .filter((i) => examples[i]?.right.includes(1))
    .toArray();
  if (useful.length < leastDuplicates) return null;
  const foldOf = new Map(useful.map((example, place) => [example, place % folds]));
  const models = Array.from({ length: folds }, (_, fold) =>
    learnListwise(
      useful.filter((i) => foldOf.get(i) !== fold).flatMap((i) => examples[i] ?? []),
      width,
      rankingDecay,
    ),
  );
  const links = lessons.candidates.flatMap((candidates, i): LinkExample[] => {
    const ranking = models[foldOf.get(i) ?? i % folds];
    if (ranking === undefined || lessons.whole[i] !== true) return [];
    const scores = scoreAll(candidates, { ranking });
    const order = pooled(candidates, scores);
    const first = order[0];
    if (first === undefined || lessons.open[i]?.[first] !== 1) return [];
    const features = linkFeatures(candidates, scores, order, chancesOf(scores, order), 0);
    return [{ features, right: lessons.right[i]?.[first] === 1 }];
  });
  return {
    version: modelVersion,
    trainedUntil,
    witnesses: [],
    ranking: learnListwise(examples, width, rankingDecay),
    link: learnLink(links, linkDecay),
  };
}
