import { type FindOptions, findDuplicates, type LinkEvent } from '../duplicates/index.ts';
import type { Config } from '../model/config.ts';
import type { Finding } from '../model/finding.ts';
import type { Issue } from '../model/issue.ts';
import type { Report } from '../model/report.ts';
import { type GitHub, GitHubError } from '../ports/github.ts';
import type { NewJob } from '../ports/queue.ts';
import type { Past } from './past.ts';
import type { Pasts } from './pasts.ts';
import type { JobPorts, Scene } from './scene.ts';
import { sync } from './sync.ts';

/** How often what is new in related repositories is read, in milliseconds: no webhook tells of it. */
export const relatedEvery = 86_400_000;
/** So long it counts whether an installation could read a repository. */
const readableFor = 3_600_000;
/** An issue of another repository has no number here. */
const noNumber = 0;

/** Looks through all repositories for related ones; any worker may. */
export function relatedJob(): NewJob {
  return jobOf('relateds', '', 'relateds', null, {});
}

/** Reading the past of each repository that the settings call related. */
export function relatedJobs(home: string, { duplicates }: Config, installation: number): NewJob[] {
  return foreign(home, duplicates.related).map((related) =>
    jobOf('sync-related', home, `related:${related}`, installation, { related }),
  );
}

export async function sendRelatedJobs({ repositories, send, store }: JobPorts): Promise<void> {
  for (const { installation, repository } of await store.repositories()) {
    const ground = await repositories.known(repository);
    if (ground !== null) await send(relatedJobs(repository, ground.config, installation));
  }
}

function jobOf(
  kind: string,
  repository: string,
  key: string,
  installation: number | null,
  data: NewJob['data'],
): NewJob {
  return { kind, repository, key, installation, data, priority: 100, notBefore: 0 };
}

function foreign(home: string, related: readonly string[]): readonly string[] {
  return related.filter((name) => name.toLowerCase() !== home.toLowerCase());
}

/**
 * Reads the past of a related repository as the home's installation sees it: all of it the first time, then what changed.
 * Nothing to do where the App is installed there, since its own sync and webhooks keep that.
 */
export async function readRelated(scene: Scene): Promise<void> {
  const { github, job, ports } = scene;
  const { clock, log, pasts, store } = ports;
  const related = String(job.data.related);
  if ((await store.repository(related)) !== null) return;
  const readAt = clock.now();
  const key = `related:${related}`;
  const since = await store.get(key);
  try {
    const before = await knownPast(related, pasts, github);
    if (typeof since === 'number' && before !== null) {
      await readChanges(related, since, before, scene);
      await pasts.put(related, before, readAt);
    } else {
      const useful = (known: Past): void => pasts.replace(related, known);
      const past = await sync(related, { github, store, useful });
      if (past === null) return;
      await pasts.put(related, past, readAt);
    }
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    log.warn({ repository: job.repository, related, why: error.message }, 'related repository not readable');
    return;
  }
  await store.put(key, readAt);
  log.info({ repository: job.repository, related }, 'related repository read');
}

/** Not there, or not ours to read; GraphQL says so with status 200. */
function isUnreadable(error: unknown): error is GitHubError {
  if (!(error instanceof GitHubError)) return false;
  return error.failure === 'forbidden' || [200, 404, 410, 451].includes(error.status ?? 0);
}

async function readChanges(related: string, since: number, past: Past, scene: Scene): Promise<void> {
  const { github, ports } = scene;
  const changed = (await github.issuesSince(related, since)).filter(({ author }) => !author.bot);
  for (const issue of changed) await ports.pasts.remember({ ...issue, repository: related }, past);
  const { links } = past.clusters;
  const events = changed
    .filter(({ number, state }) => state === 'open' && links.has(number))
    .map(({ number, updatedAt }): LinkEvent => ({ kind: 'reopened', number, at: updatedAt }));
  const marked = changed.filter(
    ({ number, stateReason }) => stateReason === 'duplicate' && !links.has(number),
  );
  const threads = await github.threads(marked);
  marked.forEach(({ closedAt, number, updatedAt }, i) => {
    const target = threads[i]?.duplicateOf;
    if (target?.repository.toLowerCase() === related.toLowerCase())
      events.push({ kind: 'marked', number, of: target.number, at: closedAt ?? updatedAt });
  });
  for (const event of events) await ports.pasts.follow(related, past, event);
}

/** The past of another repository, to be searched beside one's own. */
export interface RelatedPast {
  readonly repository: string;
  readonly past: Past;
}

/** By installation and repository: whether it could be read, and when that was asked. */
interface Asked {
  readonly at: number;
  readonly readable: boolean;
}

const answers = new WeakMap<Pasts, Map<string, Asked>>();

/**
 * The pasts of related repositories that were read, of those that this installation can read today: what another
 * installation of the same App knows of a private repository is none of its business.
 */
export async function relatedPasts(scene: Scene, config: Config): Promise<RelatedPast[]> {
  const found: RelatedPast[] = [];
  for (const repository of foreign(scene.row.repository, config.duplicates.related)) {
    if (!(await isReadable(repository, scene))) continue;
    const past = await knownPast(repository, scene.ports.pasts, scene.github);
    if (past !== null) found.push({ repository, past });
  }
  return found;
}

async function isReadable(repository: string, { github, ports, row }: Scene): Promise<boolean> {
  const { clock, pasts } = ports;
  const known = answers.get(pasts) ?? new Map<string, Asked>();
  answers.set(pasts, known);
  const key = `${row.installation} ${repository}`;
  const before = known.get(key);
  const at = clock.now();
  if (before !== undefined && at - before.at < readableFor) return before.readable;
  // A short list that rejects where there is nothing to read.
  const readable = await github.labels(repository).then(
    () => true,
    (error: unknown) => {
      if (isUnreadable(error)) return false;
      throw error;
    },
  );
  known.set(key, { at, readable });
  return readable;
}

/** Null where nothing was read yet. */
async function knownPast(repository: string, pasts: Pasts, github: GitHub): Promise<Past | null> {
  const past = await pasts.of(repository, github);
  return past.index.slots.size > 0 ? past : null;
}

/** Earlier reports in related repositories, most probable first. */
export function earlierElsewhere(
  { author, closedAt, createdAt }: Issue,
  report: Report,
  related: readonly RelatedPast[],
  most: Pick<FindOptions, 'max' | 'least'>,
): readonly Finding[] {
  const filing = { number: noNumber, author: author.login, createdAt, closedAt, report };
  return related
    .flatMap(({ past, repository }) =>
      findDuplicates(past.index, past.clusters, filing, past.duplicates, {
        repository,
        ...most,
        elsewhere: true,
      }),
    )
    .toSorted((a, b) => b.probability - a.probability);
}
