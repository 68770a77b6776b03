import type { DeadEnd } from '../model/issue-state.ts';
import { link } from './comment.ts';
import type { CommentPart } from './parts.ts';
import type { Situation } from './situation.ts';

/** The finding key of the answer to another bot's close. */
export const deadEndKey = 'guard:dead-end';

const reasons: Readonly<Record<DeadEnd['why'], string>> = {
  none: 'and named no issue that it would duplicate',
  circular: 'and that one leads back to this issue',
  closed: 'which is closed itself',
  locked: 'which is locked',
  younger: 'which was opened later than this one',
  'pull request': 'which is a pull request',
};

/**
 * The part about another bot's close as a duplicate that leads nowhere: why, and the open thread or that none
 * is known. It is posted on closed issues, at any time, and whoever has answered. Refusals, `ignored`, the
 * circuit breaker and the hourly limit apply to it as to all other parts.
 */
export function deadEndPart(situation: Situation): CommentPart | null {
  const { breaker, config, installedAt, issue, state, recentComments } = situation;
  if (state?.deadEnd == null || !config.guard || issue.state === 'open' || issue.locked) return null;
  if (state.ignored || state.feedback.refused.includes(deadEndKey)) return null;
  if (installedAt !== null && issue.createdAt < installedAt) return null;
  const heldBack = breaker.all !== null || recentComments >= config.limits.commentsPerHour;
  if (state.comment === null && heldBack) return null;
  const { of, open, why } = state.deadEnd;
  const onto = of === null ? 'a duplicate' : `a duplicate of ${link(of, issue)}`;
  const thread =
    open === null ? 'No open thread of it is known.' : `The open thread of it is ${link(open, issue)}.`;
  return {
    text: `**Another bot closed this as ${onto}**, ${reasons[why]}. ${thread}`,
    why: `another bot closed it as ${onto}, ${reasons[why]}, and guard is set`,
    labels: [],
  };
}
