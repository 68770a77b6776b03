import type { LeasedJob } from '../ports/queue.ts';
import { catchUp } from './catch-up/deliveries.ts';
import {
  forgetIssue,
  installedRepository,
  leaveReportCountOf,
  wholeSeconds,
} from './catch-up/installations.ts';
import { fillGaps } from './catch-up/missed-issues.ts';
import type { JobContext, Services } from './context.ts';
import { sendDigestJobs, writeDigest } from './digests/weekly.ts';
import { closeIssue } from './feedback/close.ts';
import { handleComment, handleCommentDeleted } from './feedback/handle-comment.ts';
import { publishPauseIssue } from './feedback/pause-issue.ts';
import { pollReactions } from './feedback/poll-reactions.ts';
import { syncRepository } from './history/sync.ts';
import { readRelated, relatedJobs, sendRelatedJobs } from './history/sync-related.ts';
import { countReports } from './issues/count-reports.ts';
import { transferState } from './issues/transfer.ts';
import { triageIssue } from './issues/triage-issue.ts';
import { gapsJob, syncJob } from './jobs.ts';
import { learnFromVerdicts, sendLearnJobs } from './learning/learn-from-verdicts.ts';
import { checkPages } from './pages/check-pull-request.ts';

/** Does one job: identifiers in, the issue as GitHub has it now, what follows from it. */
export function createDispatcher(ports: Services): (job: LeasedJob) => Promise<void> {
  const { store, settings: repositories } = ports;
  const leases = new Map<string, number>();
  return async (job) => {
    const { repository } = job;
    // While it was another worker's, its settings may have changed.
    if (leases.get(repository) !== job.lease) repositories.drop(repository);
    leases.set(repository, job.lease);
    switch (job.kind) {
      case 'catch-up':
        await catchUp(job, ports);
        return;
      case 'digests':
        await sendDigestJobs(ports);
        return;
      case 'learnings':
        await sendLearnJobs(ports);
        return;
      case 'relateds':
        await sendRelatedJobs(ports);
        return;
      case 'install': {
        const installation = job.installation ?? (await ports.app.installation(repository))?.id;
        if (installation === undefined) return;
        await store.putRepository({
          repository,
          installation,
          installedAt: wholeSeconds(Number(job.data.since ?? job.createdAt)),
          // Only a person resumes: what was paused stays so when the App comes back.
          paused: (await store.repository(repository))?.paused ?? false,
        });
        const github = await ports.githubOf(installation, job.priority);
        const { config } = await repositories.refresh(repository, github);
        await ports.send([
          syncJob(repository, installation),
          ...relatedJobs(repository, config, installation),
        ]);
        // Its event was lost, and with it those of its issues.
        if ('since' in job.data) await ports.send([gapsJob({ repository, installation })]);
        return;
      }
      case 'uninstall':
        await store.forgetRepository(repository);
        ports.histories.drop(repository);
        return;
      case 'rename':
        await ports.histories.save();
        await store.renameRepository(String(job.data.from), repository);
        for (const name of [String(job.data.from), repository]) {
          ports.histories.drop(name);
          repositories.drop(name);
        }
        return;
      case 'forget':
        await leaveReportCountOf(job, ports);
        await transferState(job, ports);
        await forgetIssue(repository, Number(job.data.number), ports);
        return;
    }
    const row = await installedRepository(job, ports);
    if (row === null) return;
    const context: JobContext = {
      services: ports,
      job,
      row,
      github: await ports.githubOf(row.installation, job.priority),
    };
    switch (job.kind) {
      case 'settings': {
        const { config, problems } = await repositories.refresh(repository, context.github);
        await ports.send(relatedJobs(repository, config, row.installation));
        ports.log.info({ repository, problems: problems.length }, 'settings read');
        return;
      }
      case 'fill-gaps':
        await fillGaps(context);
        return;
      case 'check':
        await checkPages(context, Number(job.data.number));
        return;
      case 'learn':
        await learnFromVerdicts(context);
        return;
      case 'digest':
        await writeDigest(context);
        return;
      case 'sync':
        await syncRepository(context);
        return;
      case 'sync-related':
        await readRelated(context);
        return;
      case 'triage':
        await triageIssue(context, Number(job.data.number));
        return;
      case 'comment':
        await handleComment(context, Number(job.data.number), Number(job.data.comment));
        return;
      case 'sweep':
        await pollReactions(context);
        return;
      case 'brake':
        await publishPauseIssue(context);
        return;
      case 'tally':
        await countReports(context, Number(job.data.number));
        return;
      case 'close':
        await closeIssue(context, Number(job.data.number));
        return;
      case 'comment-deleted':
        await handleCommentDeleted(context, Number(job.data.number), Number(job.data.comment));
        return;
      default:
        throw new Error(`no handler for a job of kind ${job.kind}`);
    }
  };
}
