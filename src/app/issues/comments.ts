import type { Comment, Issue } from '../../model/issue.ts';
import type { Memory } from '../../model/memory.ts';
import type { JobContext } from '../context.ts';
import { hasRights } from '../permissions.ts';

/** What the reporter wrote in comments since something was asked for; comments are read only then. */
export async function repliesOf(
  issue: Issue,
  memory: Memory,
  comments: () => Promise<readonly Comment[]>,
): Promise<string> {
  if (!memory.found.some((key) => key.startsWith('missing:')) || issue.comments === 0) return '';
  const own = (await comments()).filter(({ author }) => author.login === issue.author.login);
  return own.map(({ body }) => body).join('\n\n');
}

/** Whether somebody with triage rights, other than the author, has said something. */
export async function answeredByMaintainer(
  issue: Issue,
  comments: () => Promise<readonly Comment[]>,
  { github }: JobContext,
): Promise<boolean> {
  if (issue.comments === 0) return false;
  const others = new Set(
    (await comments())
      .filter(({ author }) => !author.bot && author.login !== issue.author.login)
      .map(({ author }) => author.login),
  );
  for (const login of others) if (await hasRights(github, issue.repository, login)) return true;
  return false;
}

export function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => {
    reading ??= read();
    return reading;
  };
}
