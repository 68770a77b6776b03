import { type IssueState, newIssueState } from '../src/model/issue-state.ts';

type Group = 'labels' | 'feedback' | 'close' | 'poll' | 'commands' | 'reportCount';

/** Some of a state, and of each group in it. */
export type SomeState = Partial<Omit<IssueState, Group>> & {
  readonly [G in Group]?: Partial<IssueState[G]>;
};

/** The state of an issue of `reporter`, seen a moment ago, with what is given in place of nothing. */
export function issueStateOf(given: SomeState & Pick<IssueState, 'repository' | 'number'>): IssueState {
  const author = { login: given.author ?? 'reporter', bot: false };
  const { createdAt = 1_000, number, repository } = given;
  const fresh = newIssueState({ repository, number, author, createdAt, state: 'open', closedAt: null });
  return withSome(fresh, given);
}

/** The state with what is given in place of what it had. */
export function withSome(state: IssueState, given: SomeState): IssueState {
  return {
    ...state,
    ...given,
    labels: { ...state.labels, ...given.labels },
    feedback: { ...state.feedback, ...given.feedback },
    close: { ...state.close, ...given.close },
    poll: { ...state.poll, ...given.poll },
    commands: { ...state.commands, ...given.commands },
    reportCount: { ...state.reportCount, ...given.reportCount },
  };
}
