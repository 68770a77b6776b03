/** One line: what it is about, by identifiers only, and what happened. */
interface Write {
  (context: object, message: string): void;
  (message: string): void;
}

/** Structured logs, as the core writes them. Never text of an issue, never a credential. */
export interface Logger {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
  readonly fatal: Write;
  /** The same log, whose every line carries `context` as well. */
  child(context: Record<string, unknown>): Logger;
}
