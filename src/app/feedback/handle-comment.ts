import { afterCommentDeleted, isOwnComment } from '../../act/index.ts';
import { readCommands, readReply, recordVerdict } from '../../learn/index.ts';
import { findSecrets } from '../../report/index.ts';
import type { JobContext } from '../context.ts';
import { leaveReportCount } from '../issues/report-count.ts';
import { triageIssue } from '../issues/triage-issue.ts';
import { sendPauseIssueJob } from '../jobs.ts';
import { askerOf, whoIs } from '../permissions.ts';
import { runCommands } from './run-commands.ts';

/** A comment was written or edited: commands in it are carried out, once; any other reply may hold what was missing. */
export async function handleComment(context: JobContext, number: number, id: number): Promise<void> {
  const { github, services: ports, row } = context;
  const comment = await github.comment(row.repository, id);
  // What an App writes, for itself or for a person, is not a person's word; answering it makes loops.
  if (comment === null || comment.author.bot || comment.app !== null || isOwnComment(comment, ports.slug))
    return;
  await noticeCredentials(context, number, comment.body);
  const commands = readCommands(comment.body);
  if (commands.length > 0) {
    await runCommands(context, number, comment, commands);
    return;
  }
  const memory = await ports.store.memory(row.repository, number);
  if (memory === null) return;
  const says = memory.comment === null ? 'aside' : readReply(comment.body);
  if (says !== 'aside') {
    const by = await askerOf(comment.author.login, memory.author, row.repository, github);
    const judged = recordVerdict(memory, {
      by,
      says,
      signal: 'reply',
      at: comment.createdAt,
      who: whoIs(comment.author.login),
    });
    if (judged !== memory) {
      await triageIssue(context, number, { memory: judged });
      return;
    }
  }
  const asked = memory.found.some((key) => key.startsWith('missing:'));
  if (asked && comment.author.login === memory.author) await triageIssue(context, number);
}

/** A credential in a comment is warned of like one in the issue; only that there was one is remembered. */
async function noticeCredentials(context: JobContext, number: number, body: string): Promise<void> {
  if ((await findSecrets({ title: '', body })).length === 0) return;
  const { services: ports, row } = context;
  const memory = await ports.store.memory(row.repository, number);
  if (memory === null || memory.notes.credential === true) return;
  const next = { ...memory, notes: { ...memory.notes, credential: true } };
  await ports.store.putMemory(next);
  await triageIssue(context, number, { memory: next });
}

/** Our comment was deleted: a person wants us gone from this issue. */
export async function handleCommentDeleted(context: JobContext, number: number, id: number): Promise<void> {
  const { services: ports, row } = context;
  const memory = await ports.store.memory(row.repository, number);
  if (memory?.comment?.id !== id) return;
  await ports.store.putMemory(afterCommentDeleted(memory));
  await leaveReportCount(context, memory);
  await sendPauseIssueJob(context);
}
