/** Work to do, described by identifiers only. */
export interface NewJob {
  /** `triage`, `sync`, …: what handles it. The queue itself knows no kinds. */
  readonly kind: string;
  /** `owner/name`; the lease is by repository. */
  readonly repository: string;
  /** What must not overlap: `owner/name#n`, or `owner/name` for work on the whole repository. */
  readonly key: string;
  readonly installation: number | null;
  /** Identifiers that the handler needs, as JSON. */
  readonly data: Readonly<Record<string, string | number | boolean | null>>;
  /** Lower runs first. */
  readonly priority: number;
  /** Epoch milliseconds before which it does not run; 0 for at once. */
  readonly notBefore: number;
}

export interface Job extends NewJob {
  readonly id: string;
  /** How many times it was tried before. */
  readonly attempts: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** A job that this worker holds, and with it the job's repository. */
export interface LeasedJob extends Job {
  /**
   * Grows whenever the repository moves to a worker: what this worker has in memory of the repository under
   * another number is stale.
   */
  readonly lease: number;
}

/** A job that was given up, kept until somebody reads and retries or drops it. */
export interface DeadJob extends Job {
  readonly error: string;
  readonly diedAt: number;
}

/**
 * Jobs, each done at least once, one at a time per key across all workers, in no promised order. A job that
 * a dead worker held comes back. `fail` retries with growing, jittered delay until `maxAttempts`, then buries.
 */
export interface Queue {
  send(jobs: readonly NewJob[]): Promise<void>;
  /**
   * Up to `count` jobs that may run now, leased to this worker; none of a key that is already out. Only of
   * repositories that this worker holds or that were free, which it then holds: one worker at a time per
   * repository. Workers that live share the repositories evenly; a dead one's move within half a minute.
   */
  fetch(count: number): Promise<readonly LeasedJob[]>;
  /** The keys of a repository's jobs of this kind that have not begun, each with the priority of the most urgent. */
  waiting(repository: string, kind: string): Promise<ReadonlyMap<string, number>>;
  complete(job: Job): Promise<void>;
  /** `retryAt` (epoch ms) overrides the delay (GitHub said when to come back) and does not count as an attempt. */
  fail(job: Job, error: string, retryAt?: number): Promise<void>;
  /** Gives a job up at once, for a person to read. */
  deadLetter(job: Job, error: string): Promise<void>;
  dead(): Promise<readonly DeadJob[]>;
  /** Puts a dead job back; false when there is none of that id. */
  revive(id: string): Promise<boolean>;
  drop(id: string): Promise<boolean>;
  /** Waiting and running jobs, and the creation time of the oldest waiting one that may run (null: none). */
  depth(): Promise<{
    readonly waiting: number;
    readonly running: number;
    readonly dead: number;
    readonly oldest: number | null;
  }>;
}

/** A job that cannot be done yet, through nobody's fault: try it at `at` (epoch milliseconds). */
export class Later extends Error {
  readonly at: number;
  constructor(at: number, why: string) {
    super(why);
    this.name = 'Later';
    this.at = at;
  }
}

/** A job that this version does not understand: another try would not either. */
export class UnreadableJob extends Error {
  override readonly name = 'UnreadableJob';
}
