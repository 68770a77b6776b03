import { afterCommentDeleted, isOwnComment } from '../../act/index.ts';
import { readCommands, readReply, recordVerdict } from '../../learn/index.ts';
import type { Comment } from '../../model/issue.ts';
import { findSecrets } from '../../report/index.ts';
import type { JobContext } from '../context.ts';
import { leaveReportCount } from '../issues/report-count.ts';
import { triageIssue } from '../issues/triage-issue.ts';
import { newJob } from '../jobs.ts';
import { askerOf, whoIs } from '../permissions.ts';
import { runCommands } from './run-commands.ts';

/**
 * A comment was written or edited: commands in it are carried out, once; any other reply may hold what was missing. The
 * issue is triaged once at most, whatever the comment holds.
 */
export async function handleComment(context: JobContext, number: number, id: number): Promise<void> {
  const { github, services, row } = context;
  const comment = await github.comment(row.repository, id);
  // What an App writes, for itself or for a person, is not a person's word; answering it makes loops.
  if (comment === null || comment.author.bot || comment.app !== null) return;
  if (isOwnComment(comment, services.slug)) return;
  const credential = await noteCredential(context, number, comment.body);
  const commands = readCommands(comment.body);
  const triaged =
    commands.length > 0
      ? await runCommands(context, number, comment, commands)
      : await handleReply(context, number, comment);
  if (credential && !triaged) await triageIssue(context, number);
}

/** What a comment without commands says of our findings, or adds to the report; true: the issue was triaged. */
async function handleReply(context: JobContext, number: number, comment: Comment): Promise<boolean> {
  const { github, services, row } = context;
  const state = await services.store.issueState(row.repository, number);
  if (state === null) return false;
  const { login } = comment.author;
  const says = state.comment === null ? 'aside' : readReply(comment.body);
  if (says !== 'aside') {
    const by = await askerOf(login, state.author, row.repository, github);
    const at = comment.createdAt;
    const judged = recordVerdict(state, { by, says, signal: 'reply', at, who: whoIs(login) });
    if (judged !== state) {
      await triageIssue(context, number, { state: judged });
      return true;
    }
  }
  const asked = state.findingKeys.some((key) => key.startsWith('missing:'));
  if (!asked || login !== state.author) return false;
  await triageIssue(context, number);
  return true;
}

/**
 * A credential in a comment is warned of like one in the issue; only that there was one is kept. True: it is the first, so
 * the issue has to be triaged.
 */
async function noteCredential(context: JobContext, number: number, body: string): Promise<boolean> {
  if ((await findSecrets({ title: '', body })).length === 0) return false;
  const { services, row } = context;
  const state = await services.store.issueState(row.repository, number);
  if (state === null || state.credentialInComment) return false;
  await services.store.putIssueState({ ...state, credentialInComment: true });
  return true;
}

/** Our comment was deleted: a person wants us gone from this issue. */
export async function handleCommentDeleted(context: JobContext, number: number, id: number): Promise<void> {
  const { services, row } = context;
  const state = await services.store.issueState(row.repository, number);
  if (state?.comment?.id !== id) return;
  await services.store.putIssueState(afterCommentDeleted(state));
  await leaveReportCount(context, state);
  await services.send([newJob('publish-pause-issue', row, {})]);
}
