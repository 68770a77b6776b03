import { LRUCache } from 'lru-cache';
import type { LeasedJob } from '../ports/queue.ts';
import { catchUp } from './catch-up/deliveries.ts';
import { fillGaps } from './catch-up/missed-issues.ts';
import type { JobContext, Services } from './context.ts';
import { sendDigestJobs, writeDigest } from './digests/weekly.ts';
import { closeIssue } from './feedback/close.ts';
import { handleComment, handleCommentDeleted } from './feedback/handle-comment.ts';
import { publishPauseIssue } from './feedback/pause-issue.ts';
import { pollReactions } from './feedback/poll-reactions.ts';
import { syncRepository } from './history/sync.ts';
import { sendRelatedJobs, syncRelated } from './history/sync-related.ts';
import { install } from './installations/install.ts';
import { installedRepository } from './installations/installed-repository.ts';
import { readSettings } from './installations/read-settings.ts';
import { renameRepository } from './installations/rename-repository.ts';
import { uninstall } from './installations/uninstall.ts';
import { countReports } from './issues/count-reports.ts';
import { forgetIssue } from './issues/forget-issue.ts';
import { triageIssue } from './issues/triage-issue.ts';
import { type JobKind, type JobOf, readJob } from './jobs.ts';
import { learnFromVerdicts, sendLearnJobs } from './learning/learn-from-verdicts.ts';
import { checkPages } from './pages/check-pull-request.ts';

type Handler<K extends JobKind> = (job: JobOf<K>, services: Services) => Promise<unknown>;

const handlers: { readonly [K in JobKind]: Handler<K> } = {
  'catch-up': catchUp,
  'schedule-digests': (_, services) => sendDigestJobs(services),
  'schedule-learning': (_, services) => sendLearnJobs(services),
  'schedule-related': (_, services) => sendRelatedJobs(services),
  install,
  uninstall,
  rename: renameRepository,
  'read-settings': whereInstalled(readSettings),
  'fill-gaps': whereInstalled(fillGaps),
  sync: whereInstalled(syncRepository),
  'sync-related': whereInstalled(syncRelated),
  'poll-reactions': whereInstalled(pollReactions),
  'publish-pause-issue': whereInstalled(publishPauseIssue),
  'publish-digest': whereInstalled(writeDigest),
  'learn-from-verdicts': whereInstalled(learnFromVerdicts),
  triage: whereInstalled((context) => triageIssue(context, context.job.data.number)),
  comment: whereInstalled((context) => {
    const { comment, number } = context.job.data;
    return handleComment(context, number, comment);
  }),
  'comment-deleted': whereInstalled((context) => {
    const { comment, number } = context.job.data;
    return handleCommentDeleted(context, number, comment);
  }),
  'forget-issue': forgetIssue,
  'check-pages': whereInstalled((context) => checkPages(context, context.job.data.number)),
  close: whereInstalled((context) => closeIssue(context, context.job.data.number)),
  'count-reports': whereInstalled((context) => countReports(context, context.job.data.number)),
};

/** Work on a repository where the App is installed; nothing to do elsewhere. */
function whereInstalled<K extends JobKind>(work: (context: JobContext<K>) => Promise<unknown>): Handler<K> {
  return async (job, services) => {
    const row = await installedRepository(job.repository, services);
    if (row === null) return;
    await work({ services, job, row, github: await services.githubOf(row.installation, job.priority) });
  };
}

async function handle<K extends JobKind>(job: JobOf<K>, services: Services): Promise<void> {
  await handlers[job.kind](job, services);
}

/**
 * Does one job: identifiers in, the issue as GitHub has it now, what follows from it.
 *
 * @throws UnreadableJob where this version does not understand the job
 */
export function createDispatcher(services: Services): (job: LeasedJob) => Promise<void> {
  // Whoever drops out has its settings read from the store once more.
  const leases = new LRUCache<string, number>({ max: 1000 });
  return async (job) => {
    const { lease, repository } = job;
    // While it was another worker's, its settings may have changed.
    if (leases.get(repository) !== lease) services.settings.drop(repository);
    leases.set(repository, lease);
    await handle(readJob(job), services);
  };
}
