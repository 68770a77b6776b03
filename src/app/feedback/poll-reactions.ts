import { nextPoll } from '../../learn/index.ts';
import type { IssueState } from '../../model/issue-state.ts';
import type { JobContext } from '../context.ts';
import { type NewJobOf, newJob, pollJob, priorities, unique } from '../jobs.ts';
import { closedToday, mayClose, retryCloseAfter } from './close.ts';
import { recordFeedback } from './record-feedback.ts';

/** Issues that one poll reads at most: ten calls. */
const most = 1_000;

/**
 * Reads what people said to our comments whose time has come, a hundred a call, and finds those whose announced close is
 * due. Each of these gets a job of its own, which checks again before it writes.
 */
export async function pollReactions(context: JobContext): Promise<void> {
  const { github, services, row } = context;
  const { clock, store } = services;
  const { repository } = row;
  const { config } = await services.settings.of(repository, github);
  const due = await store.due(repository, clock.now(), most);
  const readable = due.filter(({ comment }) => comment?.node !== undefined);
  const answers = await github.commentFeedback(readable.map(({ comment }) => comment?.node ?? ''));
  const feedbackOf = new Map(readable.map(({ number }, index) => [number, answers[index] ?? null]));
  const jobs: NewJobOf[] = [];
  let closesLeft = config.mode === 'act' ? config.close.atMostPerDay - (await closedToday(context)) : 0;
  for (const { number } of due) {
    const feedback = feedbackOf.get(number) ?? null;
    const before = await store.issueState(repository, number);
    if (before === null) continue;
    const after = await recordFeedback(before, feedback, context);
    const now = clock.now();
    const { announced } = after.close;
    const closes = announced !== null && announced.at <= now && mayClose(after, feedback, config);
    const next = nextDue(after, now, closes && closesLeft <= 0);
    await store.putIssueState({ ...after, poll: { due: next, scheduledFor: next } });
    if (next !== null) jobs.push(pollJob(row, next));
    if (closes && closesLeft > 0) {
      closesLeft -= 1;
      jobs.push(newJob('close', row, { number }));
    }
    if (hasChanged(before, after))
      jobs.push(newJob('triage', row, { number }, { priority: priorities.followUp }));
  }
  if (due.length === most) jobs.push(pollJob(row, clock.now()));
  await services.send(unique(jobs));
}

/** When to look at the issue again: for reactions, or for its announced close. */
function nextDue({ close, comment }: IssueState, now: number, noClosesLeft: boolean): number | null {
  const reactions = comment === null ? null : nextPoll(comment.at, now);
  const { announced } = close;
  const upcoming = announced !== null && announced.at > now ? announced.at : null;
  const retry = noClosesLeft ? now + retryCloseAfter : null;
  const times = [reactions, upcoming, retry].filter((time) => time !== null);
  return times.length > 0 ? Math.min(...times) : null;
}

function hasChanged(before: IssueState, after: IssueState): boolean {
  return (
    before.feedback.verdicts.length !== after.feedback.verdicts.length ||
    before.close.vetoed !== after.close.vetoed
  );
}
