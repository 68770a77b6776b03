import type { IssueRef } from './issue.ts';
import type { AnnouncedClose } from './issue-state.ts';

/**
 * One thing to do on GitHub. `because` is one line a person can check: the rule, the quoted text with its
 * position, the probability. It is the same line in the comment's footnote, `explain`, the ledger and the log.
 */
export type Action =
  | { readonly kind: 'add-labels'; readonly labels: readonly string[]; readonly because: string }
  /** Labels of people that another bot took off: set again, and not ours. */
  | { readonly kind: 'restore-labels'; readonly labels: readonly string[]; readonly because: string }
  | { readonly kind: 'remove-labels'; readonly labels: readonly string[]; readonly because: string }
  | { readonly kind: 'comment'; readonly body: string; readonly because: string }
  | { readonly kind: 'retract'; readonly body: string; readonly because: string }
  | {
      readonly kind: 'react';
      /** The comment that is answered, by its id. */
      readonly comment: number;
      readonly content: '+1' | 'confused';
      readonly because: string;
    }
  /** As a duplicate of `of`, whose database id is `id`. */
  | { readonly kind: 'close'; readonly of: IssueRef; readonly id: number; readonly because: string }
  | { readonly kind: 'reopen'; readonly because: string };

/** What should be true of an issue afterwards. Applying it twice is the same as applying it once. */
export interface Plan {
  readonly actions: readonly Action[];
  /** What was found but is not acted on, and why: `observe`, below the bar, paused. One line each. */
  readonly withheld: readonly string[];
  /** What was learned from people's verdicts, or taken back: one line each, with the figures. */
  readonly learned?: readonly string[];
  /** The close that the comment announces. */
  readonly closing?: AnnouncedClose | null;
  /** The comment counts reports on a root or speaks of another bot's close, and says nothing else. */
  readonly ledgerOnly?: boolean;
}
