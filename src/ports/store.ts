import type { Delivery } from '../model/delivery.ts';
import type { IssueState } from '../model/issue-state.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { NewJob } from './queue.ts';

/** A repository that the App is installed on. Times are epoch milliseconds. */
export interface RepositoryRow {
  readonly repository: string;
  readonly installation: number;
  /** Issues opened earlier are never commented on. */
  readonly installedAt: number;
  /** `/signpost pause`: nothing is written until `resume`. */
  readonly paused: boolean;
}

/** A write to GitHub that was decided; open until its result is known. */
export interface Intent {
  readonly id: number;
  readonly repository: string;
  readonly number: number;
  /** `comment`, `add-labels`, `remove-labels`, `react`, `close`, `create-issue`. */
  readonly kind: string;
  /** What tells this write from another of its kind on the issue (a hash, a label list). */
  readonly key: string;
  readonly at: number;
}

/**
 * Everything that outlives the process. Two implementations (SQLite, PostgreSQL), one suite over both.
 * Text that reaches a store was redacted before. Methods reject only on failures of the store itself.
 */
export interface Store {
  /**
   * Writes a delivery and its jobs in one transaction. False, and nothing written, when the GUID is known.
   */
  accept(delivery: Delivery, jobs: readonly NewJob[]): Promise<boolean>;
  /**
   * Forgets deliveries received, and writes settled, before that time (epoch ms); returns how many
   * deliveries.
   */
  prune(before: number): Promise<number>;

  repository(name: string): Promise<RepositoryRow | null>;
  repositories(): Promise<readonly RepositoryRow[]>;
  /** Inserts or updates; `installedAt` of an existing row is kept. */
  putRepository(row: RepositoryRow): Promise<void>;
  renameRepository(from: string, to: string): Promise<void>;
  /** Erases everything that is kept of the repository; what other rows say of it no longer names it. */
  forgetRepository(name: string): Promise<void>;

  /** Rejects with `UnreadableState` where the row is newer than this Signpost, or damaged. */
  issueState(repository: string, number: number): Promise<IssueState | null>;
  /** All states of a repository, in order of number. This and the other lists leave out what cannot be read. */
  issueStates(repository: string): Promise<readonly IssueState[]>;
  putIssueState(state: IssueState): Promise<void>;
  /** States of a repository whose poll is due, longest due first; `limit` at most. */
  due(repository: string, now: number, limit: number): Promise<readonly IssueState[]>;
  /** States of the issues that we commented on last, newest first. */
  commented(repository: string, limit: number): Promise<readonly IssueState[]>;
  /** Erases what is kept of one issue, ledger included. Blobs that hold its text are the caller's to rewrite. */
  forgetIssue(repository: string, number: number): Promise<void>;

  /** Appends and returns the entry's id. */
  record(entry: Omit<LedgerEntry, 'id'>): Promise<number>;
  /** Entries of a repository with `since <= at < until`, oldest first. */
  ledger(query: {
    repository: string;
    number?: number;
    since?: number;
    until?: number;
  }): Promise<readonly LedgerEntry[]>;

  /** Records a write before it is made, durably. */
  intend(intent: Omit<Intent, 'id'>): Promise<number>;
  /** The write's result is known and remembered: it is no longer open. */
  settle(id: number): Promise<void>;
  /** Comments made in the repository since `since` (epoch ms): settled intents of kind `create-comment`. */
  commentsSince(repository: string, since: number): Promise<number>;
  /** Writes whose result is unknown: look at GitHub before writing again. */
  openIntents(repository: string, number: number): Promise<readonly Intent[]>;

  /** Small JSON state by key; who may use which key with what shape is declared in `repository/state` and `app/state.ts`. */
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
  /** As `put`, but a power cut may take it back: for what the next triage of an issue would write again. */
  putSoon(key: string, value: unknown): Promise<void>;
  /** Binary state with a version (index snapshots, models). Null when absent or of another version. */
  blob(key: string, version: string): Promise<Uint8Array | null>;
  putBlob(key: string, version: string, bytes: Uint8Array): Promise<void>;

  /** Number of the newest migration that was applied. */
  schemaVersion(): Promise<number>;
  close(): Promise<void>;
}
