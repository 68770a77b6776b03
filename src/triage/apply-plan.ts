import {
  type ApplyPorts,
  type ApplyResult,
  afterCommentDeleted,
  apply,
  findOwnComment,
  reconcile,
} from '../act/index.ts';
import type { Comment, Issue } from '../model/issue.ts';
import type { IssueState } from '../model/issue-state.ts';
import type { Plan } from '../model/plan.ts';

/** The comments of one issue, each read from GitHub once at most while it is triaged. */
export interface IssueComments {
  /** Oldest first. */
  all(): Promise<readonly Comment[]>;
  /** By its id, since GitHub's lists do not have a new one at once; null: it is gone. */
  one(id: number): Promise<Comment | null>;
}

/** The second half of the path: plan → act → state. Comments are read only when there may be one of ours. */
export async function applyPlan(
  issue: Issue,
  plan: Plan,
  state: IssueState,
  app: string,
  comments: IssueComments,
  ports: ApplyPorts,
): Promise<ApplyResult> {
  const speaks = plan.actions.some(({ kind }) => kind === 'comment' || kind === 'retract');
  const comment = speaks ? await ownComment(issue, state, app, comments) : null;
  // Deleted by a person, and no event told us.
  if (speaks && state.comment !== null && comment === null)
    return { calls: [], state: afterCommentDeleted(state), refused: [] };
  const current = { labels: issue.labels, state: issue.state, comment };
  return apply(reconcile(plan, current, app), state, ports);
}

/** One that is known is found by its id: a person may have taken our hidden line out of it. */
async function ownComment(
  issue: Issue,
  { comment }: IssueState,
  app: string,
  comments: IssueComments,
): Promise<Comment | null> {
  if (comment !== null) return comments.one(comment.id);
  return issue.comments > 0 ? findOwnComment(await comments.all(), app) : null;
}
