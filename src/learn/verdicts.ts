import type { IssueState } from '../model/issue-state.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Role } from './instructions.ts';
import type { Reply } from './replies.ts';

/** Something that a person said or did about the claims of our comment. */
export interface Signal {
  readonly by: Role;
  readonly says: Exclude<Reply, 'aside'>;
  readonly signal: NonNullable<Verdict['signal']>;
  /** Epoch milliseconds. */
  readonly at: number;
  /** A short hash of the person's login, where it is known. */
  readonly who?: string;
  /** Keys of the findings that it is about; default: all claims of the comment. */
  readonly of?: readonly string[];
}

/** The claims of our comment, as finding keys: the failure it names and the earlier report it points to. */
export function claims({ findingKeys: found }: IssueState): readonly string[] {
  return ['signature', 'regression', 'duplicate'].flatMap(
    (kind) => found.find((key) => key.startsWith(`${kind}:`)) ?? [],
  );
}

/**
 * Records a signal as verdicts. A protest or doubt of anybody prevents closes of this issue for good;
 * agreement counts from the reporter and from those with triage rights. The latest signal on a finding holds,
 * so recording one again changes nothing.
 */
export function recordVerdict(state: IssueState, { at, by, of, says, signal, who }: Signal): IssueState {
  const against = says !== 'agrees';
  if (!against && by === 'other') return state;
  const verdicts = [...state.feedback.verdicts];
  // Doubt of a passer-by is no verdict on the page.
  const findings = says === 'doubts' && by === 'other' ? [] : (of ?? claims(state));
  for (const finding of findings) {
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
      ...maintainerRuling(known, by),
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

/** Keeps a maintainer's verdict when somebody else's replaces it. */
function maintainerRuling(known: Known | undefined, by: Role): Pick<Known, 'ruling'> {
  if (known === undefined || by === 'maintainer') return {};
  if (known.ruling !== undefined) return { ruling: known.ruling };
  if (known.by !== 'maintainer' || known.signal === 'doubt') return {};
  return { ruling: known.kind === 'confirmed' ? 'confirmed' : 'contradicted' };
}

type Known = IssueState['feedback']['verdicts'][number];

/** Records signals in the order in which they were given. */
export function recordVerdicts(state: IssueState, signals: readonly Signal[]): IssueState {
  return signals.toSorted((a, b) => a.at - b.at).reduce(recordVerdict, state);
}
