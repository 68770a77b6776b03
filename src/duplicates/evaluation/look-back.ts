import { candidatesFor, pool, scoreAll } from '../ranking/candidates.ts';
import type { LinkEvent } from '../ranking/clusters.ts';
import type { LinearModel } from '../ranking/linear.ts';
import { linkFeatures } from '../ranking/link-features.ts';
import type { LinkModel } from '../ranking/model.ts';
import { openThread } from '../ranking/rank.ts';
import { prepare } from '../search-index/query.ts';
import type { Analysis } from '../text/analysis.ts';
import { gather, type Lessons, learnRanking } from '../training/learn.ts';
import { type LinkExample, learnLink } from '../training/learn-link.ts';
import { latentOf, type Moment, walk } from '../training/walk.ts';

/** How sure a reader was that two issues are the same problem, 0 to 1; undefined where nobody read them. */
export type Reading = (number: number, earlier: number) => number | undefined;

/** A past, and what is known of it. */
export interface KnownPast {
  /** By number, rising. */
  readonly issues: readonly Analysis[];
  readonly events: readonly LinkEvent[];
  /** The earlier issues that turned out to be the same problem. */
  readonly sameAs: (number: number) => ReadonlySet<number>;
  readonly reading: Reading;
}

/** The last issues, three in four of all, teach how likely a link is, in so many steps. */
const recent = { share: 0.75, steps: 5 };
/** Duplicates before a step. A poor ranking teaches to be careful, which is what a past with few of them should. */
const leastBefore = 20;
/** So many candidates of an issue may teach. */
const lookedAt = 3;

/**
 * How likely a link is, learned from those that would have been posted: step by step, each ranked by what the issues before
 * it had taught, and in a latent space that had not seen it. One that was taught by the issues it is asked about would trust
 * itself too much. Null when the past has too few duplicates.
 */
export function lookBack(past: KnownPast): LinkModel | null {
  const { issues } = past;
  const span = Math.floor(issues.length * recent.share);
  const starts = Array.from({ length: recent.steps }, (_, step) =>
    Math.floor(issues.length - span + (span * step) / recent.steps),
  );
  const examples = starts.flatMap((start, step) => lookAt(past, start, starts[step + 1] ?? issues.length));
  return examples.some(({ marked }) => marked) ? learnLink(examples) : null;
}

/** The best candidates of the issues from `start` to before `end`, places in the past. */
function lookAt({ events, issues, reading, sameAs }: KnownPast, start: number, end: number): LinkExample[] {
  const lessons: Lessons = [];
  const examples: LinkExample[] = [];
  const first = issues[start]?.number ?? Number.POSITIVE_INFINITY;
  let ranking: LinearModel | null = null;
  for (const moment of walk(issues.slice(0, end), events, latentOf(issues.slice(0, start)))) {
    const same = sameAs(moment.issue.number);
    if (moment.issue.number < first) gather(lessons, moment, same);
    else {
      ranking ??= learnRanking(lessons, null, leastBefore);
      if (ranking === null) break;
      examples.push(...examplesOf(moment, ranking, same, reading));
    }
  }
  return examples;
}

/**
 * The first candidate, where it leads to an open thread: a link could be posted. Of the next ones, and those that lead nowhere,
 * what is known teaches just as well what the same problem looks like.
 */
function examplesOf(
  { clusters, index, issue }: Moment,
  ranking: LinearModel,
  same: ReadonlySet<number>,
  reading: Reading,
): LinkExample[] {
  const query = prepare(index, issue);
  const candidates = candidatesFor(index, clusters, query);
  const scores = scoreAll(candidates, { ranking });
  const pooled = pool(candidates, scores);
  const featuresAt = linkFeatures(candidates, scores, pooled);
  return pooled.order.slice(0, lookedAt).flatMap((row, place) => {
    const number = candidates.numbers[row] ?? 0;
    const marked = same.has(number);
    const read = reading(issue.number, number);
    const isPosted = place === 0 && openThread(index, query, candidates, row) !== null;
    if (!isPosted && !marked && read === undefined) return [];
    return [{ features: featuresAt(place), marked, read }];
  });
}
