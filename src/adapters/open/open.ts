import type { Budget } from '../../ports/budget.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Queue } from '../../ports/queue.ts';
import type { Store } from '../../ports/store.ts';
import { openQueue } from '../queue/queue.ts';
import type { Database } from '../sql/database.ts';
import type { Jobs } from '../sql/job-table.ts';
import { openBudget } from '../store/account.ts';
import { openStore } from '../store/store.ts';

/** Closing the store closes all three. */
export interface Opened {
  readonly store: Store;
  readonly queue: Queue;
  readonly budget: Budget;
}

export function open(
  database: Database,
  jobs: Jobs,
  {
    clock,
    onError = () => {},
    random = Math.random,
  }: {
    readonly clock: Clock;
    readonly onError?: (error: unknown) => void;
    readonly random?: () => number;
  },
): Opened {
  return {
    store: openStore(database, jobs, onError),
    queue: openQueue(database, jobs, clock, random),
    budget: openBudget(database),
  };
}
