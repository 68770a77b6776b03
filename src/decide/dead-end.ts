import type { DeadEnd } from '../model/issue-state.ts';
import { link } from './comment.ts';
import type { Part } from './parts.ts';
import type { Situation } from './situation.ts';

/** How a refusal of what the guard says is remembered. */
export const deadEndKey = 'guard:dead-end';

const wrong: Readonly<Record<DeadEnd['why'], string>> = {
  none: 'and named no issue that it would duplicate',
  circular: 'and that one leads back to this issue',
  closed: 'which is closed itself',
  locked: 'which is locked',
  younger: 'which was opened later than this one',
  'pull request': 'which is a pull request',
};

/**
 * What our comment says where another bot closed the issue onto a dead end: the open thread, or that none is known, and nothing
 * that it would want anybody to do. It speaks on a closed issue, where nothing else of ours does, however late and whoever has
 * answered; what people switched off or refused, the brake and the hourly limit hold it as they hold all else.
 */
export function deadEndPart(situation: Situation): Part | null {
  const { breaker, config, installedAt, issue, state, recentComments } = situation;
  if (state?.deadEnd == null || !config.guard || issue.state === 'open' || issue.locked) return null;
  if (state.ignored || state.feedback.refused.includes(deadEndKey)) return null;
  if (installedAt !== null && issue.createdAt < installedAt) return null;
  const held = breaker.all !== null || recentComments >= config.limits.commentsPerHour;
  if (state.comment === null && held) return null;
  const { of, open, why } = state.deadEnd;
  const onto = of === null ? 'a duplicate' : `a duplicate of ${link(of, issue)}`;
  const thread =
    open === null ? 'No open thread of it is known.' : `The open thread of it is ${link(open, issue)}.`;
  return {
    text: `**Another bot closed this as ${onto}**, ${wrong[why]}. ${thread}`,
    why: `another bot closed it as ${onto}, ${wrong[why]}, and guard is set`,
    labels: [],
  };
}
