/** An issue of the past, as a sync reads it. Times are epoch milliseconds. */
export interface PastIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly createdAt: number;
  readonly closedAt: number | null;
  readonly labels: readonly string[];
  readonly marks: readonly PastMark[];
}

/** A duplicate mark within the repository, its removal, or a reopen. */
export type PastMark =
  | {
      readonly kind: 'marked' | 'unmarked';
      readonly number: number;
      readonly of: number;
      readonly at: number;
    }
  | { readonly kind: 'reopened'; readonly number: number; readonly at: number };

export interface HistoryPage {
  /** The number of issues on all pages. */
  readonly total: number;
  /** The cursor of the next page; null after the last. */
  readonly next: string | null;
  readonly issues: readonly PastIssue[];
}
