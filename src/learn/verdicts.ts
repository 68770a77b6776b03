import type { IssueState } from '../model/issue-state.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Asker } from './orders.ts';
import type { Reply } from './replies.ts';

/** One thing that a person said or did about what our comment claims. */
export interface Signal {
  readonly by: Asker;
  readonly says: Exclude<Reply, 'aside'>;
  readonly signal: NonNullable<Verdict['signal']>;
  /** Epoch milliseconds. */
  readonly at: number;
  /** A short hash of who it is, where that is known. */
  readonly who?: string;
  /** Which findings it speaks of; default: all that the comment claims. */
  readonly of?: readonly string[];
}

/** What our comment claims: the failure it names and the earlier report it points to. */
export function claims({ findingKeys: found }: IssueState): readonly string[] {
  return ['signature', 'regression', 'duplicate'].flatMap(
    (kind) => found.find((key) => key.startsWith(`${kind}:`)) ?? [],
  );
}

/**
 * The state once a signal was seen. Anybody's protest is a refusal, and from then on nothing is closed here;
 * agreement counts from the reporter and from those with triage rights. The last word on a finding holds, so reading the
 * same sign again changes nothing.
 */
export function recordVerdict(state: IssueState, { at, by, of, says, signal, who }: Signal): IssueState {
  const against = says !== 'agrees';
  if (!against && by === 'other') return state;
  const verdicts = [...state.feedback.verdicts];
  // A passer-by who is merely unsure says nothing of the page; what was not said cannot be refused.
  const spoken = says === 'doubts' && by === 'other' ? [] : (of ?? claims(state));
  for (const finding of spoken) {
    const index = verdicts.findIndex((known) => known.finding === finding);
    const known = verdicts[index];
    if (known !== undefined && known.at >= at) continue;
    const kind = !against ? 'confirmed' : by === 'maintainer' ? 'contradicted' : 'refused';
    const next = {
      finding,
      kind,
      at,
      signal: says === 'doubts' ? 'doubt' : signal,
      by,
      ...(who === undefined ? {} : { who }),
      ...rulingOf(known, by),
    } as const;
    if (known === undefined) verdicts.push(next);
    else verdicts[index] = next;
  }
  if (!against) return { ...state, feedback: { ...state.feedback, verdicts } };
  return {
    ...state,
    feedback: { ...state.feedback, verdicts },
    close: { ...state.close, vetoed: true, announced: null },
  };
}

/** What a maintainer has said stays known when somebody else has the last word. */
function rulingOf(known: Known | undefined, by: Asker): Pick<Known, 'ruling'> {
  if (known === undefined || by === 'maintainer') return {};
  if (known.ruling !== undefined) return { ruling: known.ruling };
  if (known.by !== 'maintainer' || known.signal === 'doubt') return {};
  return { ruling: known.kind === 'confirmed' ? 'confirmed' : 'contradicted' };
}

type Known = IssueState['feedback']['verdicts'][number];

/** Signs in the order in which they were given. */
export function recordVerdicts(state: IssueState, signals: readonly Signal[]): IssueState {
  return signals.toSorted((a, b) => a.at - b.at).reduce(recordVerdict, state);
}
