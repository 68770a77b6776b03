import type { Action } from '../../model/plan.ts';
import type { Case } from '../cases.ts';
import { readCases } from '../cases.ts';
import type { Digest, DigestInput, DigestOptions } from '../digest.ts';
import { summarise } from '../summarise.ts';
import { boundsOf } from '../week.ts';

/** What the maintainers' page shows. Texts are raw: the renderer escapes them. Times are epoch milliseconds. */
export interface PageData {
  readonly digest: Digest;
  readonly writtenAt: number;
  /** By fact: values with their reports with a known failure in twelve weeks, most first. */
  readonly facts: readonly { readonly fact: string; readonly values: readonly Tally[] }[];
  /** Newest first. */
  readonly decisions: readonly Decision[];
  /** Of findings that were said to be so sure, how many people confirmed. */
  readonly calibration: readonly Band[];
  /** Where GitHub's pages are: `https://github.com`. */
  readonly site: string;
}

export interface Tally {
  readonly value: string;
  readonly reports: number;
}

export interface Decision {
  readonly at: number;
  readonly number: number | null;
  /** What was done, or would have been. */
  readonly kind: Action['kind'] | 'learned' | 'nothing';
  readonly because: string;
  readonly verdict: 'confirmed' | 'refused' | 'contradicted' | null;
}

export interface Band {
  /** Probabilities from here to below the next. */
  readonly from: number;
  readonly until: number;
  readonly said: number;
  readonly confirmed: number;
}

export interface PageOptions extends DigestOptions {
  readonly writtenAt: number;
  readonly site: string;
  /** At most so many decisions, the newest. */
  readonly decisions: number;
}

const edges = [0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01];
const valuesShown = 12;

/** The digest of a week, and what a page has room for besides. */
export function pageData(input: DigestInput, options: PageOptions): PageData {
  const digest = summarise(input, options);
  const first = boundsOf(digest.weeks[0] ?? digest.week, digest.zone).from;
  const cases = readCases(input, options).filter(
    ({ createdAt, failure }) => failure !== null && createdAt >= first && createdAt < digest.until,
  );
  return {
    digest,
    writtenAt: options.writtenAt,
    facts: ['version', 'platform'].map((fact) => ({ fact, values: tally(fact, cases) })),
    decisions: decisionsOf(input, options.decisions),
    calibration: calibrationOf(input),
    site: options.site,
  };
}

function tally(fact: string, cases: readonly Case[]): readonly Tally[] {
  const counts = new Map<string, number>();
  for (const { memory } of cases) {
    const value = memory.facts[fact];
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, reports]) => ({ value, reports }))
    .toSorted((a, b) => b.reports - a.reports || (a.value < b.value ? -1 : 1))
    .slice(0, valuesShown);
}

/** An entry of the ledger that did, or would have done, several things is as many decisions. */
function decisionsOf({ entries, verdicts }: DigestInput, most: number): readonly Decision[] {
  const judged = new Map(verdicts.map(({ kind, number }) => [number, kind]));
  const decisions: Decision[] = [];
  for (const { at, number, plan } of entries.toReversed()) {
    const verdict = number === null ? null : (judged.get(number) ?? null);
    for (const { because, kind } of plan.actions) decisions.push({ at, number, kind, because, verdict });
    for (const because of plan.learned ?? [])
      decisions.push({ at, number, kind: 'learned', because, verdict });
    for (const because of plan.withheld) decisions.push({ at, number, kind: 'nothing', because, verdict });
    if (decisions.length >= most) break;
  }
  return decisions.slice(0, most);
}

function calibrationOf({ entries, verdicts }: DigestInput): readonly Band[] {
  const kinds = new Map(verdicts.map(({ finding, kind, number }) => [`${number} ${finding}`, kind]));
  const sure = new Map<string, number>();
  for (const { findings, number } of entries)
    for (const { id, kind, probability } of findings) sure.set(`${number} ${kind}:${id}`, probability);
  return edges.slice(0, -1).flatMap((from, index): Band[] => {
    const until = edges[index + 1] ?? 1;
    const inside = [...kinds].filter(([key]) => {
      const probability = sure.get(key) ?? -1;
      return probability >= from && probability < until;
    });
    const confirmed = inside.filter(([, kind]) => kind === 'confirmed').length;
    return inside.length === 0 ? [] : [{ from, until: Math.min(until, 1), said: inside.length, confirmed }];
  });
}
