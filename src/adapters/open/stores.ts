import type { Budget } from '../../ports/budget.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Queue } from '../../ports/queue.ts';
import type { Store } from '../../ports/store.ts';
import { openQueue } from '../queue/queue.ts';
import type { Database } from '../sql/database.ts';
import type { JobStore } from '../sql/job-store.ts';
import { openBudget } from '../store/account.ts';
import { openStore } from '../store/store.ts';

/** The three ports over one database; closing the store closes all. */
export interface Stores {
  readonly store: Store;
  readonly queue: Queue;
  readonly budget: Budget;
  /** Copies the database into a file while it is in use; null on PostgreSQL, which has tools of its own. */
  readonly backup: Backup | null;
}

export type Backup = (file: string) => Promise<void>;

/** `server` owns the database: it creates and migrates it. `tool` reads and writes beside a server. */
export type StoreRole = 'server' | 'tool';

export function createStores(
  database: Database,
  jobs: JobStore,
  {
    clock,
    onError = () => {},
    random = Math.random,
  }: {
    readonly clock: Clock;
    readonly onError?: (error: unknown) => void;
    readonly random?: () => number;
  },
): Omit<Stores, 'backup'> {
  return {
    store: openStore(database, jobs, onError),
    queue: openQueue(database, jobs, clock, random),
    budget: openBudget(database),
  };
}
