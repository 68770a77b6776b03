import type { IssueRef } from './issue.ts';
import type { AnnouncedClose } from './issue-state.ts';

/**
 * A change to make on GitHub. `because` is one line that a person can check: recogniser, quoted text with its
 * position, probability. Comment, `explain`, ledger and log show the same line.
 */
export type Action =
  | { readonly kind: 'add-labels'; readonly labels: readonly string[]; readonly because: string }
  /** Sets labels again that another bot removed; they do not become ours. */
  | { readonly kind: 'restore-labels'; readonly labels: readonly string[]; readonly because: string }
  | { readonly kind: 'remove-labels'; readonly labels: readonly string[]; readonly because: string }
  | { readonly kind: 'comment'; readonly body: string; readonly because: string }
  | { readonly kind: 'retract'; readonly body: string; readonly because: string }
  | {
      readonly kind: 'react';
      /** The id of the comment to react to. */
      readonly comment: number;
      readonly content: '+1' | 'confused';
      readonly because: string;
    }
  /** Closes as a duplicate of `of`, whose database id is `id`. */
  | { readonly kind: 'close'; readonly of: IssueRef; readonly id: number; readonly because: string }
  | { readonly kind: 'reopen'; readonly because: string };

/** The intended state of an issue. Applying a plan twice has the same effect as applying it once. */
export interface Plan {
  readonly actions: readonly Action[];
  /**
   * One line for each finding or action that is withheld, with the reason: `observe`, a threshold, paused.
   */
  readonly withheld: readonly string[];
  /** One line for each model that was learned from verdicts or rolled back, with its figures. */
  readonly learned?: readonly string[];
  /** The close that the comment announces. */
  readonly closing?: AnnouncedClose | null;
  /** The comment only counts reports on a root, or answers another bot's close. */
  readonly ledgerOnly?: boolean;
}
