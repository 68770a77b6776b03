import { logit, sigmoid } from '../../numerics/logistic.ts';
import { type Clusters, createClusters, type LinkEvent, membersOf, rootOf } from '../ranking/clusters.ts';
import type { DuplicateModel } from '../ranking/model.ts';
import { rank } from '../ranking/rank.ts';
import { analysisOf, type DuplicateIndex, documentOf } from '../search-index/inverted-index.ts';
import { createQuery } from '../search-index/query.ts';
import type { Analysis } from '../text/analysis.ts';
import { followLinks } from '../training/replay.ts';

/** A link that Signpost posted, and what somebody says of it. */
export interface LinkVerdict {
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

/** The link that was posted is looked for among so many of the best. */
const maxCandidates = 10;

/** Verdicts as duplicate marks: a confirmed link is one, a refused one takes back what was there. */
export function verdictEvents(verdicts: readonly LinkVerdict[]): LinkEvent[] {
  return verdicts.map(({ at, number, of, right }) => ({
    kind: right ? 'marked' : 'unmarked',
    number,
    of,
    at,
  }));
}

/**
 * How probable a model finds the links that were posted, given the links that are known when the last of them
 * is.
 */
export function judgeVerdicts(
  index: DuplicateIndex,
  events: readonly LinkEvent[],
  model: DuplicateModel,
  verdicts: readonly LinkVerdict[],
): JudgedLink[] {
  const known = createClusters(events);
  const { asked, clusters } = inOrderOfOpening(index, events, verdicts);
  return asked.map(({ issue, of, right, weight }) => {
    const same = new Set([of, ...membersOf(known, of).filter((number) => number !== issue.number)]);
    const found = rank(index, clusters, createQuery(index, issue), model, maxCandidates).find(
      ({ number, root }) => same.has(root) || same.has(number),
    );
    return { right, weight, probability: found?.probability ?? 0 };
  });
}

/**
 * What a model would say on issues of the past: for each its surest link, right when people have marked both
 * as one problem. An issue without one that could be posted is left out.
 */
export function judgeHistory(
  index: DuplicateIndex,
  events: readonly LinkEvent[],
  model: DuplicateModel,
  numbers: readonly number[],
): JudgedLink[] {
  const known = createClusters(events);
  const past = numbers.map((number) => ({ number }));
  const { asked, clusters } = inOrderOfOpening(index, events, past);
  return asked.flatMap(({ issue }) => {
    const [first] = rank(index, clusters, createQuery(index, issue), model, 1);
    if (first === undefined || first.open === null) return [];
    const right = rootOf(known, first.number) === rootOf(known, issue.number);
    return [{ right, weight: 1, probability: first.probability }];
  });
}

/**
 * Issues in the order of their opening, without those that left the index, and the links until the last was
 * opened.
 */
function inOrderOfOpening<T extends { readonly number: number }>(
  index: DuplicateIndex,
  events: readonly LinkEvent[],
  all: readonly T[],
): { readonly asked: (T & { readonly issue: Analysis })[]; readonly clusters: Clusters } {
  const asked = all
    .flatMap((one) => {
      const document = documentOf(index, one.number);
      return document === undefined ? [] : [{ ...one, issue: analysisOf(index, document) }];
    })
    .toSorted((a, b) => a.issue.createdAt - b.issue.createdAt);
  const latest = asked.at(-1)?.issue.createdAt ?? Number.NEGATIVE_INFINITY;
  return { asked, clusters: followLinks(events)(latest) };
}

/**
 * How strongly the bias is drawn to where it was, and the farthest that verdicts move it, in log-odds: a
 * refusal is believed sooner than a confirmation, because a wrong link costs more than a missing one.
 */
const priorStrength = { down: 1, up: 2 } as const;
const biasLimits = { down: -4, up: 1 } as const;
const biasStep = 0.05;

/**
 * Adds the bias that fits people's verdicts best to a model: its curve of probability moves as a whole.
 * @param judged what the model says of links that people judged
 */
export function recalibrate(model: DuplicateModel, judged: readonly JudgedLink[]): DuplicateModel {
  const loss = (bias: number): number =>
    judged.reduce(
      (sum, { probability, right, weight }) => {
        const before = Math.min(0.999, Math.max(0.001, probability));
        const after = Math.min(0.999, sigmoid(logit(before) + bias));
        return sum - weight * Math.log(right ? after : 1 - after);
      },
      ((bias < 0 ? priorStrength.down : priorStrength.up) / 2) * bias ** 2,
    );
  let best = 0;
  for (let bias = biasLimits.down; bias <= biasLimits.up; bias += biasStep)
    if (loss(bias) < loss(best) - 1e-9) best = bias;
  return { ...model, bias: model.bias + best };
}
