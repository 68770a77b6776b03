import { randomUUID } from 'node:crypto';
import type { Database, Transaction } from '../sql/database.ts';
import { type BossOptions, idleRepositories, returnOrphans } from './boss.ts';
import type { Mutex } from './mutex.ts';
import * as workers from './workers.ts';

/** How often a worker writes that it lives, in milliseconds. */
const heartbeatInterval = 2_000;

/** This process among the workers of one database. */
export interface Membership {
  /**
   * Registers the worker, unless it is registered; from then on it writes that it lives.
   *
   * @throws Error when another process runs under its name
   */
  join(): Promise<void>;
  /** Runs work that changes who holds what, one transaction at a time over all workers. */
  withLeases<T>(work: (trx: Transaction, identity: workers.WorkerIdentity) => Promise<T>): Promise<T>;
  /**
   * Who holds what, as last seen: says where to look for work. What is held, the database decides with every
   * claim.
   */
  leases(): Promise<workers.Leases>;
  /** Notes what a claim has changed; null where it is not known, and has to be read again. */
  noteLeases(leases: workers.Leases | null): void;
  /** How many repositories this worker may hold. */
  share(): number;
  /** Writes that the worker lives, and finds out whether the others think so. */
  confirm(): Promise<void>;
  /** Gives everything back. */
  leave(): Promise<void>;
}

/** @param exclusively keeps heartbeats from what else is done as this worker */
export function createMembership(database: Database, options: BossOptions, exclusively: Mutex): Membership {
  const { onError, schema, worker } = options;
  let identity: workers.WorkerIdentity = { worker, token: randomUUID() };
  let state: 'registered' | 'unregistered' | 'replaced' = 'unregistered';
  let share = Number.POSITIVE_INFINITY;
  let known: workers.Leases | null = null;
  let timer: NodeJS.Timeout | null = null;

  const withLeases: Membership['withLeases'] = (work) =>
    database.writeSoon(async (trx) => {
      await workers.lockLeases(trx, schema);
      return work(trx, identity);
    });

  async function register(): Promise<void> {
    identity = { worker, token: randomUUID() };
    await withLeases(async (trx) => {
      await workers.register(trx, identity);
      share = await tidy(trx, options);
    });
    state = 'registered';
    known = null;
    timer ??= setInterval(() => void exclusively(heartbeat).catch(onError), heartbeatInterval).unref();
  }

  async function confirm(trx: Transaction): Promise<void> {
    const seen = await workers.heartbeat(trx, identity);
    state = seen === 'alive' ? 'registered' : seen === 'replaced' ? 'replaced' : 'unregistered';
  }

  async function heartbeat(): Promise<void> {
    if (state !== 'registered') return;
    // Whatever becomes of the heartbeat: it may have been written although its answer was lost.
    known = null;
    await withLeases(async (trx) => {
      await confirm(trx);
      if (state !== 'registered') return;
      share = await tidy(trx, options);
      const { mine } = await workers.readLeases({ db: trx }, worker);
      const excess = mine.size - share;
      if (excess > 0) await workers.releaseLeases(trx, worker, await idleRepositories(trx, options, excess));
    });
  }

  return {
    withLeases,
    share: () => share,
    confirm: () => withLeases(confirm),
    async join() {
      if (state === 'replaced')
        throw new Error(`another process runs as worker ${worker}: give each its own name`);
      if (state === 'unregistered') await register();
    },
    async leases() {
      known ??= await workers.readLeases(database, worker);
      return known;
    },
    noteLeases(leases) {
      known = leases;
    },
    async leave() {
      if (timer !== null) clearInterval(timer);
      if (state !== 'registered') return;
      state = 'unregistered';
      await withLeases(async (trx) => {
        await workers.evict(trx, worker);
        await returnOrphans(trx, options);
      });
    },
  };
}

/** Frees what dead workers held; returns how many repositories each living one may hold. */
async function tidy(trx: Transaction, options: BossOptions): Promise<number> {
  await workers.evictExpired(trx);
  await returnOrphans(trx, options);
  return workers.fairShare(trx);
}
