import type { Issue, IssueRef } from './issue.ts';
import type { Verdict } from './verdict.ts';

/**
 * What Signpost remembers of one issue: what it did there, and what people said to it. Never the text.
 * Times are epoch milliseconds.
 */
export interface Memory {
  readonly repository: string;
  readonly number: number;
  readonly author: string;
  readonly createdAt: number;
  readonly state: 'open' | 'closed' | 'gone';
  readonly closedAt: number | null;
  /** Our one comment, once it exists. */
  readonly comment: { readonly id: number; readonly at: number; readonly node?: string } | null;
  /** Labels that we added and nobody took away since: the only ones we may remove. */
  readonly ourLabels: readonly string[];
  /** Labels that we added and a person took away: never set again here. */
  readonly refusedLabels: readonly string[];
  /** Findings that people refused here (`signature:<id>`, `duplicate:<owner/name#n>`, `duplicate:*`): never said again here. */
  readonly refused: readonly string[];
  /** Findings that somebody with triage rights named here: as good as found. */
  readonly asserted?: readonly string[];
  /** What people said of what was said here, the last word on each finding. */
  readonly verdicts?: readonly Omit<Verdict, 'repository' | 'number'>[];
  /** What verdicts on known failures can teach of this report; kept where something was said, or named by a maintainer. */
  readonly heard?: TrainingSample;
  /** When to look at people's reactions again; null when there is nothing to learn any more. */
  readonly due?: number | null;
  /** The thread that our comment sends the reporter to. */
  readonly root?: IssueRef | null;
  /** Our comment only counts the reports that point here, or speaks of another bot's close: nothing else is ever said in it. */
  readonly ledgerOnly?: boolean;
  /** Another bot closed it as a duplicate of what leads nowhere. */
  readonly deadEnd?: DeadEnd | null;
  /** A close that the comment has announced. */
  readonly closing?: Closing | null;
  /** We closed it as a duplicate of `of`, and nobody has opened it since. */
  readonly closed?: { readonly at: number; readonly of: IssueRef } | null;
  /** Somebody said or did what makes it stay open: it is never closed by us (again). */
  readonly neverClose?: boolean;
  /** What our comment answers to a command, besides what it says. */
  readonly notice?: Notice | null;
  /** Someone asked Signpost to leave this issue alone. */
  readonly ignored: boolean;
  /** What was last found, best first: `signature:<id>`, `duplicate:<owner/name#n>`. */
  readonly found: readonly string[];
  /** Normalised diagnostics, for digest and regression: `version`, `platform`. */
  readonly facts: Readonly<Record<string, string>>;
  /** Anything a later stage keeps about the issue, by its own name. */
  readonly notes: Readonly<Record<string, unknown>>;
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
export interface Closing {
  readonly announcedAt: number;
  readonly at: number;
  readonly of: IssueRef;
}

/** `help`, or what was wrong with a command: no such command, or what should stand behind it. */
export type Notice = 'help' | 'unknown' | 'duplicate' | 'signature';

/** What is remembered of an issue that was not seen before. */
export function freshMemory(
  issue: Pick<Issue, 'repository' | 'number' | 'author' | 'createdAt' | 'state' | 'closedAt'>,
): Memory {
  return {
    repository: issue.repository,
    number: issue.number,
    author: issue.author.login,
    createdAt: issue.createdAt,
    state: issue.state,
    closedAt: issue.closedAt,
    comment: null,
    ourLabels: [],
    refusedLabels: [],
    refused: [],
    ignored: false,
    found: [],
    facts: {},
    notes: {},
  };
}
