import { isOwnComment, readMarker } from '../../act/index.ts';
import { announces, asClosed, candidateOf, refKey, whyNotClose } from '../../decide/index.ts';
import type { Config } from '../../model/config.ts';
import type { Comment, Issue, Thread } from '../../model/issue.ts';
import type { AnnouncedClose, IssueState } from '../../model/issue-state.ts';
import type { CommentFeedback } from '../../ports/github.ts';
import type { JobContext } from '../context.ts';
import { newJob, pollJob, priorities } from '../jobs.ts';
import { applyActions, writeContext } from '../writes/apply-actions.ts';
import { recover } from '../writes/recover.ts';
import { recordFeedback } from './record-feedback.ts';

const day = 86_400_000;

/** When the day's closes are used up, the rest is tried again after so many milliseconds. */
export const retryCloseAfter = day / 4;

const closeRoute = 'PATCH /repos/{owner}/{repo}/issues/{issue_number}';

/** Closes one issue whose time has come, if nothing stands against it now: the comment first, then the close. */
export async function closeIssue(context: JobContext, number: number): Promise<void> {
  const { github, services, row } = context;
  const { clock, log, store } = services;
  const { repository } = row;
  const before = await store.issueState(repository, number);
  const issue = await github.issue(repository, number);
  if (before === null || issue === null || row.paused) return;
  const { announced } = before.close;
  if (announced === null || before.comment === null) return;
  const { config } = await services.settings.of(repository, github);
  const [feedback = null] = await github.commentFeedback([before.comment.node ?? '']);
  const reads = {
    comments: () => github.comments(repository, number),
    labelEvents: () => github.labelEvents(repository, number),
  };
  const recovered = await recover(before, issue, reads, services);
  if (recovered.close.done !== null) return;
  const state = await recordFeedback(recovered, feedback, context);
  const comment = await github.comment(repository, before.comment.id);
  const target = (await github.threads([announced.of]))[0] ?? null;
  const targetIssue = target === null ? null : await github.issue(target.repository, target.number);
  const rejection =
    announcementProblem(comment, announced, issue, services.slug) ??
    (mayClose(state, feedback, config) ? null : 'somebody has objected, or may have') ??
    whyNotClose(candidateOf(issue), state, config) ??
    targetProblem(target, targetIssue, issue.createdAt);
  if (rejection === null && (await closedToday(context)) >= config.close.atMostPerDay) {
    const due = clock.now() + retryCloseAfter;
    await store.putIssueState({ ...state, poll: { ...state.poll, due } });
    await services.send([pollJob(row, due)]);
    return;
  }
  if (rejection !== null || targetIssue === null || comment === null) {
    log.info({ repository, issue: number, why: rejection }, 'not closed');
    await store.putIssueState({ ...state, close: { ...state.close, announced: null } });
    await services.send([newJob('triage', row, { number }, { priority: priorities.followUp })]);
    return;
  }
  await closeAs(context, issue, state, { announced, comment, targetId: targetIssue.id });
}

/** Says in the comment that the issue is closed, then closes it. */
async function closeAs(
  context: JobContext,
  { labels, repository, state: status }: Issue,
  state: IssueState,
  {
    announced,
    comment,
    targetId,
  }: { readonly announced: AnnouncedClose; readonly comment: Comment; readonly targetId: number },
): Promise<void> {
  const body = asClosed(readMarker(comment.body)?.body ?? '', announced.of, { repository });
  const because = `a person confirmed that it duplicates ${refKey(announced.of)}, announced ${new Date(announced.announcedAt).toISOString()}`;
  const { state: closed } = await applyActions(
    await writeContext(context),
    [
      { kind: 'comment', body, because },
      { kind: 'close', of: announced.of, id: targetId, because },
    ],
    { labels, state: status, comment },
    state,
  );
  await context.services.store.putIssueState(closed);
}

export async function closedToday({ services, row }: JobContext): Promise<number> {
  const since = services.clock.now() - day;
  const recent = await services.store.ledger({ repository: row.repository, since });
  return recent.filter(
    ({ plan, calls }) =>
      plan.actions.some(({ kind }) => kind === 'close') && calls.some(({ route }) => route === closeRoute),
  ).length;
}

function announcementProblem(
  comment: Comment | null,
  { of }: AnnouncedClose,
  issue: Issue,
  slug: string,
): string | null {
  const stands = comment !== null && isOwnComment(comment, slug) && announces(comment.body, of, issue);
  return stands ? null : 'the comment does not announce it';
}

/** The target must still be an open, older, unlocked issue that is no duplicate itself. */
function targetProblem(
  target: Thread | null,
  targetIssue: { readonly id: number } | null,
  createdAt: number,
): string | null {
  const fine =
    target !== null &&
    targetIssue !== null &&
    targetIssue.id > 0 &&
    !target.pullRequest &&
    target.state === 'open' &&
    !target.locked &&
    target.duplicateOf === null &&
    target.createdAt < createdAt;
  return fine ? null : 'the thread it would point to is not open, older and unlocked';
}

/** What could be seen of people's opinion leaves the close standing. */
export function mayClose(state: IssueState, feedback: CommentFeedback | null, config: Config): boolean {
  if (feedback === null || feedback.repliesCut) return false;
  return whyNotClose(feedback, state, config) === null;
}
