import type { Kysely, Transaction as KyselyTransaction } from 'kysely';
import type { Tables } from './schema.ts';

/** Variables of this type are called `trx`, as in Kysely's own examples. */
export type Transaction = KyselyTransaction<Tables>;

/** What the store and the queue ask of a database; SQLite and PostgreSQL each have one. */
export interface Database {
  /** For reads. */
  readonly db: Kysely<Tables>;
  /**
   * Runs in a transaction and resolves when it is on disk. The work may run twice (its first transaction is
   * rolled back when another's work in it fails), so it changes nothing but the database.
   */
  write<T>(work: (trx: Transaction) => Promise<T>): Promise<T>;
  /**
   * As `write`, but on disk only moments later: a power cut (never the death of the process) may take it
   * back, together with everything after it. For what would be done again then, and is fine done again: work
   * on a job. Not for what somebody outside was told or is about to see.
   */
  writeSoon<T>(work: (trx: Transaction) => Promise<T>): Promise<T>;
  /** As `write` and `writeSoon`, for a single statement: it needs no transaction around it. */
  writeOne<T>(statement: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
  writeOneSoon<T>(statement: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
  /**
   * Milliseconds that a delivery may wait for others to share its transaction: what that saves depends on the
   * database.
   */
  readonly batchDelay: number;
  close(): Promise<void>;
}

/** Rows of one statement: PostgreSQL binds at most 65,535 values, SQLite 32,766. */
const chunkSize = 500;

export function* chunks<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < rows.length; at += chunkSize) yield rows.slice(at, at + chunkSize);
}
