import type { Thread } from './issue.ts';

/** The threads that track a known failure, as GitHub had them when they were read. */
export interface Root {
  /** The oldest open, unlocked thread that is older than the report; null for none. */
  readonly open: Thread | null;
  /** The most recent older thread that is closed or locked, to read where none is open; null for none. */
  readonly past: Thread | null;
  /**
   * The older thread that was closed as completed last: a later report may be a regression. Null for none.
   */
  readonly fixed: Thread | null;
  /** The number of known reports, without the issue at hand. */
  readonly reports: number;
}
