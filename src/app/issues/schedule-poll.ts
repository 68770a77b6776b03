import type { IssueState } from '../../model/issue-state.ts';
import type { JobContext } from '../context.ts';
import { pollJob } from '../jobs.ts';

/** Schedules the poll that reads people's reactions, and carries out an announced close, when the time has come. */
export async function schedulePoll({ services, row }: JobContext, state: IssueState): Promise<IssueState> {
  const { close, comment, poll } = state;
  const times = [poll.due, close.announced?.at ?? null].filter((time) => time !== null);
  if (comment === null || times.length === 0) return state;
  const due = Math.min(...times);
  if (poll.scheduledFor !== due) await services.send([pollJob(row, due)]);
  return { ...state, poll: { due, scheduledFor: due } };
}
