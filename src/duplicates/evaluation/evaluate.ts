import type { LinkEvent } from '../ranking/clusters.ts';
import type { DuplicateModel } from '../ranking/model.ts';
import { type Ranked, rank } from '../ranking/rank.ts';
import { createQuery } from '../search-index/query.ts';
import type { Analysis } from '../text/analysis.ts';
import { learnLinkModel, type ReadPairs } from '../training/learn-link-model.ts';
import { learnDuplicateModel, rankingExample } from '../training/learn-ranking.ts';
import type { RankingExample } from '../training/listwise.ts';
import { latentSpaceOf, replay } from '../training/replay.ts';

/** Ranks up to which recall is given. */
export const cutoffs = [1, 3, 5, 10, 20] as const;

export interface Trial {
  readonly issues: readonly Analysis[];
  /** Issues that are one problem; each number in one cluster at most. */
  readonly clusters: readonly (readonly number[])[];
  /** Queries are the duplicates from this number on. */
  readonly from: number;
  /** Only issues below this number teach. */
  readonly trainUntil: number;
  /**
   * What others' histories have taught; null: nothing, all is to be learned from the issues below
   * `trainUntil`.
   */
  readonly shipped: DuplicateModel | null;
  /** What a reader said of pairs of them, when nothing was taught before. */
  readonly readPairs?: ReadPairs;
  /** Throws: without `shipped`, the issues below `trainUntil` have too few duplicates. */
  readonly tooFew: () => never;
  /** Milliseconds, from any start. */
  readonly now: () => number;
  readonly progress: (done: number, all: number) => void;
}

/** A link that would have been posted, or the best one that was not. */
export interface ProposedLink {
  readonly number: number;
  readonly target: number;
  readonly probability: number;
  /** Whether the clusters say so. */
  readonly right: boolean;
}

export interface TrialResult {
  readonly model: DuplicateModel;
  /** By query, the rank (from 1) of the first right answer among the best twenty; null without one. */
  readonly ranks: readonly { readonly number: number; readonly rank: number | null }[];
  /** For each issue from `from` on, its best candidate, where that leads to an open thread. */
  readonly links: readonly ProposedLink[];
  readonly queryMs: readonly number[];
  readonly addMs: readonly number[];
}

/**
 * Replays the history as `../shared/data/README.md` lays down, learning first and answering from `from` on.
 */
export function evaluate(trial: Trial): TrialResult {
  const { from, issues, now, trainUntil } = trial;
  const earlier = earlierMembers(trial.clusters);
  const sameAs = (number: number): ReadonlySet<number> => earlier.get(number) ?? new Set();
  const events = linkEvents(issues, earlier);
  const past = issues.filter(({ number }) => number < trainUntil);
  const examples: RankingExample[] = [];
  const learn = (): DuplicateModel => {
    const { readPairs = () => undefined, shipped, tooFew } = trial;
    const link = shipped?.link ?? learnLinkModel({ issues: past, events, sameAs, readPairs });
    const own = link && learnDuplicateModel(examples, trainUntil, link, shipped?.ranking ?? null);
    return own ?? shipped ?? tooFew();
  };
  let model: DuplicateModel | null = null;
  const result = {
    ranks: [] as { number: number; rank: number | null }[],
    links: [] as ProposedLink[],
    queryMs: [] as number[],
    addMs: [] as number[],
  };
  let addedFrom: number | null = null;
  let done = 0;
  for (const { clusters, index, issue } of replay(issues, events, latentSpaceOf(past))) {
    if (addedFrom !== null) result.addMs.push(now() - addedFrom);
    const same = sameAs(issue.number);
    if (model === null && issue.number < trainUntil) {
      const example = rankingExample({ clusters, index, issue }, same);
      if (example !== null) examples.push(example);
    }
    if (issue.number >= from) {
      model ??= learn();
      const start = now();
      const ranked = rank(index, clusters, createQuery(index, issue), model, Math.max(...cutoffs));
      result.queryMs.push(now() - start);
      if (same.size > 0) result.ranks.push({ number: issue.number, rank: firstRight(ranked, same) });
      result.links.push(...proposedLinks(issue.number, ranked, same));
    }
    trial.progress(++done, issues.length);
    addedFrom = now();
  }
  model ??= learn();
  return { model, ...result };
}

function firstRight(ranked: readonly Ranked[], same: ReadonlySet<number>): number | null {
  const place = ranked.findIndex(({ number }) => same.has(number));
  return place < 0 ? null : place + 1;
}

/** The best candidate, where it leads to an open thread. */
function proposedLinks(number: number, [best]: readonly Ranked[], same: ReadonlySet<number>): ProposedLink[] {
  if (best === undefined || best.open === null) return [];
  const { open: target, probability } = best;
  return [{ number, target, probability, right: same.has(target) || same.has(best.number) }];
}

/** By issue, the earlier members of its cluster. */
export function earlierMembers(clusters: Trial['clusters']): Map<number, Set<number>> {
  const earlier = new Map<number, Set<number>>();
  for (const cluster of clusters) {
    const members = [...cluster].sort((a, b) => a - b);
    members.forEach((number, i) => {
      if (i > 0) earlier.set(number, new Set(members.slice(0, i)));
    });
  }
  return earlier;
}

/** A duplicate is known to be one from the moment it was closed. */
export function linkEvents(issues: readonly Analysis[], earlier: Map<number, Set<number>>): LinkEvent[] {
  return issues.flatMap(({ number, closedAt }): LinkEvent[] => {
    const of = earlier.get(number)?.values().next().value;
    return of === undefined || closedAt === null ? [] : [{ kind: 'marked', number, of, at: closedAt }];
  });
}
