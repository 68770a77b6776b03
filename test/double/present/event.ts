import type { Comment, Issue, IssueEvent } from '../state.ts';
import type { Addresses } from './account.ts';
import { nodeId, presentAccount } from './account.ts';
import { presentApp } from './app.ts';
import { presentComment, presentIssue } from './issue.ts';
import { iso, repositoryUrl } from './repository.ts';

/** An event as the issue's events list it. */
export function presentEvent(at: Addresses, issue: Issue, event: IssueEvent): Record<string, unknown> {
  const { label, account, milestone, rename } = event;
  return {
    id: event.id,
    node_id: nodeId('EV', event.id),
    url: `${repositoryUrl(at, issue.repository)}/issues/events/${event.id}`,
    actor: presentAccount(at, event.actor),
    event: event.kind,
    commit_id: null,
    commit_url: null,
    created_at: iso(event.at),
    performed_via_github_app: event.app === null ? null : presentApp(at, event.app),
    ...(label && { label: { name: label.name, color: label.color } }),
    ...(account && { assignee: presentAccount(at, account), assigner: presentAccount(at, event.actor) }),
    ...(milestone && { milestone: { title: milestone.title } }),
    ...(rename && { rename }),
    ...(event.kind === 'locked' && { lock_reason: event.lockReason ?? null }),
    ...((event.kind === 'closed' || event.kind === 'reopened') && {
      state_reason: event.stateReason ?? null,
    }),
  };
}

function presentCrossReference(at: Addresses, event: IssueEvent, source: Issue): Record<string, unknown> {
  return {
    event: event.kind,
    actor: presentAccount(at, event.actor),
    created_at: iso(event.at),
    updated_at: iso(event.at),
    source: { type: 'issue', issue: presentIssue(at, source) },
  };
}

/** An entry of the timeline: an event, a comment, or a mention from elsewhere. */
export function presentTimelineEntry(
  at: Addresses,
  issue: Issue,
  entry: IssueEvent | Comment,
): Record<string, unknown> {
  if ('body' in entry)
    return { ...presentComment(at, entry), event: 'commented', actor: presentAccount(at, entry.author) };
  if (entry.source) return presentCrossReference(at, entry, entry.source);
  const { assigner: _assigner, ...event } = presentEvent(at, issue, entry);
  return event;
}
