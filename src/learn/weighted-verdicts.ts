import type { IssueState } from '../model/issue-state.ts';
import type { Verdict } from '../model/verdict.ts';
import { claims } from './verdicts.ts';

/** A person's verdict, or silence, on one finding, with its weight in training. */
export interface WeightedVerdict {
  readonly number: number;
  /** `signature:<id>`, `duplicate:<owner/name#n>`. */
  readonly finding: string;
  readonly right: boolean;
  readonly by: NonNullable<Verdict['by']> | 'silence';
  /** 0 to 1. */
  readonly weight: number;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Not trained on: it evaluates what was learned from the others. */
  readonly heldBack: boolean;
}

/** Maintainers know the failures, reporters their own; a passer-by may misjudge either. */
const weights = { maintainer: 1, reporter: 0.6, other: 0.3, silence: 0.15 } as const;
const day = 86_400_000;
/** A person counts once in this period on one page, however many issues they open or react to. */
const repeatPeriod = 30 * day;
/** A comment without objection for this long was probably right. */
const silencePeriod = 14 * day;
/** One in this many issues is held back. */
const heldBackOneIn = 3;

/**
 * Weighs people's verdicts, oldest first: the latest on each finding, a maintainer's before anybody else's,
 * and of all others one for each person and page in thirty days (all links count as one page). On one page,
 * passers-by together never weigh more than reporters and maintainers together.
 */
export function weightedVerdicts(states: readonly IssueState[], now: number): readonly WeightedVerdict[] {
  const counted = new Map<string, number>();
  const verdicts: WeightedVerdict[] = [];
  for (const { who, ...verdict } of states.flatMap((state) => verdictsOf(state, now)).sort(byTime)) {
    if (verdict.by !== 'maintainer') {
      const key = `${who} ${modelSubject(verdict.finding)}`;
      if (verdict.at - (counted.get(key) ?? Number.NEGATIVE_INFINITY) < repeatPeriod) continue;
      counted.set(key, verdict.at);
    }
    verdicts.push(verdict);
  }
  return capStrangers(verdicts);
}

/** Groups verdicts that are learned from together: those on one page, and those on all links. */
export function modelSubject(finding: string): string {
  return finding.startsWith('duplicate:') ? 'duplicate' : finding;
}

/** Whether verdicts on this issue are held back; decided by a hash of its number, so always the same. */
export function isHeldBack(number: number): boolean {
  // The finaliser of MurmurHash3 (Appleby, 2011), which spreads neighbouring numbers.
  let hash = number;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % heldBackOneIn === 0;
}

interface AttributedVerdict extends WeightedVerdict {
  readonly who: string;
}

function verdictsOf(state: IssueState, now: number): AttributedVerdict[] {
  const {
    author,
    comment,
    createdAt,
    number,
    feedback: { asserted, verdicts },
  } = state;
  const heldBack = isHeldBack(number);
  const verdict = (
    finding: string,
    right: boolean,
    by: WeightedVerdict['by'],
    at: number,
    who: string,
  ): AttributedVerdict => ({
    number,
    finding,
    right,
    by,
    at,
    who,
    heldBack,
    weight: weights[by],
  });
  const fromAssertions = asserted.map((finding) =>
    verdict(finding, true, 'maintainer', comment?.at ?? createdAt, author),
  );
  const stated = verdicts
    .filter(({ finding }) => isLearnable(finding) && !asserted.includes(finding))
    .flatMap((judged): AttributedVerdict[] => {
      const { finding, at, ruling } = judged;
      if (ruling !== undefined) return [verdict(finding, ruling === 'confirmed', 'maintainer', at, author)];
      // Doubt is not learned from.
      if (judged.signal === 'doubt') return [];
      const by = judged.by ?? (judged.kind === 'contradicted' ? 'maintainer' : 'reporter');
      return [verdict(finding, judged.kind === 'confirmed', by, at, judged.who ?? author)];
    });
  if (comment === null || now - comment.at < silencePeriod || verdicts.length + asserted.length > 0)
    return [...fromAssertions, ...stated];
  const unanswered = claims(state).filter(isLearnable);
  return unanswered.map((finding) => verdict(finding, true, 'silence', comment.at, author));
}

function isLearnable(finding: string): boolean {
  return finding.startsWith('signature:') || finding.startsWith('duplicate:');
}

function byTime(a: WeightedVerdict, b: WeightedVerdict): number {
  return a.at - b.at || a.number - b.number || (a.finding < b.finding ? -1 : 1);
}

/**
 * Scales passers-by down to the weight of reporters and maintainers where they outweigh them, page by page.
 */
function capStrangers(verdicts: readonly WeightedVerdict[]): readonly WeightedVerdict[] {
  const sums = new Map<string, { strangers: number; known: number }>();
  for (const { by, finding, weight } of verdicts) {
    const sum = sums.get(modelSubject(finding)) ?? { strangers: 0, known: 0 };
    if (by === 'other') sum.strangers += weight;
    else if (by !== 'silence') sum.known += weight;
    sums.set(modelSubject(finding), sum);
  }
  return verdicts.map((verdict) => {
    const { strangers = 0, known = 0 } = sums.get(modelSubject(verdict.finding)) ?? {};
    if (verdict.by !== 'other' || strangers <= known) return verdict;
    return { ...verdict, weight: (verdict.weight * known) / strangers };
  });
}
