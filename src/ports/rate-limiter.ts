/** What became of a call to GitHub. */
export interface CallOutcome {
  /** The answer's status; null when none came. */
  readonly status: number | null;
  /** The answer's headers, names in lower case; empty when none came. */
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  /** Epoch milliseconds at which GitHub takes calls again; null when it did not say to wait. */
  readonly retryAt: number | null;
}

/** Sees every call that is made for an installation: keeps GitHub's limits, counts. */
export interface RateLimiter {
  /** Resolves when the call may go. Rejects with a `limited` GitHubError when that is too far away. */
  acquire(route: string): Promise<void>;
  /** Takes note of what became of a call that `acquire` let go. */
  release(route: string, outcome: CallOutcome): Promise<void>;
}
