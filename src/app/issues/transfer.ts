import { findOwnComment } from '../../act/index.ts';
import type { Comment, Issue } from '../../model/issue.ts';
import type { IssueState, OwnComment } from '../../model/issue-state.ts';
import type { Store } from '../../ports/store.ts';
import { issueEventOf, type JobOf } from '../jobs.ts';
import { readableState } from './readable-state.ts';

/** An issue was transferred: its state goes with it to its new place, where we are installed there too. */
export async function transferState(
  job: JobOf<'forget-issue'>,
  { store }: { readonly store: Store },
): Promise<void> {
  const { number, to, toNumber } = job.data;
  const state = await readableState(store, job.repository, Number(number));
  if (state !== null && typeof to === 'string' && (await store.repository(to)) !== null) {
    const there = { repository: to, number: Number(toNumber) };
    // Whichever event comes first carries it: the one that says it left, or the one that says it came.
    if ((await store.issueState(there.repository, there.number)) === null)
      await store.putIssueState(transferred(state, there));
  }
}

/** The state of an issue that came from elsewhere, as long as that place has not forgotten it. */
export async function stateBeforeTransfer(
  job: JobOf,
  issue: Issue,
  store: Store,
): Promise<IssueState | null> {
  const { from, fromNumber } = issueEventOf(job);
  if (typeof from !== 'string') return null;
  const state = await store.issueState(from, Number(fromNumber));
  return state === null ? null : transferred(state, issue);
}

/** Comments may have other ids there, and labels that the place lacks are gone through nobody's doing. */
function transferred(
  state: IssueState,
  { number, repository }: Pick<Issue, 'repository' | 'number'>,
): IssueState {
  return {
    ...state,
    repository,
    number,
    comment: null,
    close: { ...state.close, announced: null },
    poll: { ...state.poll, due: null },
    transfer: { hadComment: state.comment !== null },
  };
}

/** The state of an issue that has moved, once its comment and labels were looked for at the new place. */
export async function settleTransfer(
  state: IssueState,
  issue: Issue,
  comments: () => Promise<readonly Comment[]>,
  app: string,
): Promise<IssueState> {
  if (state.transfer === null) return state;
  const present = new Set(issue.labels.map((label) => label.toLowerCase()));
  const added = state.labels.added.filter((label) => present.has(label.toLowerCase()));
  const found = state.transfer.hadComment ? findOwnComment(await comments(), app) : null;
  return {
    ...state,
    comment: found && toOwnComment(found),
    labels: { ...state.labels, added },
    transfer: null,
  };
}

function toOwnComment({ createdAt, id, node }: Comment): OwnComment {
  return { id, at: createdAt, ...(node === undefined ? {} : { node }) };
}
