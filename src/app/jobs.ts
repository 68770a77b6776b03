import type { NewJob } from '../ports/queue.ts';
import type { RepositoryRow } from '../ports/store.ts';
import type { JobContext } from './context.ts';

/** Sweeps wait for one another: those due within a quarter of an hour are one. */
const together = 900_000;

export function pollJob(repository: string, installation: number, at: number): NewJob {
  return {
    kind: 'sweep',
    repository,
    key: `${repository}:sweep`,
    installation,
    data: {},
    priority: 100,
    notBefore: Math.ceil(at / together) * together,
  };
}

/** Reading a whole repository waits for everything else, and holds up no issue. */
export function syncJob(repository: string, installation: number): NewJob {
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

export function issueJob(kind: string, { row }: JobContext, number: number): NewJob {
  const { installation, repository } = row;
  return {
    kind,
    repository,
    key: `${repository}#${number}`,
    installation,
    data: { number },
    priority: 50,
    notBefore: 0,
  };
}

/** One sweep for all that are due at the same time. */
export function unique(jobs: readonly NewJob[]): NewJob[] {
  return [...new Map(jobs.map((job) => [`${job.kind} ${job.key} ${job.notBefore}`, job])).values()];
}

/** Looks whether a brake has to be told of, or no longer, in a job of its own. */
export async function sendPauseIssueJob({
  services: ports,
  row,
}: Pick<JobContext, 'services' | 'row'>): Promise<void> {
  const { installation, repository } = row;
  const key = `${repository}:brake`;
  await ports.send([{ kind: 'brake', repository, key, installation, data: {}, priority: 20, notBefore: 0 }]);
}

/** The job that fills the gaps of one repository. It comes before fresh issues: those it finds have waited longer. */
export function gapsJob({
  installation,
  repository,
}: Pick<RepositoryRow, 'installation' | 'repository'>): NewJob {
  return {
    kind: 'fill-gaps',
    repository,
    key: `${repository}:gaps`,
    installation,
    data: {},
    priority: -1,
    notBefore: 0,
  };
}

/**
 * The job of a run over everything. Every worker sends one at its start, because it may have been away, and then
 * regularly; those that wait at one time cost one run.
 */
export function catchUpJob(atStart: boolean): NewJob {
  return {
    kind: 'catch-up',
    repository: '',
    key: 'catch-up',
    installation: null,
    data: { atStart },
    // Before fresh issues: it is a few calls, and what it finds has waited longer than any of them.
    priority: -1,
    notBefore: 0,
  };
}

export function repositoryJob(
  kind: 'install' | 'uninstall',
  repository: string,
  installation: number,
  data: NewJob['data'] = {},
): NewJob {
  return { kind, repository, key: repository, installation, data, priority: 5, notBefore: 0 };
}

/** Looks through all repositories; any worker may. */
export function digestsJob(): NewJob {
  return {
    kind: 'digests',
    repository: '',
    key: 'digests',
    installation: null,
    data: {},
    priority: 60,
    notBefore: 0,
  };
}
