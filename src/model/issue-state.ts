import type { CountedReport } from './counted-report.ts';
import type { Issue, IssueRef } from './issue.ts';
import type { Verdict } from './verdict.ts';

/**
 * What Signpost keeps of one issue: what it did there, and what people said to it. Never the text of the issue.
 * A finding stands here as its key: `signature:<id>`, `duplicate:<owner/name#n>`. Times are epoch milliseconds.
 */
export interface IssueState {
  readonly repository: string;
  readonly number: number;
  /** Login of the reporter. */
  readonly author: string;
  readonly createdAt: number;
  /** As GitHub had it when it was read last. */
  readonly status: 'open' | 'closed';
  readonly closedAt: number | null;
  /** Diagnostics that the report names, normalised: `version`, `platform`. */
  readonly facts: Readonly<Record<string, string>>;
  /** Someone asked Signpost to leave this issue alone. */
  readonly ignored: boolean;
  /** Our one comment, once it exists. */
  readonly comment: OwnComment | null;
  /** What our comment says, best first; besides keys of findings those of its other parts. */
  readonly findingKeys: readonly string[];
  /** The thread that our comment sends the reporter to. */
  readonly root: IssueRef | null;
  /** Our comment only counts the reports that point here, or speaks of another bot's close: it never says anything else. */
  readonly ledgerOnly: boolean;
  /** What our comment answers to a command, besides what it says. */
  readonly notice: Notice | null;
  /** Another bot closed it as a duplicate of what leads nowhere. */
  readonly deadEnd: DeadEnd | null;
  readonly labels: LabelState;
  readonly feedback: FeedbackState;
  readonly close: CloseState;
  readonly poll: PollState;
  readonly commands: CommandState;
  readonly reportCount: ReportCountState;
  /** A comment holds a credential: our comment warns of it. */
  readonly credentialInComment: boolean;
  /** What verdicts on known failures can teach of this report; kept where something was said, or named by a maintainer. */
  readonly trainingSample: TrainingSample | null;
  /** It came from another repository, and our comment and labels were not looked for at the new place yet. */
  readonly transfer: { readonly hadComment: boolean } | null;
  /** The call that makes our comment got no answer, and the comment was not in GitHub's list at `at`. */
  readonly missingComment: { readonly intent: number; readonly at: number } | null;
}

/** Our comment on an issue. */
export interface OwnComment {
  readonly id: number;
  /** When it was made. */
  readonly at: number;
  /** Its name in GraphQL; absent where GitHub did not say: its reactions cannot be read. */
  readonly node?: string;
}

/** Labels, in GitHub's spelling. */
export interface LabelState {
  /** We added them and nobody took them away since: the only ones we may remove. */
  readonly added: readonly string[];
  /** We added them and a person took them away: never set again here. */
  readonly refused: readonly string[];
  /** People set them, another bot wiped them, and we set them again: done once. */
  readonly restored: readonly string[];
}

/** What people said about our findings. */
export interface FeedbackState {
  /** Keys of findings that people refused here (also `duplicate:*`): never said again here. */
  readonly refused: readonly string[];
  /** Keys of findings that somebody with triage rights named here: as good as found. */
  readonly asserted: readonly string[];
  /** The last word on each finding. */
  readonly verdicts: readonly Omit<Verdict, 'repository' | 'number'>[];
  /** How many refusals there were when the circuit breaker was last checked for them. */
  readonly refusalsChecked: number;
}

/** Closing the issue as a duplicate. */
export interface CloseState {
  /** Our comment announces it. */
  readonly announced: AnnouncedClose | null;
  /** We closed it, and nobody has opened it since. */
  readonly done: { readonly at: number; readonly of: IssueRef } | null;
  /** Somebody said or did what makes it stay open: we never close it (again). */
  readonly vetoed: boolean;
}

/** Reading people's reactions to our comment. */
export interface PollState {
  /** When to read them next; null when there is nothing to learn any more. */
  readonly due: number | null;
  /** The time that a poll was last scheduled for. */
  readonly scheduledFor: number | null;
}

/** Commands in people's comments. */
export interface CommandState {
  /** Ids of the comments whose commands were carried out. */
  readonly done: readonly number[];
  /** Logins of those who were told that they may not, or how to write a command: told once. */
  readonly hinted: readonly string[];
}

/** The count of reports that point to one root. */
export interface ReportCountState {
  /** As a root: the reports that our comment counts; null: it never counted any. */
  readonly shown: readonly CountedReport[] | null;
  /** As a report: root, version and platform that it was last counted with; empty: not counted; null: never was. */
  readonly countedAs: string | null;
}

/** A report as recognisers learn from it: no text. */
export interface TrainingSample {
  /** Of the features; those of another version teach nothing. */
  readonly version: number;
  /** The hashed features of the redacted report, growing, as base64. */
  readonly features: string;
  /** Known failures whose rules hit. */
  readonly rules: readonly string[];
  /** A request or a text about documents: its words weigh less. */
  readonly wish: boolean;
}

/** Where another bot sent people, why nobody gets on from there, and the open thread, if the chain has one. */
export interface DeadEnd {
  readonly of: IssueRef | null;
  readonly why: 'none' | 'circular' | 'closed' | 'locked' | 'younger' | 'pull request';
  readonly open: IssueRef | null;
}

/** A close to come: announced when, due when, as a duplicate of what. */
export interface AnnouncedClose {
  readonly announcedAt: number;
  readonly at: number;
  readonly of: IssueRef;
}

/** `help`, or what was wrong with a command: no such command, or what should stand behind it. */
export type Notice = 'help' | 'unknown' | 'duplicate' | 'signature';

/** The state of an issue that was not seen before. */
export function newIssueState(
  issue: Pick<Issue, 'repository' | 'number' | 'author' | 'createdAt' | 'state' | 'closedAt'>,
): IssueState {
  return {
    repository: issue.repository,
    number: issue.number,
    author: issue.author.login,
    createdAt: issue.createdAt,
    status: issue.state,
    closedAt: issue.closedAt,
    facts: {},
    ignored: false,
    comment: null,
    findingKeys: [],
    root: null,
    ledgerOnly: false,
    notice: null,
    deadEnd: null,
    labels: { added: [], refused: [], restored: [] },
    feedback: { refused: [], asserted: [], verdicts: [], refusalsChecked: 0 },
    close: { announced: null, done: null, vetoed: false },
    poll: { due: null, scheduledFor: null },
    commands: { done: [], hinted: [] },
    reportCount: { shown: null, countedAs: null },
    credentialInComment: false,
    trainingSample: null,
    transfer: null,
    missingComment: null,
  };
}
