import type { ColumnType, Generated } from 'kysely';
import type { LedgerEntry } from '../../model/ledger.ts';

/** Flags are 0 or 1, JSON is text, times are epoch milliseconds: the same in SQLite and PostgreSQL. */
export interface Tables {
  deliveries: {
    guid: string;
    event: string;
    action: string | null;
    installation: number | null;
    repository: string | null;
    number: number | null;
    comment: number | null;
    sender: string | null;
    received_at: number;
  };
  repositories: {
    repository: string;
    installation: number;
    installed_at: number;
    paused: 0 | 1;
  };
  issue_states: {
    repository: string;
    number: number;
    /** The state as JSON, with the version of its shape. */
    value: string;
    /** When we commented there, whatever became of the comment; null: never. */
    commented_at: number | null;
    /** When to look at people's reactions again; null: never. */
    due: number | null;
  };
  ledger: {
    id: Generated<number>;
    at: number;
    repository: string;
    number: number | null;
    cause: string;
    mode: LedgerEntry['mode'];
    findings: string;
    plan: string;
    calls: string;
  };
  intents: {
    id: Generated<number>;
    repository: string;
    number: number;
    kind: string;
    key: string;
    at: number;
    settled: 0 | 1;
  };
  state: {
    key: string;
    value: string;
  };
  blobs: {
    key: string;
    version: string;
    bytes: Uint8Array;
  };
  budgets: {
    installation: number;
    /** The account as JSON. */
    value: string;
    /** Grows with every change: what compare-and-set compares. */
    revision: number;
  };
  dead_jobs: JobColumns & { id: string; error: string; died_at: number };
  /** SQLite only: PostgreSQL keeps its jobs in pg-boss. */
  jobs: JobColumns & {
    /** Null when inserting: the next one. */
    id: ColumnType<number, number | null, never>;
    running: 0 | 1;
    /** How many times a process died while the job ran. */
    crashes: number;
  };
  /** PostgreSQL only: who is alive. */
  workers: { worker: string; token: string; seen: number };
  /** PostgreSQL only: which worker a repository is with; null is nobody. */
  leases: { repository: string; worker: string | null; epoch: number };
  migrations: { number: number; name: string; applied_at: number };
}

/** What a job is, whichever table holds it. */
export interface JobColumns {
  kind: string;
  repository: string;
  key: string;
  installation: number | null;
  data: string;
  priority: number;
  not_before: number;
  attempts: number;
  created_at: number;
}

export type DialectName = 'sqlite' | 'postgres';
