import type { Config } from '../model/config.ts';
import type { CountedReport } from '../model/counted-report.ts';
import type { Finding } from '../model/finding.ts';
import type { Issue, IssueRef } from '../model/issue.ts';
import type { IssueState } from '../model/issue-state.ts';
import type { Secret } from '../model/report.ts';
import type { Root } from '../model/root.ts';
import type { Signature } from '../model/signature.ts';

/** All that a decision rests on: the findings and the issue as GitHub has it now. */
export interface Situation {
  readonly issue: Issue;
  readonly findings: readonly Finding[];
  readonly config: Config;
  readonly state: IssueState | null;
  /** What is missing, as a list in Markdown; empty when nothing is. */
  readonly asks: string;
  /** A person set the repository's own `duplicate` label. */
  readonly labelled?: boolean;
  /** The reports that were pointed here, where maintainers want them counted; null: nothing is counted here. */
  readonly reportCount?: readonly CountedReport[] | null;
  /** Where credentials stand: lines that hold one are not quoted. */
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
  /** Comments that Signpost made in this repository within the last hour. */
  readonly recentComments: number;
  /** Why nothing, or nothing of these findings, is commented on at the moment. */
  readonly breaker: {
    readonly all: string | null;
    readonly findings: ReadonlyMap<string, string>;
  };
  /** A person asked for this look with a command. */
  readonly asked: boolean;
  /** When Signpost learned that there is something to look at, epoch milliseconds; default now. */
  readonly foundAt?: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** `signature:<id>`, `duplicate:<owner/name#n>`: how a finding is remembered and refused. */
export function findingKey({ kind, id }: Pick<Finding, 'kind' | 'id'>): string {
  return `${kind}:${id}`;
}

/** Findings that are sure enough to speak of, by the bars of the settings, and that nobody refused here or named already. */
export function speakable(
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
      !keysOf(finding).some((key) => refused.has(key)),
  );
}

/** Whoever refused a failure or an earlier report refused it under either name: known, or back again. */
function keysOf(finding: Finding): readonly string[] {
  const { id, kind } = finding;
  if (kind !== 'signature' && kind !== 'duplicate' && kind !== 'regression') return [findingKey(finding)];
  const named = isThread(finding) ? 'duplicate' : 'signature';
  return [`${named}:${id}`, `regression:${id}`, `${named}:*`];
}

/** A duplicate's or regression's id is an issue; a page's id has no `#`. */
export function isThread({ id }: Pick<Finding, 'id'>): boolean {
  return id.includes('#');
}

/** The page's failure that the comment speaks of: known, or back again. */
export function spokenFailure(said: readonly Finding[]): Finding | undefined {
  return said.find(
    (finding) => finding.kind === 'signature' || (finding.kind === 'regression' && !isThread(finding)),
  );
}

/** The least probability at which a finding of this kind is spoken of. */
export function threshold(finding: Finding, config: Config): number {
  return Math.max(finding.threshold ?? 0, settingsThreshold(finding, config));
}

function settingsThreshold(finding: Finding, { comment, duplicates, labels }: Config): number {
  const { kind } = finding;
  if (kind === 'duplicate' || (kind === 'regression' && isThread(finding))) return duplicates.at;
  if (kind === 'signature' || kind === 'regression') return comment.at;
  // `auto`: what reaches us is above the bar that the label's model was calibrated to.
  return kind === 'label' && labels.at !== 'auto' ? labels.at : 0;
}

/**
 * The earlier report that the comment may link to: one with an open root, unless what is known is back again. Beside a known
 * failure with an open thread there is one place to go to: only a report that leads there as well, or that people named.
 */
export function linkedReport(
  { roots }: Pick<Situation, 'roots'>,
  said: readonly Finding[],
): Finding | undefined {
  const failure = spokenFailure(said);
  if (failure?.kind === 'regression') return undefined;
  const open = (finding: Finding) => roots.get(findingKey(finding))?.open ?? null;
  const place = failure === undefined ? null : open(failure);
  return said.find((finding) => {
    const thread = finding.kind === 'duplicate' ? open(finding) : null;
    if (thread === null) return false;
    if (place === null || finding.from === 'fact') return true;
    return (
      thread.number === place.number && thread.repository.toLowerCase() === place.repository.toLowerCase()
    );
  });
}

/** The open thread that the comment sends the reporter to; null for none. */
export function spokenRoot(situation: Pick<Situation, 'roots'>, said: readonly Finding[]): IssueRef | null {
  const failure = spokenFailure(said);
  const known = failure?.kind === 'signature' ? failure : undefined;
  const thread = [known, linkedReport(situation, said)]
    .map((finding) => finding && situation.roots.get(findingKey(finding))?.open)
    .find((open) => open != null);
  return thread == null ? null : { repository: thread.repository, number: thread.number };
}
