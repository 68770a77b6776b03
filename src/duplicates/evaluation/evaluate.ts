import type { LinkEvent } from '../ranking/clusters.ts';
import type { DuplicateModel } from '../ranking/model.ts';
import { rank } from '../ranking/rank.ts';
import { prepare } from '../search-index/query.ts';
import type { Analysis } from '../text/analysis.ts';
import { conclude, gather, type Lessons } from '../training/learn.ts';
import { latentOf, walk } from '../training/walk.ts';
import { lookBack, type Reading } from './look-back.ts';

/** Places at which recall is told. */
export const cutoffs = [1, 3, 5, 10, 20] as const;

export interface Trial {
  readonly issues: readonly Analysis[];
  /** Issues that are one problem; each number in one cluster at most. */
  readonly clusters: readonly (readonly number[])[];
  /** Queries are the duplicates from this number on. */
  readonly from: number;
  /** Only issues below this number teach. */
  readonly trainUntil: number;
  /** What others' pasts have taught; null: nothing, all is to be learned from the issues below `trainUntil`. */
  readonly shipped: DuplicateModel | null;
  /** What a reader said of pairs of them, when nothing was taught before. */
  readonly reading?: Reading;
  /** Throws: without `shipped`, the issues below `trainUntil` have too few duplicates. */
  readonly tooFew: () => never;
  /** Milliseconds, from any start. */
  readonly now: () => number;
  readonly progress: (done: number, all: number) => void;
}

/** A link that would have been posted, or the best one that was not. */
export interface LinkTried {
  readonly number: number;
  readonly target: number;
  readonly probability: number;
  /** Whether the clusters say so. */
  readonly right: boolean;
}

export interface TrialResult {
  readonly model: DuplicateModel;
  /** By query, the place (from 1) of the first right answer among the best twenty; null without. */
  readonly places: readonly { readonly number: number; readonly place: number | null }[];
  /** For each issue from `from` on, its best candidate, where that leads to an open thread. */
  readonly links: readonly LinkTried[];
  readonly queryMs: readonly number[];
  readonly addMs: readonly number[];
}

/** Walks the past as `../shared/data/README.md` lays down, learning first and answering from `from` on. */
export function evaluate(trial: Trial): TrialResult {
  const { issues, now } = trial;
  const earlier = earlierMembers(trial.clusters);
  const lessons: Lessons = [];
  let model: DuplicateModel | null = null;
  const past = issues.filter(({ number }) => number < trial.trainUntil);
  const latent = latentOf(past);
  const places: { number: number; place: number | null }[] = [];
  const links: LinkTried[] = [];
  const queryMs: number[] = [];
  const addMs: number[] = [];
  const events = linkEvents(issues, earlier);
  const sameAs = (number: number) => earlier.get(number) ?? new Set<number>();
  const learned = (): DuplicateModel => {
    const { reading = () => undefined, shipped, tooFew, trainUntil } = trial;
    const link = shipped?.link ?? lookBack({ issues: past, events, sameAs, reading });
    const own = link && conclude(lessons, trainUntil, link, shipped?.ranking ?? null);
    return own ?? shipped ?? tooFew();
  };
  let started = 0;
  let done = 0;
  for (const moment of walk(issues, events, latent)) {
    if (started > 0) addMs.push(now() - started);
    const { issue } = moment;
    const same = sameAs(issue.number);
    if (model === null && issue.number < trial.trainUntil) gather(lessons, moment, same);
    if (issue.number >= trial.from) {
      model ??= learned();
      const start = now();
      const ranked = rank(moment.index, moment.clusters, prepare(moment.index, issue), model, 20);
      queryMs.push(now() - start);
      if (same.size > 0) {
        const place = ranked.findIndex(({ number }) => same.has(number));
        places.push({ number: issue.number, place: place < 0 ? null : place + 1 });
      }
      const top = ranked[0];
      if (top !== undefined && top.open !== null) {
        const { open: target, number, probability } = top;
        links.push({
          number: issue.number,
          target,
          probability,
          right: same.has(target) || same.has(number),
        });
      }
    }
    trial.progress(++done, issues.length);
    started = now();
  }
  model ??= learned();
  return { model, places, links, queryMs, addMs };
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
