import type { IssueRef } from '../model/issue.ts';
import type { IssueState } from '../model/issue-state.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { Category } from '../model/signature.ts';
import type { Verdict } from '../model/verdict.ts';
import type { EarlyWarning } from './emerging/early-warning.ts';
import type { FailureGroups } from './emerging/groups.ts';
import type { Week } from './week.ts';

/**
 * All that a digest is made of: what the store keeps of one repository. Texts are raw; renderers quote them.
 */
export interface DigestInput {
  readonly repository: string;
  readonly memories: readonly IssueState[];
  /** The repository's ledger, oldest first. */
  readonly entries: readonly LedgerEntry[];
  readonly verdicts: readonly Verdict[];
  /** By signature id: what its page says of a failure, and where it is tracked. */
  readonly failures: ReadonlyMap<string, KnownFailure>;
  readonly unknown: UnknownFailures;
  /** What else waits for a person. */
  readonly waiting: readonly ActionItem[];
}

export interface KnownFailure {
  readonly title: string;
  /** Null where the page is gone. */
  readonly category: Category | null;
  /** The page, where it has an address. */
  readonly url: string | null;
  readonly fixedIn: string | null;
  /** Null: no open thread tracks it, or nobody was asked. */
  readonly root: IssueRef | null;
}

export interface DigestOptions {
  readonly week: Week;
  /** The IANA name of a time zone: whose Monday it is. */
  readonly zone: string;
  /** A finding counts from these probabilities on: those at which Signpost speaks of it. */
  readonly thresholds: { readonly signature: number; readonly duplicate: number };
  /** Negative, zero or positive, as for `sort`. */
  readonly compareVersions: (a: string, b: string) => number;
}

/** What is known of failures that no page knows. */
export interface UnknownFailures {
  readonly groups: FailureGroups;
  /** By name of a group: a message that its reports have in common, where they were read. */
  readonly commonMessages: ReadonlyMap<number, string>;
  /** Names of the groups whose signature page is proposed. */
  readonly proposed: ReadonlySet<number>;
}

/** Reports that are like one another and that no signature page knows. */
export interface EmergingFailure extends ReportCount {
  /** The number of its first report. */
  readonly name: number;
  readonly shared: string | null;
  readonly numbers: readonly number[];
  readonly thisWeek: number;
  readonly warning: EarlyWarning | null;
  /** Whether a signature page can be drafted, or is proposed. */
  readonly proposal: 'none' | 'possible' | 'open';
}

/** Something that a person has to decide. `title` is somebody's text. */
export interface ActionItem {
  readonly what: string;
  readonly number: number | null;
  readonly title: string | null;
}

/**
 * One week of one repository in numbers, whose names are those of `--json`. Times are epoch milliseconds;
 * renderers quote the raw texts.
 */
export interface Digest {
  readonly repository: string;
  readonly week: Week;
  readonly zone: string;
  readonly from: number;
  readonly until: number;
  readonly issues: ReportCount & {
    /** With a known failure. */
    readonly recognised: ReportCount;
  };
  /** Twelve weeks, this one last. */
  readonly weeks: readonly Week[];
  /** Reports with a known failure, by week. */
  readonly trend: readonly number[];
  /** Failures seen this week or in the four before, most reports first. */
  readonly failures: readonly FailureRow[];
  readonly categories: readonly { readonly category: Category; readonly reports: number }[];
  /** Reports from a version in which the failure was fixed. */
  readonly regressions: readonly Regression[];
  readonly emerging: readonly EmergingFailure[];
  readonly duplicates: DuplicateCounts;
  readonly record: TrackRecord;
  /** What Signpost learned from verdicts this week, or took back: our own lines, with figures. */
  readonly learned: readonly string[];
  readonly waiting: readonly ActionItem[];
}

/** Distinct issues, and the distinct people who opened them. */
export interface ReportCount {
  readonly reports: number;
  readonly reporters: number;
}

export interface FailureRow extends ReportCount, KnownFailure {
  readonly id: string;
  /** Reports a week, on average of the four weeks before. */
  readonly mean: number;
  /** Reports by week, this one last. */
  readonly trend: readonly number[];
  /** When its first and last report of all were opened. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** Versions and platforms that stand out among this week's reports. */
  readonly notable: readonly NotableFact[];
}

/** A version or platform that reports of a failure name more often than other reports do. */
export interface NotableFact {
  readonly fact: string;
  readonly value: string;
  /** Reports of the failure that name it, and those that name any. */
  readonly with: number;
  readonly of: number;
}

export interface Regression {
  readonly id: string;
  readonly title: string;
  readonly number: number;
  readonly version: string | null;
  readonly fixedIn: string | null;
}

/** What became of duplicates this week. */
export interface DuplicateCounts {
  /** Issues with an earlier report that is sure enough to speak of. */
  readonly found: number;
  /** Issues whose comment links it. */
  readonly linked: number;
  readonly confirmed: number;
  readonly refused: number;
  /** Closed by Signpost, and those of them that are open again. */
  readonly closed: number;
  readonly reopened: number;
}

/** How Signpost did: verdicts of this week and of all twelve, and its writes. */
export interface TrackRecord {
  readonly comments: number;
  readonly week: VerdictCounts;
  readonly twelveWeeks: VerdictCounts;
  /** Issues of the week on which people took something back: a finding, a label. */
  readonly vetoes: number;
  /** From opened to commented, milliseconds; null without a comment. */
  readonly medianDelay: number | null;
  /** Calls that changed something on GitHub. */
  readonly writes: number;
}

export interface VerdictCounts {
  readonly confirmed: number;
  /** Refused by a reporter, or contradicted by a maintainer. */
  readonly refused: number;
  /** Confirmed among all; null without any. */
  readonly precision: number | null;
}
