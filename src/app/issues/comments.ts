import type { Comment, Issue } from '../../model/issue.ts';
import type { IssueState } from '../../model/issue-state.ts';
import type { GitHub } from '../../ports/github.ts';
import type { IssueComments } from '../../triage/apply-plan.ts';
import { hasRights } from '../permissions.ts';

/** Reads the comments of one issue when they are asked for; what a list that was read holds is not asked for again. */
export function issueComments(
  github: Pick<GitHub, 'comment' | 'comments'>,
  repository: string,
  number: number,
): IssueComments {
  let list: Promise<readonly Comment[]> | undefined;
  return {
    all() {
      list ??= github.comments(repository, number);
      return list;
    },
    async one(id) {
      const listed = (await list)?.find((comment) => comment.id === id);
      return listed ?? github.comment(repository, id);
    },
  };
}

/** What the reporter wrote in comments since something was asked for; comments are read only then. */
export async function repliesOf(
  issue: Issue,
  state: IssueState,
  comments: Pick<IssueComments, 'all'>,
): Promise<string> {
  if (!state.findingKeys.some((key) => key.startsWith('missing:')) || issue.comments === 0) return '';
  const own = (await comments.all()).filter(({ author }) => author.login === issue.author.login);
  return own.map(({ body }) => body).join('\n\n');
}

/** Whether somebody with triage rights, other than the author, has said something. */
export async function answeredByMaintainer(
  issue: Issue,
  comments: Pick<IssueComments, 'all'>,
  github: GitHub,
): Promise<boolean> {
  if (issue.comments === 0) return false;
  const others = new Set(
    (await comments.all())
      .filter(({ author }) => !author.bot && author.login !== issue.author.login)
      .map(({ author }) => author.login),
  );
  for (const login of others) if (await hasRights(github, issue.repository, login)) return true;
  return false;
}
