import type { Job, LeasedJob, NewJob } from '../ports/queue.ts';
import type { RepositoryRow } from '../ports/store.ts';
import { tellOfBrake } from './brake-issue.ts';
import { catchUp } from './catch-up.ts';
import { fillGaps, gapsJob } from './catch-up-gaps.ts';
import { checkPages } from './check-pages.ts';
import { sendDigestJobs, writeDigest } from './digests.ts';
import { learnFromPeople, sendLearnJobs } from './learn-people.ts';
import { listen, mourn } from './listen.ts';
import { look } from './look.ts';
import { leave } from './move.ts';
import { leaveCount } from './recount.ts';
import { readRelated, relatedJobs, sendRelatedJobs } from './related.ts';
import type { JobPorts, Scene } from './scene.ts';
import { close, sweep } from './sweep.ts';
import { sync } from './sync.ts';
import { tally } from './tally.ts';

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

/** Reading a whole repository waits for everything else, and holds up no issue. */
function syncJob(repository: string, installation: number): NewJob {
  return {
    kind: 'sync',
    repository,
    key: `${repository}:sync`,
    installation,
    data: {},
    priority: 100,
    notBefore: 0,
  };
}

async function catchUpPast({ github, ports, row }: Scene): Promise<void> {
  const { clock, log, pasts, store } = ports;
  const { repository } = row;
  const started = clock.now();
  const past = await sync(repository, { github, store, useful: (known) => pasts.replace(repository, known) });
  if (past === null) return;
  await pasts.put(repository, past, started);
  log.info(
    {
      repository,
      issues: past.index.slots.size,
      links: past.clusters.links.size,
      labels: past.labels?.labels.length ?? 0,
    },
    'synced',
  );
}

/** The repository's row; one that was never announced (a lost event) is looked up by the App itself. */
async function rowOf(job: Job, { app, log, store }: JobPorts): Promise<RepositoryRow | null> {
  const known = await store.repository(job.repository);
  if (known !== null) return known;
  const installation = await app.installation(job.repository);
  if (installation === null) {
    log.info({ repository: job.repository }, 'not installed there; nothing is done');
    return null;
  }
  const row = {
    repository: job.repository,
    installation: installation.id,
    installedAt: installation.createdAt,
    paused: false,
  };
  await store.putRepository(row);
  return row;
}

/** GitHub's times are whole seconds: an issue opened in the second of the installation is not older than it. */
function wholeSeconds(at: number): number {
  return Math.floor(at / 1000) * 1000;
}

async function leaveCountOf({ data, repository }: Job, ports: JobPorts): Promise<void> {
  const row = await ports.store.repository(repository);
  if (row !== null)
    await leaveCount({ ports, row }, await ports.store.memory(repository, Number(data.number)));
}

/** Everything that is kept of an issue, what its words are in the repository's past included. */
async function forget(repository: string, number: number, { pasts, store }: JobPorts): Promise<void> {
  await store.forgetIssue(repository, number);
  await pasts.forget(repository, number);
}
