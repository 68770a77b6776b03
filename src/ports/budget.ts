/** A call to GitHub that is to be made. */
export interface Cost {
  /**
   * `content`: creates something people are notified of (a comment, an issue). `write`: any other change.
   * `read`: the rest.
   */
  readonly kind: 'read' | 'write' | 'content';
  /** As of jobs: 0 is a fresh issue. Above it, a fifth of every limit stays untouched for those at 0. */
  readonly priority: number;
  /** The longest that the caller waits, in milliseconds. */
  readonly patience: number;
}

/** When a call may go. */
export interface Reservation {
  /** Epoch milliseconds, `now` or later. */
  readonly at: number;
  /**
   * The call is booked for `at`. False: that would be longer than the caller's patience; ask again at `at`.
   */
  readonly granted: boolean;
}

/** What `x-ratelimit-*` of a response said. */
export interface PrimaryLimit {
  readonly limit: number;
  readonly remaining: number;
  /** Epoch milliseconds. */
  readonly resetAt: number;
}

/** GitHub's limits of an installation: one account, shared by every worker. Times are epoch milliseconds. */
export interface Budget {
  /** Books a call. Content calls keep a second apart, and so do other writes. */
  reserve(installation: number, cost: Cost, now: number): Promise<Reservation>;
  observe(installation: number, seen: PrimaryLimit): Promise<void>;
  /** After a secondary-limit answer: nothing goes before `until`. */
  block(installation: number, until: number): Promise<void>;
  /** What may still be spent: requests until the reset (null: nothing heard yet), content calls this hour. */
  left(
    installation: number,
    now: number,
  ): Promise<{ readonly requests: number | null; readonly content: number }>;
}
