import type { Hints } from '../classify/index.ts';
import type { Situation } from '../decide/index.ts';
import type { Config } from '../model/config.ts';
import type { CountedReport } from '../model/counted-report.ts';
import type { Finding } from '../model/finding.ts';
import type { Issue } from '../model/issue.ts';
import type { IssueState } from '../model/issue-state.ts';
import type { Report } from '../model/report.ts';
import type { Signature } from '../model/signature.ts';
import type { GitHub } from '../ports/github.ts';

/** What is known around an issue before it is read: settings, knowledge, what we and people did there. */
export interface TriageInput {
  readonly config: Config;
  /** Known failures, best first: rules and learned recogniser. */
  readonly recognise: (report: Report) => readonly Finding[];
  readonly signatures: ReadonlyMap<string, Signature>;
  /** How a reporter of this software gets what is missing. */
  readonly hints: Hints;
  /** Earlier reports of the same problem, best first. */
  readonly earlier: (issue: Issue, report: Report) => readonly Finding[];
  /** A person set the repository's own `duplicate` label: the comment says of what, or that nothing is known. */
  readonly labelled: boolean;
  /** The reports that were pointed to this issue. */
  readonly reportCount: readonly CountedReport[];
  /** Labels that a maintainer would have set. */
  readonly suggest: (report: Report) => readonly Finding[];
  /** What the reporter added in comments, where something was asked for; else empty. */
  readonly replies: string;
  /** Raw texts of the repository's issue templates: their words are not the reporter's. */
  readonly templates: readonly string[];
  readonly repositoryLabels: readonly string[];
  readonly state: IssueState | null;
  readonly installedAt: number | null;
  readonly paused: boolean;
  /** A person asked for this triage with a command: it does not come too late. */
  readonly asked: boolean;
  /** When the work began to wait: outages and limits since then do not make the issue one that was found late. Default now. */
  readonly foundAt?: number;
  readonly now: number;
  /** Reads threads; null where there is no GitHub to ask (a file on disk). */
  readonly github: Pick<GitHub, 'threads'> | null;
  /** Asked only when there is something to say. */
  readonly surroundings: () => Promise<Surroundings>;
}

export interface Surroundings {
  /** A person with triage rights, who is not the author, has commented. */
  readonly answered: boolean;
  /** Comments that Signpost made in the repository within the last hour. */
  readonly recentComments: number;
  /** Default: none. */
  readonly breaker?: Situation['breaker'];
}

/** What settings and pages of a repository say of its issues. */
export interface RepositoryKnowledge {
  readonly config: Config;
  readonly knowledge: Pick<TriageInput, 'hints' | 'recognise' | 'signatures'>;
  readonly labels: readonly string[];
  readonly templates: readonly string[];
}

/**
 * The input that settings and pages of a repository alone give, as if the issue had just been opened in it and nothing were
 * known of its past, its people and its GitHub; `known` says what is.
 */
export function triageInput(
  { config, knowledge, labels, templates }: RepositoryKnowledge,
  known: Partial<TriageInput> & Pick<TriageInput, 'now'>,
): TriageInput {
  return {
    config,
    recognise: knowledge.recognise,
    signatures: knowledge.signatures,
    hints: knowledge.hints,
    earlier: () => [],
    labelled: false,
    reportCount: [],
    suggest: () => [],
    replies: '',
    templates,
    repositoryLabels: labels,
    state: null,
    installedAt: null,
    paused: false,
    asked: false,
    github: null,
    surroundings: async () => ({ answered: false, recentComments: 0 }),
    ...known,
  };
}
