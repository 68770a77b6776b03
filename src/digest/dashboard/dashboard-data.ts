import type { Action } from '../../model/plan.ts';
import { countValues, mostFrequentFirst } from '../counts.ts';
import type { Digest, DigestInput, DigestOptions } from '../digest.ts';
import { placeFacts } from '../failures.ts';
import { type IssueSummary, summariseIssues, valuesOf } from '../issue-summaries.ts';
import { summarise } from '../summarise.ts';
import { boundsOf } from '../week.ts';

/** What the dashboard shows. Texts are raw: the renderer escapes them. Times are epoch milliseconds. */
export interface DashboardData {
  readonly digest: Digest;
  readonly writtenAt: number;
  /** By fact: its values, with the reports of known failures in twelve weeks that name them, most first. */
  readonly facts: readonly { readonly fact: string; readonly values: readonly ValueCount[] }[];
  /** Newest first. */
  readonly decisions: readonly Decision[];
  /** How many findings people confirmed, by the probability that was said. */
  readonly calibration: readonly CalibrationBin[];
  /** The root of GitHub: `https://github.com`. */
  readonly site: string;
}

export interface ValueCount {
  readonly value: string;
  readonly reports: number;
}

export interface Decision {
  readonly at: number;
  readonly number: number | null;
  /** What Signpost did, or would have done. */
  readonly kind: Action['kind'] | 'learned' | 'nothing';
  readonly because: string;
  readonly verdict: 'confirmed' | 'refused' | 'contradicted' | null;
}

export interface CalibrationBin {
  /** Probabilities from `from` to below `until`. */
  readonly from: number;
  readonly until: number;
  readonly judged: number;
  readonly confirmed: number;
}

export interface DashboardOptions extends DigestOptions {
  readonly writtenAt: number;
  readonly site: string;
  /** Shows at most so many decisions, the newest. */
  readonly decisions: number;
}

const binEdges = [0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01];
const maxValues = 12;

/** Collects the digest of a week and what the dashboard shows besides. */
export function dashboardData(input: DigestInput, options: DashboardOptions): DashboardData {
  const digest = summarise(input, options);
  const first = boundsOf(digest.weeks[0] ?? digest.week, digest.zone).from;
  const issues = summariseIssues(input, options).filter(
    ({ createdAt, failure }) => failure !== null && createdAt >= first && createdAt < digest.until,
  );
  return {
    digest,
    writtenAt: options.writtenAt,
    facts: placeFacts.map((fact) => ({ fact, values: countFact(fact, issues) })),
    decisions: decisionsOf(input, options.decisions),
    calibration: calibrationOf(input),
    site: options.site,
  };
}

function countFact(fact: string, issues: readonly IssueSummary[]): readonly ValueCount[] {
  return mostFrequentFirst(countValues(valuesOf(fact, issues)))
    .slice(0, maxValues)
    .map(([value, reports]) => ({ value, reports }));
}

/** Lists each action of an entry as one decision, whether it was done or withheld. */
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

function calibrationOf({ entries, verdicts }: DigestInput): readonly CalibrationBin[] {
  const kinds = new Map(verdicts.map(({ finding, kind, number }) => [`${number} ${finding}`, kind]));
  const sure = new Map<string, number>();
  for (const { findings, number } of entries)
    for (const { id, kind, probability } of findings) sure.set(`${number} ${kind}:${id}`, probability);
  return binEdges.slice(0, -1).flatMap((from, index): CalibrationBin[] => {
    const until = binEdges[index + 1] ?? 1;
    const inside = [...kinds].filter(([key]) => {
      const probability = sure.get(key) ?? -1;
      return probability >= from && probability < until;
    });
    const confirmed = inside.filter(([, kind]) => kind === 'confirmed').length;
    return inside.length === 0 ? [] : [{ from, until: Math.min(until, 1), judged: inside.length, confirmed }];
  });
}
