import { applyLink, createClusters, type LinkEvent, membersOf, rootOf } from '../ranking/clusters.ts';
import type { DuplicateModel } from '../ranking/model.ts';
import { rank } from '../ranking/rank.ts';
import { prepare } from '../search-index/query.ts';
import { analysisOf, type DuplicateIndex, documentOf } from '../search-index/store.ts';
import type { Analysis } from '../text/analysis.ts';

/** A link that Signpost posted, and what people say of it. */
export interface SaidLink {
  readonly number: number;
  readonly of: number;
  readonly right: boolean;
  readonly weight: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** A link that a model gives, and whether it is right. */
export interface JudgedLink {
  readonly right: boolean;
  readonly weight: number;
  readonly probability: number;
}

/** So many of the best are looked through for the one that was posted. */
const looked = 10;

/** Verdicts as duplicate marks: a confirmed link is one, a refused one takes back what was there. */
export function eventsOf(said: readonly SaidLink[]): LinkEvent[] {
  return said.map(({ at, number, of, right }) => ({ kind: right ? 'marked' : 'unmarked', number, of, at }));
}

/** How probable a model finds the links that were posted, as of the time when each issue was opened. */
export function judgeSaid(
  index: DuplicateIndex,
  events: readonly LinkEvent[],
  model: DuplicateModel,
  said: readonly SaidLink[],
): JudgedLink[] {
  const known = createClusters(events);
  const asked = said.flatMap((one) => {
    const document = documentOf(index, one.number);
    return document === undefined ? [] : [{ ...one, issue: analysisOf(index, document) }];
  });
  return [...asOf(events, asked)].map(({ clusters, one }) => {
    const { issue, of, right, weight } = one;
    const same = new Set([of, ...membersOf(known, of).filter((number) => number !== issue.number)]);
    const found = rank(index, clusters, prepare(index, issue), model, looked).find(
      ({ number, root }) => same.has(root) || same.has(number),
    );
    return { right, weight, probability: found?.probability ?? 0 };
  });
}

/**
 * What a model would have said on issues of the past: for each its surest link, right when people have marked both as one
 * problem. An issue without one that could be posted is left out.
 */
export function judgePast(
  index: DuplicateIndex,
  events: readonly LinkEvent[],
  model: DuplicateModel,
  numbers: readonly number[],
): JudgedLink[] {
  const known = createClusters(events);
  const asked = numbers.flatMap((number) => {
    const document = documentOf(index, number);
    return document === undefined ? [] : [{ issue: analysisOf(index, document) }];
  });
  return [...asOf(events, asked)].flatMap(({ clusters, one: { issue } }) => {
    const [first] = rank(index, clusters, prepare(index, issue), model, 1);
    if (first === undefined || first.open === null) return [];
    const right = rootOf(known, first.number) === rootOf(known, issue.number);
    return [{ right, weight: 1, probability: first.probability }];
  });
}

/** Goes through issues in the order of their opening; links are known from their time on. */
function* asOf<T extends { readonly issue: Analysis }>(
  events: readonly LinkEvent[],
  asked: readonly T[],
): Generator<{ readonly one: T; readonly clusters: ReturnType<typeof createClusters> }> {
  const clusters = createClusters();
  const waiting = [...events].sort((a, b) => b.at - a.at);
  for (const one of asked.toSorted((a, b) => a.issue.createdAt - b.issue.createdAt)) {
    for (
      let next = waiting.at(-1);
      next !== undefined && next.at <= one.issue.createdAt;
      next = waiting.at(-1)
    ) {
      applyLink(clusters, next);
      waiting.pop();
    }
    yield { one, clusters };
  }
}

/**
 * How strongly the curve holds to where it was, and the farthest that verdicts move it, in log-odds: a refusal is believed sooner
 * than a confirmation, because a wrong link costs more than a missing one.
 */
const hold = { down: 1, up: 2 } as const;
const farthest = { down: -4, up: 1 } as const;
const step = 0.05;

/**
 * Moves the curve of probability as a whole to where people's verdicts put it.
 * @param judged what the model says of links that people judged
 */
export function recalibrate(model: DuplicateModel, judged: readonly JudgedLink[]): DuplicateModel {
  const loss = (shift: number): number =>
    judged.reduce(
      (sum, { probability, right, weight }) => {
        const before = Math.min(0.999, Math.max(0.001, probability));
        const moved = 1 / (1 + Math.exp(-Math.log(before / (1 - before)) - shift));
        const chance = Math.min(0.999, moved);
        return sum - weight * Math.log(right ? chance : 1 - chance);
      },
      ((shift < 0 ? hold.down : hold.up) / 2) * shift ** 2,
    );
  let best = 0;
  for (let shift = farthest.down; shift <= farthest.up; shift += step)
    if (loss(shift) < loss(best) - 1e-9) best = shift;
  return { ...model, shift: model.shift + best };
}
