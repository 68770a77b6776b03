import { verdictsFromEvents } from '../../learn/index.ts';
import type { Issue } from '../../model/issue.ts';
import { type IssueState, newIssueState } from '../../model/issue-state.ts';
import type { RepositoryHistory } from '../../repository/history.ts';
import { readRegistry } from '../../repository/model-registry.ts';
import type { RepositorySettings } from '../../repository/settings.ts';
import type { ModelRegistry } from '../../repository/state/model-registry-state.ts';
import type { IssueComments } from '../../triage/apply-plan.ts';
import type { JobContext } from '../context.ts';
import { issueEventOf } from '../jobs.ts';
import { recover } from '../writes/recover.ts';
import { issueComments } from './comments.ts';
import { followMark } from './earlier-reports.ts';
import { repairOtherBots } from './restore-labels.ts';
import { settleTransfer, stateBeforeTransfer } from './transfer.ts';

/** An issue as GitHub has it now, with all that is known of it and of its repository. */
export interface IssueReading {
  readonly issue: Issue;
  /** What was known of it before, and what GitHub shows of what happened since. */
  readonly state: IssueState;
  readonly settings: RepositorySettings;
  readonly history: RepositoryHistory;
  readonly registry: ModelRegistry;
  readonly comments: IssueComments;
  /** Epoch milliseconds: what changed after this was not seen. */
  readonly readAt: number;
}

/**
 * Reads the issue. Null where there is nothing to triage: it is a pull request, a bot wrote it, or it is gone, and then what
 * was kept of it goes too.
 * @param given the state, where it is newer than the store's
 */
export async function readIssue(
  context: JobContext,
  number: number,
  given: IssueState | null,
): Promise<IssueReading | null> {
  const { github, services, row } = context;
  const { clock, histories, store } = services;
  const { repository } = row;
  const readAt = clock.now();
  const issue = await github.issue(repository, number);
  if (issue === null) {
    await store.forgetIssue(repository, number);
    return null;
  }
  if (issue.pullRequest || issue.author.bot) return null;
  const settings = await services.settings.of(repository, github);
  const comments = issueComments(github, repository, number);
  const before = await settleTransfer(
    given ?? (await storedState(context, issue)),
    issue,
    comments.all,
    services.slug,
  );
  const [history, registry] = await Promise.all([
    histories.of(repository, github),
    readRegistry(store, repository),
  ]);
  const markedAs = await followMark(issue, history, context);
  const labelEvents = () => github.labelEvents(repository, number);
  const recovered = await recover(before, issue, { comments: comments.all, labelEvents }, services);
  const judged = verdictsFromEvents(recovered, issue, markedAs);
  const repaired = await repairOtherBots(context, issue, judged, settings.config, labelEvents);
  // An edit is news: what was announced before it is announced anew.
  const state =
    issueEventOf(context.job).action === 'edited'
      ? { ...repaired, close: { ...repaired.close, announced: null } }
      : repaired;
  return { issue, state, settings, history, registry, comments, readAt };
}

async function storedState({ job, services: { store } }: JobContext, issue: Issue): Promise<IssueState> {
  return (
    (await store.issueState(issue.repository, issue.number)) ??
    (await stateBeforeTransfer(job, issue, store)) ??
    newIssueState(issue)
  );
}
