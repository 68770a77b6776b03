// Objects as GraphQL shows them: plain fields, and functions for what takes arguments or leads elsewhere.
import { accountNode, nodeId } from '../present/account.ts';
import { issueHtml, issueNode } from '../present/issue.ts';
import { iso, isoOrNull } from '../present/repository.ts';
import type { Account, Comment, Issue, Label, Milestone, Reaction, Repository } from '../state.ts';
import { fullName, reactionContents } from '../state.ts';
import type { World } from '../world.ts';
import { association } from '../world.ts';
import { connection, type Paging } from './connection.ts';
import { repositoryNode } from './repository.ts';
import { type TimelineArguments, timeline } from './timeline.ts';

export type Node = Record<string, unknown>;
export type Order = { readonly field: string; readonly direction: 'ASC' | 'DESC' } | null | undefined;

const upper = (value: string | null): string | null => value?.toUpperCase() ?? null;
const reactionNames: Readonly<Record<string, string>> = {
  '+1': 'THUMBS_UP',
  '-1': 'THUMBS_DOWN',
};
const reactionName = (content: string): string => reactionNames[content] ?? content.toUpperCase();

export function accountNodeOf(world: World, account: Account): Node {
  return {
    __typename: account.type,
    id: accountNode(account),
    databaseId: account.id,
    // A bot's login has no suffix here; REST writes `name[bot]`.
    login: account.login.replace(/\[bot\]$/, ''),
    name: null,
    url: `${world.at.web}/${account.login}`,
    resourcePath: `/${account.login}`,
    avatarUrl: `${world.at.web}/avatars/u/${account.id}?v=4`,
  };
}

export function labelNode(world: World, repository: Repository, label: Label): Node {
  return {
    __typename: 'Label',
    id: nodeId('LA', label.id),
    name: label.name,
    color: label.color,
    description: label.description,
    isDefault: false,
    url: `${world.at.web}/${fullName(repository)}/labels/${encodeURIComponent(label.name)}`,
  };
}

export function milestoneNode(milestone: Milestone): Node {
  return {
    __typename: 'Milestone',
    id: nodeId('MI', milestone.id),
    number: milestone.number,
    title: milestone.title,
    state: 'OPEN',
  };
}

function reactionNode(world: World, reaction: Reaction): Node {
  return {
    __typename: 'Reaction',
    id: nodeId('REA', reaction.id),
    databaseId: reaction.id,
    content: reactionName(reaction.content),
    createdAt: iso(reaction.createdAt),
    user: () => accountNodeOf(world, reaction.user),
  };
}

function reactable(world: World, reactions: readonly Reaction[]): Node {
  const list = (chosen: readonly Reaction[], paging: Paging): Node =>
    connection(
      'reactions',
      chosen,
      paging,
      ({ id }) => [0, id],
      (reaction) => reactionNode(world, reaction),
    );
  return {
    reactions: ({ content, ...paging }: Paging & { readonly content?: string | null }) =>
      list(
        reactions.filter((reaction) => content == null || reactionName(reaction.content) === content),
        paging,
      ),
    reactionGroups: () =>
      reactionContents.map((content) => {
        const chosen = reactions.filter((reaction) => reaction.content === content);
        const people = (paging: Paging): Node =>
          connection(
            'reactors',
            chosen,
            paging,
            ({ id }) => [0, id],
            ({ user }) => accountNodeOf(world, user),
          );
        return { content: reactionName(content), createdAt: null, reactors: people, users: people };
      }),
  };
}

export function commentNode(world: World, comment: Comment): Node {
  return {
    __typename: 'IssueComment',
    id: nodeId('IC', comment.id),
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    body: comment.body,
    author: () => accountNodeOf(world, comment.author),
    authorAssociation: association(comment.issue.repository, comment.author),
    createdAt: iso(comment.createdAt),
    updatedAt: iso(comment.updatedAt),
    lastEditedAt: comment.updatedAt === comment.createdAt ? null : iso(comment.updatedAt),
    url: `${issueHtml(world.at, comment.issue)}#issuecomment-${comment.id}`,
    isMinimized: false,
    minimizedReason: null,
    issue: () => issueNodeOf(world, comment.issue),
    repository: () => repositoryNode(world, comment.issue.repository),
    ...reactable(world, comment.reactions),
  };
}

/** Clients that do not ask for it never see DUPLICATE, which came later than the field. */
function stateReason({ stateReason: reason }: Issue, enableDuplicate: boolean): string | null {
  return upper(reason === 'duplicate' && !enableDuplicate ? 'not_planned' : reason);
}

/** An Issue or a PullRequest. */
export function issueNodeOf(world: World, issue: Issue): Node {
  const { repository, pull } = issue;
  return {
    __typename: pull ? 'PullRequest' : 'Issue',
    id: issueNode(issue),
    databaseId: issue.id,
    fullDatabaseId: String(issue.id),
    number: issue.number,
    title: issue.title,
    body: issue.body ?? '',
    state: pull?.mergedAt ? 'MERGED' : issue.state.toUpperCase(),
    ...(pull
      ? { merged: pull.mergedAt !== null, mergedAt: isoOrNull(pull.mergedAt), isDraft: false }
      : {
          stateReason: (given: { readonly enableDuplicate: boolean }) =>
            stateReason(issue, given.enableDuplicate),
        }),
    closed: issue.state === 'closed',
    locked: issue.locked,
    activeLockReason: upper(issue.lockReason)?.replaceAll(/[ -]/g, '_') ?? null,
    createdAt: iso(issue.createdAt),
    publishedAt: iso(issue.createdAt),
    updatedAt: iso(issue.updatedAt),
    closedAt: isoOrNull(issue.closedAt),
    url: issueHtml(world.at, issue),
    resourcePath: issueHtml({ ...world.at, web: '' }, issue),
    author: () => accountNodeOf(world, issue.author),
    authorAssociation: association(repository, issue.author),
    repository: () => repositoryNode(world, repository),
    milestone: () => issue.milestone && milestoneNode(issue.milestone),
    labels: (paging: Paging) =>
      connection(
        'labels',
        issue.labels,
        paging,
        ({ id }) => [0, id],
        (label) => labelNode(world, repository, label),
      ),
    assignees: (paging: Paging) =>
      connection(
        'assignees',
        issue.assignees,
        paging,
        ({ id }) => [0, id],
        (who) => accountNodeOf(world, who),
      ),
    comments: ({ orderBy, ...paging }: Paging & { readonly orderBy?: Order }) =>
      comments(world, issue, paging, orderBy),
    timelineItems: (given: TimelineArguments) => timeline(world, issue, given),
    ...reactable(world, issue.reactions),
  };
}

function comments(world: World, issue: Issue, paging: Paging, orderBy: Order): Node {
  const sign = orderBy?.direction === 'DESC' ? -1 : 1;
  const key = (comment: Comment) => [orderBy ? comment.updatedAt : comment.createdAt, comment.id] as const;
  const now = world.clock.now();
  const sorted = issue.comments
    .filter(({ visibleAt }) => visibleAt <= now)
    .sort((a, b) => sign * (key(a)[0] - key(b)[0] || a.id - b.id));
  return connection('comments', sorted, paging, key, (comment) => commentNode(world, comment), sign);
}
