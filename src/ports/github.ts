import type { HistoryPage } from '../model/history.ts';
import type { Comment, Issue, IssueRef, Thread } from '../model/issue.ts';

/** A comment with the number of the issue that it stands under. */
export interface NumberedComment extends Comment {
  readonly number: number;
}

/** What people have said to one of our comments and done to its issue since. Times are epoch milliseconds. */
export interface CommentFeedback {
  readonly number: number;
  /** The issue's database id. */
  readonly id: number;
  readonly state: 'open' | 'closed';
  readonly locked: boolean;
  readonly assigned: boolean;
  readonly milestone: boolean;
  readonly labels: readonly string[];
  /** Of the issue itself. */
  readonly thumbsUp: number;
  /** On our comment. */
  readonly reactions: readonly {
    readonly by: string;
    readonly content: '+1' | '-1' | 'confused' | 'heart' | 'hooray';
    readonly at: number;
  }[];
  /** The newest fifty comments of the issue, ours among them. */
  readonly replies: readonly ReplyComment[];
  /** There are more comments than `replies` has. */
  readonly repliesCut: boolean;
  readonly undone: readonly {
    readonly by: string;
    readonly what: 'reopened' | 'unmarked';
    readonly at: number;
  }[];
}

export interface ReplyComment {
  readonly by: string;
  readonly bot: boolean;
  readonly body: string;
  readonly at: number;
}

/**
 * GitHub as one installation sees it. Reads return null for what is not there (404, 410); every other
 * failure rejects with a `GitHubError`. Creating calls are never retried inside.
 */
export interface GitHub {
  issue(repository: string, number: number): Promise<Issue | null>;
  /** All comments, oldest first, every page. */
  comments(repository: string, number: number): Promise<readonly Comment[]>;
  comment(repository: string, id: number): Promise<Comment | null>;
  /** Who set and took away labels of an issue, oldest first, every page. */
  labelEvents(repository: string, number: number): Promise<readonly LabelEvent[]>;
  /** In the order asked for, one call for all; null for what is not there or cannot be read. */
  threads(issues: readonly IssueRef[]): Promise<readonly (Thread | null)[]>;
  /** What became of our comments, by their node ids, a hundred a call; null for each that is gone. */
  commentFeedback(comments: readonly string[]): Promise<readonly (CommentFeedback | null)[]>;
  /**
   * Issues with their duplicate marks, newest first, a hundred a call; `after` is a page's `next`. Rejects
   * when there is no such repository.
   */
  history(repository: string, after: string | null): Promise<HistoryPage>;
  /** Issues that this login opened, closed ones included, newest first; a hundred at most. */
  issuesBy(repository: string, login: string): Promise<readonly Issue[]>;
  /** Issues that changed at or after that time (epoch ms), closed ones included, without pull requests. */
  issuesSince(repository: string, since: number): Promise<readonly Issue[]>;
  /** Comments, of pull requests too, that were written or edited at or after that time (epoch ms). */
  commentsSince(repository: string, since: number): Promise<readonly NumberedComment[]>;
  /** Names of the repository's labels, every page. */
  labels(repository: string): Promise<readonly string[]>;
  /** A file as text, of the default branch or of a commit; null when absent. */
  file(repository: string, path: string, commit?: string): Promise<string | null>;
  /** Names of the files in a folder of the default branch; empty when absent. */
  folder(repository: string, path: string): Promise<readonly string[]>;
  /** `admin`, `maintain`, `write`, `triage`, `read`, `none`, or a custom role's name with its base. */
  role(repository: string, login: string): Promise<{ readonly name: string; readonly permission: string }>;

  /** An open pull request; null when it is not there or closed. */
  pull(repository: string, number: number): Promise<PullRequest | null>;
  /** Makes a finished check run on a commit. */
  reportCheck(repository: string, run: CheckRun): Promise<void>;
  createIssue(repository: string, title: string, body: string): Promise<Issue>;
  /** Closes as completed; what is closed or gone already is fine. */
  completeIssue(repository: string, number: number): Promise<void>;
  createComment(repository: string, number: number, body: string): Promise<Comment>;
  /** Null when the comment is gone. */
  editComment(repository: string, id: number, body: string): Promise<Comment | null>;
  addLabels(repository: string, number: number, labels: readonly string[]): Promise<void>;
  /** Removing what is not there is fine. */
  removeLabel(repository: string, number: number, label: string): Promise<void>;
  /** `target` is the database id of the open issue that this one duplicates. */
  closeAsDuplicate(repository: string, number: number, target: number): Promise<void>;
  reopen(repository: string, number: number): Promise<void>;
  react(
    repository: string,
    comment: number,
    content: '+1' | '-1' | 'eyes' | 'confused' | 'rocket',
  ): Promise<void>;
}

/** Somebody set a label, or took it away. */
export interface LabelEvent {
  readonly label: string;
  readonly what: 'labeled' | 'unlabeled';
  /** A login; an App's ends in `[bot]`. */
  readonly by: string;
  /** Epoch milliseconds, whole seconds. */
  readonly at: number;
}

/** What is asked of a pull request: its head, and the files that it adds or changes. */
export interface PullRequest {
  readonly sha: string;
  readonly files: readonly string[];
}

export interface CheckRun {
  readonly name: string;
  readonly sha: string;
  readonly conclusion: 'success' | 'failure';
  readonly title: string;
  /** Markdown, at most 65,535 characters. */
  readonly summary: string;
  readonly annotations: readonly {
    readonly path: string;
    readonly line: number;
    readonly level: 'failure' | 'warning';
    readonly message: string;
  }[];
}
