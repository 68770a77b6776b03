import type { Config } from '../model/config.ts';
import type { Finding } from '../model/finding.ts';
import type { Issue, IssueRef } from '../model/issue.ts';
import type { AnnouncedClose, IssueState } from '../model/issue-state.ts';
import { link } from './comment.ts';
import { findingKey, linkedReport, type Situation } from './situation.ts';

/** The state of an issue that decides whether it may be closed. */
export interface CloseCandidate {
  readonly state: Issue['state'];
  readonly locked: boolean;
  readonly assigned: boolean;
  readonly milestone: boolean;
  readonly labels: readonly string[];
  readonly thumbsUp: number;
}

/** Why an issue may not be closed as a duplicate, now or later; null when it may. */
export function whyNotClose(candidate: CloseCandidate, state: IssueState, config: Config): string | null {
  const { close, labels, mode } = config;
  const present = candidate.labels.map((label) => label.toLowerCase());
  // Somebody who removes the link's label disagrees with the link.
  const linkRefused = state.labels.refused.some(
    (label) => label.toLowerCase() === labels.duplicate.toLowerCase(),
  );
  const reasons: readonly (readonly [boolean, string])[] = [
    [mode !== 'act', 'mode is not act'],
    [state.close.vetoed === true, 'somebody has objected'],
    [state.ignored, 'it is to be left alone'],
    [linkRefused, 'the label of the link was taken away'],
    [candidate.state === 'closed', 'it is closed'],
    [candidate.locked, 'it is locked'],
    [candidate.assigned, 'somebody is assigned'],
    [candidate.milestone, 'it has a milestone'],
    [candidate.thumbsUp > close.unless.thumbsUp, `more than ${close.unless.thumbsUp} thumbs up`],
    [close.never.some((label) => present.includes(label.toLowerCase())), 'a label that forbids it'],
    [close.confirm === 'person' && !isConfirmed(state), 'nobody has confirmed the link'],
  ];
  return reasons.find(([stands]) => stands)?.[1] ?? null;
}

/** Whether the reporter or somebody with triage rights confirmed the link. */
function isConfirmed({ findingKeys: found, feedback: { asserted, verdicts } }: IssueState): boolean {
  if (asserted.some((key) => key.startsWith('duplicate:'))) return true;
  const link = found.find((key) => key.startsWith('duplicate:'));
  return verdicts.some(({ finding, kind }) => finding === link && kind === 'confirmed');
}

/**
 * The close that the comment announces: the one announced already, or a new one after the grace period. Or
 * null.
 */
export function closingOf(situation: Situation, publishable: readonly Finding[]): AnnouncedClose | null {
  const { config, issue, state, now, roots } = situation;
  const earlier = linkedReport(situation, publishable);
  const target = earlier && roots.get(findingKey(earlier))?.open;
  if (!earlier || !target || state === null || earlier.probability < config.close.at) return null;
  // Only within the repository: nobody here knows who maintains threads elsewhere.
  if (target.repository.toLowerCase() !== issue.repository.toLowerCase()) return null;
  if (whyNotClose(candidateOf(issue), state, config) !== null) return null;
  const of = { repository: target.repository, number: target.number };
  const announced = state.close.announced;
  if (announced?.of.number === of.number) return announced;
  return { announcedAt: now, at: now + config.close.after, of };
}

export function candidateOf({
  assignees,
  labels,
  locked,
  milestone,
  state,
  thumbsUp,
}: Issue): CloseCandidate {
  return { state, locked, labels, thumbsUp, assigned: assignees.length > 0, milestone: milestone !== null };
}

const announced = /\*\*This issue will be closed as a duplicate of [^\n]*/;

/** The paragraph that announces a close: what will happen, when, and how to stop it. */
export function announcement({ at, of }: AnnouncedClose, from: Pick<Issue, 'repository'>): string {
  const date = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  return (
    `**This issue will be closed as a duplicate of ${link(of, from)} on ${date} UTC**, because ` +
    'the link was confirmed. A thumbs down on this comment, a reply that says otherwise, or ' +
    '`/signpost not-this` stops that.'
  );
}

/** Replaces the announcement in a comment by the notice that the issue was closed. */
export function asClosed(body: string, of: IssueRef, from: Pick<Issue, 'repository'>): string {
  return body.replace(announced, () => closedNotice(of, from));
}

/** Whether a comment on GitHub announces this close, or reports it after a try that failed half-way. */
export function announces(body: string, of: IssueRef, from: Pick<Issue, 'repository'>): boolean {
  return announced.test(body) || body.includes(closedNotice(of, from));
}

function closedNotice(of: IssueRef, from: Pick<Issue, 'repository'>): string {
  return (
    `**Closed as a duplicate of ${link(of, from)}**, as announced. If that is wrong, reply ` +
    '`/signpost reopen`: it is then open again for good.'
  );
}
