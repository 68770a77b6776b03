import { isOwnComment, readMarker } from '../../act/index.ts';
import { announces, asClosed, candidateOf, refKey, whyNotClose } from '../../decide/index.ts';
import type { Config } from '../../model/config.ts';
import type { Thread } from '../../model/issue.ts';
import type { Memory } from '../../model/memory.ts';
import type { CommentFeedback } from '../../ports/github.ts';
import type { JobContext } from '../context.ts';
import { issueJob, pollJob } from '../jobs.ts';
import { applyActions, writeContext } from '../writes/apply-actions.ts';
import { recover } from '../writes/recover.ts';
import { recordFeedback } from './record-feedback.ts';

const day = 86_400_000;

/** When the day's closes are used up, the rest is looked at again after so long. */
export const later = day / 4;

const closing = 'PATCH /repos/{owner}/{repo}/issues/{issue_number}';

/** Closes one issue whose time has come, if nothing stands against it now: the comment first, then the close. */
export async function closeIssue(context: JobContext, number: number): Promise<void> {
  const { github, services: ports, row } = context;
  const { clock, log, slug, store } = ports;
  const { repository } = row;
  const [memory, issue] = [await store.memory(repository, number), await github.issue(repository, number)];
  if (memory?.closing == null || memory.comment === null || issue === null || row.paused) return;
  const { config } = await ports.settings.of(repository, github);
  const [feedback = null] = await github.commentFeedback([memory.comment.node ?? '']);
  const recovered = await recover(
    memory,
    issue,
    {
      comments: () => github.comments(repository, number),
      labelEvents: () => github.labelEvents(repository, number),
    },
    ports,
  );
  if (recovered.closed != null) return;
  const after = await recordFeedback(recovered, feedback, context);
  const comment = await github.comment(repository, memory.comment.id);
  const target = (await github.threads([memory.closing.of]))[0] ?? null;
  const of = target === null ? null : await github.issue(target.repository, target.number);
  const why =
    comment === null || !isOwnComment(comment, slug) || !announces(comment.body, memory.closing.of, issue)
      ? 'the comment does not announce it'
      : !mayClose(after, feedback, config)
        ? 'somebody has objected, or may have'
        : (whyNotClose(candidateOf(issue), after, config) ??
          (await targetGuard(target, of, issue.createdAt)));
  const today = await closedToday(context);
  if (why === null && today >= config.close.atMostPerDay) {
    await store.putMemory({ ...after, due: clock.now() + later });
    await ports.send([pollJob(repository, row.installation, clock.now() + later)]);
    return;
  }
  if (why !== null || of === null || comment === null) {
    log.info({ repository, issue: number, why }, 'not closed');
    await store.putMemory({ ...after, closing: null });
    await ports.send([issueJob('triage', context, number)]);
    return;
  }
  const body = asClosed(readMarker(comment.body)?.body ?? '', memory.closing.of, issue);
  const because = `a person confirmed that it duplicates ${refKey(memory.closing.of)}, announced ${new Date(memory.closing.announcedAt).toISOString()}`;
  const { memory: closed } = await applyActions(
    await writeContext(context),
    [
      { kind: 'comment', body, because },
      { kind: 'close', of: memory.closing.of, id: of.id, because },
    ],
    { labels: issue.labels, state: issue.state, comment },
    after,
  );
  await store.putMemory(closed);
}

export async function closedToday({ services: ports, row }: JobContext): Promise<number> {
  const since = ports.clock.now() - day;
  const recent = await ports.store.ledger({ repository: row.repository, since });
  return recent.filter(
    ({ plan, calls }) =>
      plan.actions.some(({ kind }) => kind === 'close') && calls.some(({ route }) => route === closing),
  ).length;
}

/** The target must still be an open, older, unlocked issue that is no duplicate itself. */
async function targetGuard(
  target: Thread | null,
  of: { readonly id: number } | null,
  createdAt: number,
): Promise<string | null> {
  const fine =
    target !== null &&
    of !== null &&
    of.id > 0 &&
    !target.pullRequest &&
    target.state === 'open' &&
    !target.locked &&
    target.duplicateOf === null &&
    target.createdAt < createdAt;
  return fine ? null : 'the thread it would point to is not open, older and unlocked';
}

/** What could be seen of people's opinion leaves the close standing. */
export function mayClose(memory: Memory, feedback: CommentFeedback | null, config: Config): boolean {
  if (feedback === null || feedback.repliesCut) return false;
  return whyNotClose(feedback, memory, config) === null;
}
