import type { IssueState } from '../model/issue-state.ts';
import type { Verdict } from '../model/verdict.ts';
import { claims } from './verdicts.ts';

/** One person's word, or silence, on one thing that our comment said: what models learn from. */
export interface WeightedVerdict {
  readonly number: number;
  /** `signature:<id>`, `duplicate:<owner/name#n>`. */
  readonly finding: string;
  readonly right: boolean;
  readonly by: NonNullable<Verdict['by']> | 'silence';
  /** How much it counts, 0 to 1. */
  readonly weight: number;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Never learned from: it judges what was learned from the others. */
  readonly held: boolean;
}

/** Maintainers know the failures, reporters their own; a passer-by may mean anything. */
const weights = { maintainer: 1, reporter: 0.6, other: 0.3, silence: 0.15 } as const;
const day = 86_400_000;
/** Within so long a person counts once on one page, however many issues they open or react to. */
const onceIn = 30 * day;
/** A comment that nobody objected to for so long was probably right. */
const silentAfter = 14 * day;
/** One in so many issues is held back. */
const heldOneIn = 3;

/**
 * What people have said, oldest first: the last word on each finding, a maintainer's before anybody else's, and of all
 * others one for each person and page (all links together count as one page) in thirty days. Strangers together never weigh
 * more than reporters and maintainers together.
 */
export function weightedVerdicts(states: readonly IssueState[], now: number): readonly WeightedVerdict[] {
  const counted = new Map<string, number>();
  const verdicts: WeightedVerdict[] = [];
  for (const { who, ...verdict } of states.flatMap((state) => saidOf(state, now)).sort(byTime)) {
    if (verdict.by !== 'maintainer') {
      const key = `${who} ${modelSubject(verdict.finding)}`;
      if (verdict.at - (counted.get(key) ?? Number.NEGATIVE_INFINITY) < onceIn) continue;
      counted.set(key, verdict.at);
    }
    verdicts.push(verdict);
  }
  return capped(verdicts);
}

/** Voices of one page are learned from together; so are all links. */
export function modelSubject(finding: string): string {
  return finding.startsWith('duplicate:') ? 'duplicate' : finding;
}

/** Whether what is said of this issue is held back: by a hash of its number, so it is always the same. */
export function isHeldBack(number: number): boolean {
  // The finaliser of MurmurHash3 (Appleby, 2011): neighbouring numbers part.
  let hash = number;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % heldOneIn === 0;
}

interface Said extends WeightedVerdict {
  readonly who: string;
}

function saidOf(state: IssueState, now: number): Said[] {
  const {
    author,
    comment,
    createdAt,
    number,
    feedback: { asserted, verdicts },
  } = state;
  const held = isHeldBack(number);
  const verdict = (
    finding: string,
    right: boolean,
    by: WeightedVerdict['by'],
    at: number,
    who: string,
  ): Said => ({
    number,
    finding,
    right,
    by,
    at,
    who,
    held,
    weight: weights[by],
  });
  const named = asserted.map((finding) =>
    verdict(finding, true, 'maintainer', comment?.at ?? createdAt, author),
  );
  const spoken = verdicts
    .filter(({ finding }) => isJudged(finding) && !asserted.includes(finding))
    .flatMap((judged): Said[] => {
      const { finding, at, ruling } = judged;
      if (ruling !== undefined) return [verdict(finding, ruling === 'confirmed', 'maintainer', at, author)];
      // A reply that is merely no agreement teaches nothing.
      if (judged.signal === 'doubt') return [];
      const by = judged.by ?? (judged.kind === 'contradicted' ? 'maintainer' : 'reporter');
      return [verdict(finding, judged.kind === 'confirmed', by, at, judged.who ?? author)];
    });
  if (comment === null || now - comment.at < silentAfter || verdicts.length + asserted.length > 0)
    return [...named, ...spoken];
  const silent = claims(state).filter(isJudged);
  return silent.map((finding) => verdict(finding, true, 'silence', comment.at, author));
}

function isJudged(finding: string): boolean {
  return finding.startsWith('signature:') || finding.startsWith('duplicate:');
}

function byTime(a: WeightedVerdict, b: WeightedVerdict): number {
  return a.at - b.at || a.number - b.number || (a.finding < b.finding ? -1 : 1);
}

/** Strangers weigh less where there are more of them than of the others, page by page. */
function capped(verdicts: readonly WeightedVerdict[]): readonly WeightedVerdict[] {
  const sums = new Map<string, { others: number; rest: number }>();
  for (const { by, finding, weight } of verdicts) {
    const sum = sums.get(modelSubject(finding)) ?? { others: 0, rest: 0 };
    if (by === 'other') sum.others += weight;
    else if (by !== 'silence') sum.rest += weight;
    sums.set(modelSubject(finding), sum);
  }
  return verdicts.map((verdict) => {
    const { others = 0, rest = 0 } = sums.get(modelSubject(verdict.finding)) ?? {};
    if (verdict.by !== 'other' || others <= rest) return verdict;
    return { ...verdict, weight: (verdict.weight * rest) / others };
  });
}
