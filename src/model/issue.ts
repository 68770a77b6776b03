/** Who wrote something. `bot` is true for GitHub Apps and accounts of type `Bot`. */
export interface Author {
  readonly login: string;
  readonly bot: boolean;
}

/** An issue as GitHub has it at one moment. Times are epoch milliseconds. */
export interface Issue {
  /** `owner/name`, in the spelling GitHub uses. */
  readonly repository: string;
  readonly number: number;
  /** The database id, as `duplicate_issue_id` expects it. */
  readonly id: number;
  readonly title: string;
  /** Empty when GitHub has `null`. */
  readonly body: string;
  readonly author: Author;
  readonly labels: readonly string[];
  readonly state: 'open' | 'closed';
  readonly stateReason: 'completed' | 'not_planned' | 'duplicate' | 'reopened' | null;
  readonly locked: boolean;
  readonly pullRequest: boolean;
  readonly assignees: readonly string[];
  readonly milestone: string | null;
  /** Number of comments. */
  readonly comments: number;
  readonly thumbsUp: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly closedAt: number | null;
}

/** A comment on an issue. Times are epoch milliseconds. */
export interface Comment {
  readonly id: number;
  /** Its node id in GraphQL. */
  readonly node?: string;
  readonly author: Author;
  readonly body: string;
  /** The slug of the GitHub App that wrote it; null for none. */
  readonly app: string | null;
  readonly association: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** One issue of one repository; `repository` is `owner/name`. */
export interface IssueRef {
  readonly repository: string;
  readonly number: number;
}

/** An issue or pull request, as far as roots are resolved from it. */
export interface Thread {
  readonly repository: string;
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly pullRequest: boolean;
  readonly state: 'open' | 'closed';
  readonly stateReason: 'completed' | 'not_planned' | 'duplicate' | 'reopened' | null;
  readonly locked: boolean;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly closedAt: number | null;
  /** The issue that this one is marked as a duplicate of; null for none. */
  readonly duplicateOf: IssueRef | null;
  readonly milestone: string | null;
  readonly thumbsUp: number;
  readonly comments: number;
}
