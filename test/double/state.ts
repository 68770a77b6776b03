// What the double remembers: plain objects that refer to one another. Times are epoch milliseconds.

export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: 'User' | 'Bot' | 'Organization';
}

/** The GitHub App that the double knows. */
export interface App {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly clientId: string;
  readonly owner: Account;
  /** `<slug>[bot]` */
  readonly bot: Account;
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
  readonly createdAt: number;
}

export interface Installation {
  readonly id: number;
  readonly account: Account;
  readonly repositories: Set<Repository>;
  readonly createdAt: number;
  suspendedAt: number | null;
}

/** Who does something: a person, an App's bot, and through which App. */
export interface Actor {
  readonly account: Account;
  readonly app: App | null;
}

export interface Label {
  readonly id: number;
  name: string;
  color: string;
  description: string | null;
}

export interface Milestone {
  readonly id: number;
  readonly number: number;
  readonly title: string;
  readonly creator: Account;
  readonly createdAt: number;
}

export const reactionContents = [
  '+1',
  '-1',
  'laugh',
  'confused',
  'heart',
  'hooray',
  'rocket',
  'eyes',
] as const;
export type ReactionContent = (typeof reactionContents)[number];

export interface Reaction {
  readonly id: number;
  readonly content: ReactionContent;
  readonly user: Account;
  readonly createdAt: number;
}

export interface Comment {
  readonly id: number;
  issue: Issue;
  readonly author: Account;
  readonly app: App | null;
  body: string;
  readonly reactions: Reaction[];
  readonly createdAt: number;
  updatedAt: number;
  /** Lists show it from then on. */
  readonly visibleAt: number;
}

export type StateReason = 'completed' | 'not_planned' | 'duplicate' | 'reopened';

/** One entry of an issue's timeline, comments aside. */
export interface IssueEvent {
  readonly id: number;
  readonly kind:
    | 'labeled'
    | 'unlabeled'
    | 'closed'
    | 'reopened'
    | 'renamed'
    | 'locked'
    | 'unlocked'
    | 'assigned'
    | 'unassigned'
    | 'milestoned'
    | 'demilestoned'
    | 'transferred'
    | 'marked_as_duplicate'
    | 'unmarked_as_duplicate'
    | 'cross-referenced';
  readonly actor: Account;
  readonly app: App | null;
  readonly at: number;
  readonly label?: Label;
  readonly account?: Account;
  readonly milestone?: Milestone;
  readonly rename?: { readonly from: string; readonly to: string };
  readonly stateReason?: StateReason | null;
  readonly lockReason?: string | null;
  /** What a duplicate points to. */
  readonly canonical?: Issue;
  /** What a cross-reference comes from. */
  readonly source?: Issue;
  /** Where a transferred issue came from. */
  readonly from?: Repository;
}

export interface PullRequest {
  readonly head: string;
  readonly base: string;
  headSha: string;
  readonly baseSha: string;
  mergedAt: number | null;
}

/** What a pull request does to one file. */
export interface PullFile {
  readonly path: string;
  readonly status: 'added' | 'modified' | 'removed';
  readonly before: string;
  readonly after: string;
}

export interface Issue {
  /** The database id. */
  readonly id: number;
  repository: Repository;
  number: number;
  title: string;
  body: string | null;
  readonly author: Account;
  readonly app: App | null;
  labels: Label[];
  state: 'open' | 'closed';
  stateReason: StateReason | null;
  /** The canonical issue, while this one is marked as its duplicate. */
  duplicateOf: Issue | null;
  locked: boolean;
  lockReason: string | null;
  assignees: Account[];
  milestone: Milestone | null;
  comments: Comment[];
  reactions: Reaction[];
  events: IssueEvent[];
  readonly pull: PullRequest | null;
  readonly createdAt: number;
  updatedAt: number;
  closedAt: number | null;
  closedBy: Account | null;
}

export interface Role {
  /** `admin`, `maintain`, `write`, `triage`, `read`, `none`, or a custom role's name. */
  readonly name: string;
  readonly permission: 'admin' | 'write' | 'read' | 'none';
}

export interface CheckRun {
  readonly id: number;
  readonly name: string;
  readonly headSha: string;
  status: string;
  conclusion: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  readonly annotations: Readonly<Record<string, unknown>>[];
  readonly startedAt: number;
  completedAt: number | null;
}

/** A commit's whole tree: path to text. */
export type Tree = ReadonlyMap<string, string>;

export interface Repository {
  readonly id: number;
  readonly owner: Account;
  name: string;
  readonly private: boolean;
  readonly createdAt: number;
  readonly defaultBranch: string;
  /** The entry for a number is an issue, where it went, or `deleted`. */
  readonly issues: Map<number, Issue | { readonly movedTo: Issue } | 'deleted'>;
  nextNumber: number;
  openIssues: number;
  /** By lower-case name. */
  readonly labels: Map<string, Label>;
  readonly milestones: Milestone[];
  /** By lower-case login; everybody else may read. */
  readonly roles: Map<string, Role>;
  /** Branch name to commit. */
  readonly branches: Map<string, string>;
  readonly trees: Map<string, Tree>;
  readonly checkRuns: Map<number, CheckRun>;
}

/** `owner/name` */
export function fullName(repository: Repository): string {
  return `${repository.owner.login}/${repository.name}`;
}

/** Whether what stands at a number is an issue that is still there. */
export function isIssue(entry: Issue | { readonly movedTo: Issue } | 'deleted' | undefined): entry is Issue {
  return entry !== undefined && entry !== 'deleted' && 'number' in entry;
}
