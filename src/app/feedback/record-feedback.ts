import { type Role, readReply, recordVerdicts, type Signal } from '../../learn/index.ts';
import type { IssueState } from '../../model/issue-state.ts';
import type { CommentFeedback } from '../../ports/github.ts';
import type { JobContext } from '../context.ts';
import { askerOf, whoIs } from '../permissions.ts';

/** The state with every reaction, reply, un-mark and reopen that GitHub shows. */
export async function recordFeedback(
  state: IssueState,
  feedback: CommentFeedback | null,
  { github, row }: JobContext,
): Promise<IssueState> {
  if (feedback === null || state.comment === null) return state;
  const signals: Signal[] = [];
  const { author, comment } = state;
  // A protest counts whoever makes it; only agreement needs somebody who may agree, and few agree.
  const whose = async (login: string, says: Signal['says']): Promise<Role> => {
    if (login.toLowerCase() === author.toLowerCase()) return 'reporter';
    return says === 'agrees' ? askerOf(login, author, row.repository, github) : 'other';
  };
  const since = comment.at - 1_000;
  const known = Math.max(0, ...state.feedback.verdicts.map(({ at }) => at));
  for (const { at, by, content } of feedback.reactions) {
    if (at <= known || at < since) continue;
    const says = content === '-1' || content === 'confused' ? 'protests' : 'agrees';
    signals.push({ at, by: await whose(by, says), says, signal: 'reaction', who: whoIs(by) });
  }
  for (const { at, body, bot, by } of feedback.replies) {
    if (bot || at <= known || at < since || /^\s*\/signpost\b/.test(body)) continue;
    const says = readReply(body);
    if (says !== 'aside')
      signals.push({ at, by: await whose(by, says), says, signal: 'reply', who: whoIs(by) });
  }
  for (const { at, what } of feedback.undone) {
    if (at <= known || at < since) continue;
    // Only people with triage rights can do these.
    signals.push({ at, by: 'maintainer', says: 'protests', signal: what === 'reopened' ? 'reopen' : 'mark' });
  }
  return recordVerdicts(state, signals);
}
