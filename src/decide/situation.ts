import type { Config } from '../model/config.ts';
import type { CountedReport } from '../model/counted-report.ts';
import type { Finding } from '../model/finding.ts';
import type { Issue, IssueRef } from '../model/issue.ts';
import type { IssueState } from '../model/issue-state.ts';
import type { Secret } from '../model/report.ts';
import type { Root } from '../model/root.ts';
import type { Signature } from '../model/signature.ts';

/** The input of a decision: the findings, and the issue as GitHub has it now. */
export interface Situation {
  readonly issue: Issue;
  readonly findings: readonly Finding[];
  readonly config: Config;
  readonly state: IssueState | null;
  /** The missing items as a Markdown list; empty when nothing is missing. */
  readonly asks: string;
  /** A person set the repository's own `duplicate` label. */
  readonly labelled?: boolean;
  /** The reports pointed to this issue, where maintainers want them counted; else null. */
  readonly reportCount?: readonly CountedReport[] | null;
  /** Positions of credentials: lines that hold one are not quoted. */
  readonly secrets: readonly Secret[];
  readonly signatures: ReadonlyMap<string, Signature>;
  /** By `findingKey`. */
  readonly roots: ReadonlyMap<string, Root>;
  /** The repository's own labels. */
  readonly repositoryLabels: readonly string[];
  /** Epoch milliseconds; null when the App is not installed (`explain` on a file). */
  readonly installedAt: number | null;
  readonly paused: boolean;
  /** A person with triage rights, who is not the author, has commented. */
  readonly answered: boolean;
  /** Comments that Signpost posted in this repository within the last hour. */
  readonly recentComments: number;
  /** The circuit breaker: why no comment at all, or none on these findings, may be posted. */
  readonly breaker: {
    readonly all: string | null;
    readonly findings: ReadonlyMap<string, string>;
  };
  /** A person requested this triage with a command. */
  readonly asked: boolean;
  /** When Signpost learned of the issue or its change, in epoch milliseconds; default now. */
  readonly foundAt?: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The key under which a finding is stored and refused: `signature:<id>`, `duplicate:<owner/name#n>`. */
export function findingKey({ kind, id }: Pick<Finding, 'kind' | 'id'>): string {
  return `${kind}:${id}`;
}

/**
 * The findings that reach their threshold, and that nobody refused and the report does not mention itself.
 */
export function publishableFindings(
  findings: readonly Finding[],
  config: Config,
  state: IssueState | null,
): readonly Finding[] {
  if (state?.ignored === true) return [];
  const refused = new Set(state?.feedback.refused ?? []);
  return findings.filter(
    (finding) =>
      finding.probability >= threshold(finding, config) &&
      finding.named !== true &&
      !refusalKeys(finding).some((key) => refused.has(key)),
  );
}

/**
 * The keys under which a finding may have been refused: a failure or an earlier report, or its regression.
 */
function refusalKeys(finding: Finding): readonly string[] {
  const { id, kind } = finding;
  if (kind !== 'signature' && kind !== 'duplicate' && kind !== 'regression') return [findingKey(finding)];
  const named = isThread(finding) ? 'duplicate' : 'signature';
  return [`${named}:${id}`, `regression:${id}`, `${named}:*`];
}

/** Whether a finding's id is an issue (`owner/name#n`); a page's id has no `#`. */
export function isThread({ id }: Pick<Finding, 'id'>): boolean {
  return id.includes('#');
}

/** The failure that the comment names: the first that a page describes, or its regression. */
export function primaryFailure(findings: readonly Finding[]): Finding | undefined {
  return findings.find(
    (finding) => finding.kind === 'signature' || (finding.kind === 'regression' && !isThread(finding)),
  );
}

/** The lowest probability at which a finding is published: that of the settings, or a higher learned one. */
export function threshold(finding: Finding, config: Config): number {
  return Math.max(finding.threshold ?? 0, settingsThreshold(finding, config));
}

function settingsThreshold(finding: Finding, { comment, duplicates, labels }: Config): number {
  const { kind } = finding;
  if (kind === 'duplicate' || (kind === 'regression' && isThread(finding))) return duplicates.at;
  if (kind === 'signature' || kind === 'regression') return comment.at;
  // With `auto`, `suggestLabels` has applied each label's learned threshold.
  return kind === 'label' && labels.at !== 'auto' ? labels.at : 0;
}

/**
 * The earlier report that the comment links: the first with an open root; none beside a regression. Where the
 * known failure has an open thread, only a report with the same root, or one that a maintainer asserted.
 */
export function linkedReport(
  { roots }: Pick<Situation, 'roots'>,
  findings: readonly Finding[],
): Finding | undefined {
  const failure = primaryFailure(findings);
  if (failure?.kind === 'regression') return undefined;
  const open = (finding: Finding) => roots.get(findingKey(finding))?.open ?? null;
  const failureThread = failure === undefined ? null : open(failure);
  return findings.find((finding) => {
    const thread = finding.kind === 'duplicate' ? open(finding) : null;
    if (thread === null) return false;
    if (failureThread === null || finding.from === 'fact') return true;
    return (
      thread.number === failureThread.number &&
      thread.repository.toLowerCase() === failureThread.repository.toLowerCase()
    );
  });
}

/** The open thread that the comment points the reporter to; null for none. */
export function linkedRoot(
  situation: Pick<Situation, 'roots'>,
  findings: readonly Finding[],
): IssueRef | null {
  const failure = primaryFailure(findings);
  const known = failure?.kind === 'signature' ? failure : undefined;
  const thread = [known, linkedReport(situation, findings)]
    .map((finding) => finding && situation.roots.get(findingKey(finding))?.open)
    .find((open) => open != null);
  return thread == null ? null : { repository: thread.repository, number: thread.number };
}
