import type { Finding } from './finding.ts';
import type { Plan } from './plan.ts';

/** One call that changed something on GitHub. */
export interface Call {
  /** `POST /repos/{owner}/{repo}/issues/{issue_number}/comments` */
  readonly route: string;
  readonly status: number;
}

/** One triage or other change of an issue or repository. Its evidence is redacted. */
export interface LedgerEntry {
  /** Ascends with time within a store. */
  readonly id: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly repository: string;
  /** Null for an entry about the whole repository. */
  readonly number: number | null;
  /** The delivery's GUID, or the name of the schedule that caused it. */
  readonly cause: string;
  readonly mode: 'observe' | 'advise' | 'act';
  readonly findings: readonly Finding[];
  readonly plan: Plan;
  readonly calls: readonly Call[];
}
