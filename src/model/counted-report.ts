/** A report that was pointed to a root, as counted there. */
export interface CountedReport {
  readonly number: number;
  /** Null where the report does not say. */
  readonly version: string | null;
  readonly platform: string | null;
}
