import { randomUUID } from 'node:crypto';
import { isAbortedTransactionError, sql } from 'kysely';
import { fromKysely } from 'pg-boss';
import type { LeasedJob } from '../../ports/queue.ts';
import type { Database, Trx } from '../sql/database.ts';
import { crashLimit, crashReport } from '../sql/job-table.ts';
import { type BossOptions, jobTable, type Payload, queue } from './boss.ts';
import { bury } from './queue.ts';
import * as workers from './workers.ts';

/** How often a worker says that it lives, in milliseconds. */
const beatEvery = 2_000;

/** A job with the number of its attempt, which tells pg-boss one claim of it from the next. */
interface Claim {
  readonly job: LeasedJob;
  readonly retryCount: number;
}

export interface Claims {
  /** Up to `count` jobs of repositories that this worker holds or takes with them. */
  claim(count: number): Promise<readonly Claim[]>;
  /** Gives everything back. */
  close(): Promise<void>;
}

/**
 * This process as a worker: it is one from its first claim on, says every two seconds that it lives, and
 * holds no more repositories than its share.
 */
export function createClaims(database: Database, options: BossOptions): Claims {
  const { boss, clock, worker, onError } = options;
  const alone = <T>(work: (trx: Trx) => Promise<T>): Promise<T> =>
    database.writeSoon(async (trx) => {
      await workers.holdTurn(trx, options.schema);
      return work(trx);
    });
  const table = jobTable(options);
  const inTurn = createTurns();
  let member: workers.Member = { worker, token: randomUUID() };
  let registered = false;
  let replaced = false;
  let share = Number.POSITIVE_INFINITY;
  /** As last seen: says where to look for work. What is held, the database decides with every claim. */
  let leases: workers.Leases | null = null;
  let timer: NodeJS.Timeout | null = null;

  /** Jobs that run where nobody holds the repository: their worker is dead. */
  async function returnOrphans(trx: Trx): Promise<void> {
    const { rows } = await sql<{ id: string }>`
      select id from ${table} where name = ${queue} and state = 'active' and not exists (
        select from leases where leases.repository = group_id and leases.worker is not null)
    `.execute(trx);
    const ids = rows.map((row) => row.id);
    if (ids.length > 0) await boss.fail(queue, ids, { message: 'the worker died' }, { db: fromKysely(trx) });
  }

  async function enter(): Promise<void> {
    member = { worker, token: randomUUID() };
    await alone(async (trx) => {
      await workers.register(trx, member);
      await workers.strikeOffSilent(trx);
      await returnOrphans(trx);
      share = await workers.fairShare(trx);
    });
    registered = true;
    leases = null;
    timer ??= setInterval(() => void inTurn(beat).catch(onError), beatEvery).unref();
  }

  async function sayAlive(trx: Trx): Promise<void> {
    const state = await workers.beat(trx, member);
    registered = state === 'alive';
    replaced = state === 'replaced';
  }

  async function beat(): Promise<void> {
    if (!registered) return;
    // Whatever becomes of the beat: it may have been written although its answer was lost.
    leases = null;
    await alone(async (trx) => {
      await sayAlive(trx);
      if (!registered) return;
      await workers.strikeOffSilent(trx);
      await returnOrphans(trx);
      share = await workers.fairShare(trx);
      const { mine } = await workers.readLeases({ db: trx }, worker);
      if (mine.size > share) await workers.release(trx, worker, await idle(trx, mine.size - share));
    });
  }

  /** Up to `count` repositories of ours in which nothing runs. */
  async function idle(trx: Trx, count: number): Promise<readonly string[]> {
    const { rows } = await sql<{ repository: string }>`
      select repository from leases where worker = ${worker} and not exists (
        select from ${table} where name = ${queue} and state = 'active' and group_id = leases.repository)
      limit ${count}
    `.execute(trx);
    return rows.map((row) => row.repository);
  }

  /** Null: another worker took one of the repositories first, or this one was declared dead. */
  async function tryClaim(count: number): Promise<readonly Claim[] | null> {
    leases ??= await workers.readLeases(database, worker);
    const { mine, others, free } = leases;
    // With room, any of the free ones: were it only the first so many, one without work would keep the others waiting. What this
    // takes beyond the share at once, the next beat gives back.
    const ignoreGroups = [...others, ...(mine.size < share ? [] : free)];
    return alone(async (trx) => {
      const shared = { db: fromKysely(trx) };
      const fetched = await boss.fetch<Payload>(queue, { batchSize: count, ignoreGroups, ...shared });
      const wanted = new Set(fetched.map(({ groupId }) => groupId ?? ''));
      const held = await workers.hold(trx, member, [...wanted]);
      if (held.size < wanted.size) throw new Taken();
      if (!wanted.isSubsetOf(mine))
        leases = { mine: mine.union(wanted), others, free: free.filter((name) => !wanted.has(name)) };
      const claims: Claim[] = [];
      for (const { id, data, retryCount, groupId } of fetched) {
        const lease = held.get(groupId ?? '') ?? 0;
        if (retryCount < crashLimit) claims.push({ job: { ...data, id, lease }, retryCount });
        else {
          await boss.deleteJob(queue, { id, retryCount }, shared);
          await bury(trx, { ...data, id }, crashReport, clock.now());
        }
      }
      return claims.sort((a, b) => a.job.priority - b.job.priority || a.job.createdAt - b.job.createdAt);
    }).catch(async (error: unknown) => {
      leases = null;
      // The second: pg-boss' own index turned down a job of a key that another worker took meanwhile.
      if (!(error instanceof Taken) && !isAbortedTransactionError(error)) throw error;
      await alone(sayAlive);
      return null;
    });
  }

  return {
    claim: (count) =>
      inTurn(async () => {
        for (let pending = 0; pending < 3; pending += 1) {
          if (replaced) throw new Error(`another process runs as worker ${worker}: give each its own name`);
          if (!registered) await enter();
          const claims = await tryClaim(count);
          if (claims !== null) return claims;
        }
        return [];
      }),

    close: () =>
      inTurn(async () => {
        if (timer !== null) clearInterval(timer);
        if (!registered || replaced) return;
        registered = false;
        await alone(async (trx) => {
          await workers.strikeOff(trx, worker);
          await returnOrphans(trx);
        });
      }),
  };
}

/** What was fetched is another worker's, or this one was declared dead meanwhile: the transaction is rolled back. */
class Taken extends Error {}

/** Runs what it is given one after the other. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const pending = last.then(work, work);
    last = pending.catch(() => {});
    return pending;
  };
}
