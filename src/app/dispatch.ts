import type { LeasedJob } from '../ports/queue.ts';
import { catchUp } from './catch-up/deliveries.ts';
import { forget, leaveCountOf, rowOf, wholeSeconds } from './catch-up/installations.ts';
import { fillGaps } from './catch-up/missed-issues.ts';
import type { JobPorts, Scene } from './context.ts';
import { sendDigestJobs, writeDigest } from './digests/weekly.ts';
import { close } from './feedback/close.ts';
import { listen, mourn } from './feedback/handle-comment.ts';
import { tellOfBrake } from './feedback/pause-issue.ts';
import { sweep } from './feedback/poll-reactions.ts';
import { catchUpPast } from './history/sync.ts';
import { readRelated, relatedJobs, sendRelatedJobs } from './history/sync-related.ts';
import { tally } from './issues/count-reports.ts';
import { leave } from './issues/transfer.ts';
import { look } from './issues/triage-issue.ts';
import { gapsJob, syncJob } from './jobs.ts';
import { learnFromPeople, sendLearnJobs } from './learning/learn-from-verdicts.ts';
import { checkPages } from './pages/check-pull-request.ts';

/** Does one job: identifiers in, the issue as GitHub has it now, what follows from it. */
export function createHandler(ports: JobPorts): (job: LeasedJob) => Promise<void> {
  const { store, repositories } = ports;
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
        ports.pasts.drop(repository);
        return;
      case 'rename':
        await ports.pasts.save();
        await store.renameRepository(String(job.data.from), repository);
        for (const name of [String(job.data.from), repository]) {
          ports.pasts.drop(name);
          repositories.drop(name);
        }
        return;
      case 'forget':
        await leaveCountOf(job, ports);
        await leave(job, ports);
        await forget(repository, Number(job.data.number), ports);
        return;
    }
    const row = await rowOf(job, ports);
    if (row === null) return;
    const scene: Scene = { ports, job, row, github: await ports.githubOf(row.installation, job.priority) };
    switch (job.kind) {
      case 'settings': {
        const { config, problems } = await repositories.refresh(repository, scene.github);
        await ports.send(relatedJobs(repository, config, row.installation));
        ports.log.info({ repository, problems: problems.length }, 'settings read');
        return;
      }
      case 'fill-gaps':
        await fillGaps(scene);
        return;
      case 'check':
        await checkPages(scene, Number(job.data.number));
        return;
      case 'learn':
        await learnFromPeople(scene);
        return;
      case 'digest':
        await writeDigest(scene);
        return;
      case 'sync':
        await catchUpPast(scene);
        return;
      case 'sync-related':
        await readRelated(scene);
        return;
      case 'triage':
        await look(scene, Number(job.data.number));
        return;
      case 'comment':
        await listen(scene, Number(job.data.number), Number(job.data.comment));
        return;
      case 'sweep':
        await sweep(scene);
        return;
      case 'brake':
        await tellOfBrake(scene);
        return;
      case 'tally':
        await tally(scene, Number(job.data.number));
        return;
      case 'close':
        await close(scene, Number(job.data.number));
        return;
      case 'comment-deleted':
        await mourn(scene, Number(job.data.number), Number(job.data.comment));
        return;
      default:
        throw new Error(`no handler for a job of kind ${job.kind}`);
    }
  };
}
