import type { App, Comment, Issue, Label, Milestone, Reaction } from '../state.ts';
import { reactionContents } from '../state.ts';
import { association } from '../world.ts';
import type { Addresses } from './account.ts';
import { nodeId, presentAccount } from './account.ts';
import { presentApp } from './app.ts';
import { iso, isoOrNull, repositoryUrl } from './repository.ts';

export const issueNode = (issue: Issue): string => nodeId(issue.pull ? 'PR' : 'I', issue.id);
export const issueHtml = (at: Addresses, issue: Issue): string =>
  `${at.web}/${issue.repository.owner.login}/${issue.repository.name}/${issue.pull ? 'pull' : 'issues'}/${issue.number}`;
export const issueUrl = (at: Addresses, issue: Issue): string =>
  `${repositoryUrl(at, issue.repository)}/issues/${issue.number}`;

const appOf = (at: Addresses, app: App | null): unknown => (app === null ? null : presentApp(at, app));

/** A `label`. */
export function presentLabel(repositoryAt: string, label: Label): Record<string, unknown> {
  return {
    id: label.id,
    node_id: nodeId('LA', label.id),
    url: `${repositoryAt}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  };
}

export function presentMilestone(
  at: Addresses,
  repositoryAt: string,
  milestone: Milestone,
): Record<string, unknown> {
  return {
    url: `${repositoryAt}/milestones/${milestone.number}`,
    html_url: `${repositoryAt.replace(`${at.api}/repos`, at.web)}/milestone/${milestone.number}`,
    labels_url: `${repositoryAt}/milestones/${milestone.number}/labels`,
    id: milestone.id,
    node_id: nodeId('MI', milestone.id),
    number: milestone.number,
    title: milestone.title,
    description: null,
    creator: presentAccount(at, milestone.creator),
    open_issues: 0,
    closed_issues: 0,
    state: 'open',
    created_at: iso(milestone.createdAt),
    updated_at: iso(milestone.createdAt),
    due_on: null,
    closed_at: null,
  };
}

/** A `reaction-rollup`. */
export function presentReactionCounts(url: string, reactions: readonly Reaction[]): Record<string, unknown> {
  const counts: Record<string, unknown> = { url: `${url}/reactions`, total_count: reactions.length };
  for (const content of reactionContents) counts[content] = 0;
  for (const { content } of reactions) counts[content] = Number(counts[content]) + 1;
  return counts;
}

export function presentReaction(at: Addresses, reaction: Reaction): Record<string, unknown> {
  return {
    id: reaction.id,
    node_id: nodeId('REA', reaction.id),
    user: presentAccount(at, reaction.user),
    content: reaction.content,
    created_at: iso(reaction.createdAt),
  };
}

/** An `issue`, of REST and of webhooks. */
export function presentIssue(at: Addresses, issue: Issue): Record<string, unknown> {
  const repositoryAt = repositoryUrl(at, issue.repository);
  const url = issueUrl(at, issue);
  const html = issueHtml(at, issue);
  const assignees = issue.assignees.map((assignee) => presentAccount(at, assignee));
  return {
    url,
    repository_url: repositoryAt,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: html,
    id: issue.id,
    node_id: issueNode(issue),
    number: issue.number,
    title: issue.title,
    user: presentAccount(at, issue.author),
    labels: issue.labels.map((label) => presentLabel(repositoryAt, label)),
    state: issue.state,
    locked: issue.locked,
    assignee: assignees[0] ?? null,
    assignees,
    milestone: issue.milestone === null ? null : presentMilestone(at, repositoryAt, issue.milestone),
    comments: issue.comments.length,
    created_at: iso(issue.createdAt),
    updated_at: iso(issue.updatedAt),
    closed_at: isoOrNull(issue.closedAt),
    author_association: association(issue.repository, issue.author),
    active_lock_reason: issue.lockReason,
    ...(issue.pull && { draft: false, pull_request: pullLinks(repositoryAt, html, issue) }),
    body: issue.body,
    reactions: presentReactionCounts(url, issue.reactions),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: appOf(at, issue.app),
    state_reason: issue.stateReason,
  };
}

function pullLinks(repositoryAt: string, html: string, issue: Issue): Record<string, unknown> {
  return {
    url: `${repositoryAt}/pulls/${issue.number}`,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    merged_at: isoOrNull(issue.pull?.mergedAt ?? null),
  };
}

/** The issue alone names who closed it; lists do not. */
export function presentIssueInFull(at: Addresses, issue: Issue): Record<string, unknown> {
  return {
    ...presentIssue(at, issue),
    closed_by: issue.closedBy === null ? null : presentAccount(at, issue.closedBy),
  };
}

/** An `issue-comment`. */
export function presentComment(at: Addresses, comment: Comment): Record<string, unknown> {
  const url = `${repositoryUrl(at, comment.issue.repository)}/issues/comments/${comment.id}`;
  return {
    url,
    html_url: `${issueHtml(at, comment.issue)}#issuecomment-${comment.id}`,
    issue_url: issueUrl(at, comment.issue),
    id: comment.id,
    node_id: nodeId('IC', comment.id),
    user: presentAccount(at, comment.author),
    created_at: iso(comment.createdAt),
    updated_at: iso(comment.updatedAt),
    author_association: association(comment.issue.repository, comment.author),
    body: comment.body,
    reactions: presentReactionCounts(url, comment.reactions),
    performed_via_github_app: appOf(at, comment.app),
  };
}
