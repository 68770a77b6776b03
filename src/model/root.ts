import type { Thread } from './issue.ts';

/** Where a known failure is tracked, as GitHub had it when it was asked. */
export interface Root {
  /** The open, older, unlocked thread to follow; null when there is none. */
  readonly open: Thread | null;
  /** The most recent thread that is closed or locked: history to read when none is open. */
  readonly past: Thread | null;
  /** The older thread that was closed as completed last: a later report of the same may be a regression. */
  readonly fixed: Thread | null;
  /** Distinct reports known to be this failure, the issue at hand not counted. */
  readonly reports: number;
}
