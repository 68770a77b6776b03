import { isAbortedTransactionError } from 'kysely';
import { type Job as BossJob, fromKysely } from 'pg-boss';
import type { LeasedJob } from '../../ports/queue.ts';
import type { Database, Transaction } from '../sql/database.ts';
import { crashLimit, crashReport } from '../sql/job-store.ts';
import { type BossOptions, type Payload, queueName } from './boss.ts';
import { deadLetter } from './dead-letter.ts';
import { createMembership } from './membership.ts';
import { createMutex } from './mutex.ts';
import { acquireLeases } from './workers.ts';

const mostTries = 3;

/** A job with the number of its attempt, which tells pg-boss one claim of it from the next. */
interface Claim {
  readonly job: LeasedJob;
  readonly retryCount: number;
}

export interface JobClaimer {
  /**
   * Claims up to `count` jobs of repositories that this worker holds or takes with them, the most urgent
   * first.
   */
  claim(count: number): Promise<readonly Claim[]>;
  /** Gives everything back. */
  close(): Promise<void>;
}

/**
 * Claims jobs as one of the workers of a database: it is one from its first claim on, writes every two
 * seconds that it lives, and holds no more repositories than its share.
 */
export function createJobClaimer(database: Database, options: BossOptions): JobClaimer {
  const exclusively = createMutex();
  const membership = createMembership(database, options, exclusively);

  /** Null: another worker took one of the repositories first, or this one was declared dead. */
  async function tryClaim(count: number): Promise<readonly Claim[] | null> {
    const { mine, others, free } = await membership.leases();
    // With room, any of the free ones: were it only the first so many, one without work would keep the others
    // waiting. What this takes beyond the share at once, the next heartbeat gives back.
    const ignoreGroups = [...others, ...(mine.size < membership.share() ? [] : free)];
    try {
      return await membership.withLeases(async (trx, identity) => {
        const fetchOptions = { batchSize: count, ignoreGroups, db: fromKysely(trx) };
        const fetched = await options.boss.fetch<Payload>(queueName, fetchOptions);
        const wanted = new Set(fetched.map(({ groupId }) => groupId ?? ''));
        const held = await acquireLeases(trx, identity, [...wanted]);
        if (held.size < wanted.size) throw new LeaseConflict();
        if (!wanted.isSubsetOf(mine))
          membership.noteLeases({
            mine: mine.union(wanted),
            others,
            free: free.filter((name) => !wanted.has(name)),
          });
        return toClaims(options, trx, fetched, held);
      });
    } catch (error) {
      membership.noteLeases(null);
      // The second: pg-boss' own index turned down a job of a key that another worker took meanwhile.
      if (!(error instanceof LeaseConflict) && !isAbortedTransactionError(error)) throw error;
      await membership.confirm();
      return null;
    }
  }

  return {
    claim: (count) =>
      exclusively(async () => {
        for (let tries = 0; tries < mostTries; tries += 1) {
          await membership.join();
          const claims = await tryClaim(count);
          if (claims !== null) return claims;
        }
        return [];
      }),

    close: () => exclusively(membership.leave),
  };
}

/** Gives up the jobs with which too many processes died; the others are claims. */
async function toClaims(
  { boss, clock }: BossOptions,
  trx: Transaction,
  fetched: readonly BossJob<Payload>[],
  leases: ReadonlyMap<string, number>,
): Promise<Claim[]> {
  const claims: Claim[] = [];
  for (const { id, data, retryCount, groupId } of fetched) {
    const lease = leases.get(groupId ?? '') ?? 0;
    if (retryCount < crashLimit) claims.push({ job: { ...data, id, lease }, retryCount });
    else {
      await boss.deleteJob(queueName, { id, retryCount }, { db: fromKysely(trx) });
      await deadLetter(trx, { ...data, id }, crashReport, clock.now());
    }
  }
  return claims.sort((a, b) => a.job.priority - b.job.priority || a.job.createdAt - b.job.createdAt);
}

/**
 * What was fetched is another worker's, or this one was declared dead meanwhile: the transaction is rolled
 * back.
 */
class LeaseConflict extends Error {}
