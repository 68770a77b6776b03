import type { AppPort, DeliveryAttempt } from '../../ports/app.ts';
import type { RepositoryRow } from '../../ports/store.ts';
import { readState, writeState } from '../../repository/state/entry.ts';
import type { Services } from '../context.ts';
import { type JobOf, type NewJobOf, newJob } from '../jobs.ts';
import { type LastCatchUp, lastCatchUp } from '../state.ts';

/** As long as GitHub keeps deliveries. */
const attemptsKeptFor = 3 * 24 * 3_600_000;
/** A delivery that we refuse so often (it is not what the schema says, say) is refused for ever. */
const mostRedeliveries = 8;
/** What GitHub was late to list when the last run looked. */
const overlap = 10 * 60_000;

/** How often it runs, in milliseconds. */
export const catchUpEvery = 3_600_000;

/**
 * Finds what never arrived: sees where the App was installed or taken away meanwhile, has every repository's gaps
 * filled (`fill-gaps`), and asks GitHub again for deliveries that failed.
 */
export async function catchUp(job: JobOf<'catch-up'>, ports: Services): Promise<void> {
  const { app, clock, log, send, store } = ports;
  const last = await readState(store, lastCatchUp, undefined);
  const recent = job.data.atStart ? job.createdAt : job.createdAt - catchUpEvery / 2;
  if (last !== null && last.at >= recent) return;
  const at = clock.now();
  const { added, removed, present } = await compareInstallations(app, await store.repositories());
  // First, because it is a few calls: a process that never lives long enough to redeliver everything loses nothing.
  await send([...added, ...removed, ...present.map((row) => newJob('fill-gaps', row, {}))]);
  const since = Math.max(at - attemptsKeptFor, (last?.at ?? 0) - overlap);
  const redelivered = await redeliverFailed(app, since, last?.redelivered ?? {});
  await writeState(store, lastCatchUp, undefined, { at, redelivered });
  log.info(
    {
      redelivered: Object.keys(redelivered).length,
      added: added.map(({ repository }) => repository),
      removed: removed.map(({ repository }) => repository),
    },
    'caught up with deliveries and installations',
  );
}

async function redeliverFailed(
  app: AppPort,
  since: number,
  before: LastCatchUp['redelivered'],
): Promise<LastCatchUp['redelivered']> {
  const redelivered: Record<string, number> = {};
  for (const { guid, id } of failures(await app.attempts(since))) {
    const times = before[guid] ?? 0;
    redelivered[guid] = Math.min(times + 1, mostRedeliveries);
    if (times < mostRedeliveries) await app.redeliver(id);
  }
  return redelivered;
}

/** The newest attempt of each delivery that no attempt brought home. */
function failures(attempts: readonly DeliveryAttempt[]): readonly DeliveryAttempt[] {
  const arrived = new Set(attempts.filter(({ ok }) => ok).map(({ guid }) => guid));
  const newest = new Map<string, DeliveryAttempt>();
  for (const attempt of attempts)
    if (!arrived.has(attempt.guid) && !newest.has(attempt.guid)) newest.set(attempt.guid, attempt);
  return [...newest.values()];
}

async function compareInstallations(
  app: AppPort,
  rows: readonly RepositoryRow[],
): Promise<{ added: NewJobOf[]; removed: NewJobOf[]; present: RepositoryRow[] }> {
  const installations = await app.installations();
  const known = new Map(rows.map((row) => [row.repository, row]));
  const here = new Map<string, { readonly id: number; readonly createdAt: number }>();
  for (const installation of installations)
    if (!installation.suspended)
      for (const name of await app.repositories(installation.id)) here.set(name, installation);
  const added = [...here]
    .filter(([name]) => !known.has(name))
    .map(([repository, { createdAt, id }]) => {
      // When a repository joins an installation that we know, nobody says when: nothing older than now is ours.
      const since = rows.some(({ installation }) => installation === id) ? null : createdAt;
      return newJob('install', { repository, installation: id }, { since });
    });
  const removed: NewJobOf[] = [];
  for (const row of rows) {
    const { repository } = row;
    // A suspended installation shows no repositories, and a renamed repository still answers to its old name.
    if (!here.has(repository) && (await app.installation(repository)) === null)
      removed.push(newJob('uninstall', row, {}));
  }
  return { added, removed, present: rows.filter(({ repository }) => here.has(repository)) };
}
