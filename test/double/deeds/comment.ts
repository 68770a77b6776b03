import { presentComment, presentIssue } from '../present/issue.ts';
import type { Account, Actor, Comment, Issue, Reaction, ReactionContent } from '../state.ts';
import type { World } from '../world.ts';
import { mayWrite, Refusal, roleOf } from '../world.ts';
import { invalid, markDuplicate, touch } from './issue.ts';
import { publish, referenced } from './text.ts';

const longest = 65_536;

function emitComment(
  world: World,
  actor: Actor,
  comment: Comment,
  action: string,
  more: Record<string, unknown> = {},
): void {
  world.emit({
    event: 'issue_comment',
    action,
    repository: comment.issue.repository,
    sender: actor.account,
    payload: {
      issue: presentIssue(world.at, comment.issue),
      comment: presentComment(world.at, comment),
      ...more,
    },
  });
}

function checkBody(body: string): void {
  if (body.trim() === '') throw invalid('IssueComment', 'body', 'missing_field', "body can't be blank");
  if (body.length > longest)
    throw invalid('IssueComment', 'body', 'custom', `body is too long (maximum is ${longest} characters)`);
}

/** The canonical issue of a "Duplicate of #n" comment. */
function duplicateNamed(world: World, issue: Issue, body: string): Issue | undefined {
  const line = /^\s*duplicate of\s+(\S+)\s*$/im.exec(body)?.[1];
  return line === undefined ? undefined : referenced(world, issue, line)[0];
}

/**
 * Comments; a locked issue takes them from those who can write, and from Apps. Lists show the comment after
 * `hiddenFor` ms.
 */
export function comment(world: World, actor: Actor, issue: Issue, body: string, hiddenFor = 0): Comment {
  const writes = mayWrite(roleOf(issue.repository, actor.account));
  if (issue.locked && !writes && actor.app === null)
    throw new Refusal(403, 'Unable to create comment because issue is locked.');
  checkBody(body);
  const at = world.clock.now();
  const made: Comment = {
    id: world.nextId(),
    issue,
    author: actor.account,
    app: actor.app,
    body,
    reactions: [],
    createdAt: at,
    updatedAt: at,
    visibleAt: at + hiddenFor,
  };
  issue.comments.push(made);
  world.comments.set(made.id, made);
  touch(world, issue);
  emitComment(world, actor, made, 'created');
  publish(world, actor, issue, made, body);
  const canonical = writes ? duplicateNamed(world, issue, body) : undefined;
  if (canonical) markDuplicate(world, actor, issue, canonical);
  return made;
}

export function editComment(world: World, actor: Actor, edited: Comment, body: string): void {
  checkBody(body);
  const { body: from } = edited;
  edited.body = body;
  edited.updatedAt = world.clock.now();
  touch(world, edited.issue);
  emitComment(world, actor, edited, 'edited', { changes: { body: { from } } });
  publish(world, actor, edited.issue, edited, body);
}

export function deleteComment(world: World, actor: Actor, gone: Comment): void {
  const { issue } = gone;
  issue.comments.splice(issue.comments.indexOf(gone), 1);
  world.comments.delete(gone.id);
  touch(world, issue);
  emitComment(world, actor, gone, 'deleted');
}

/** Reacts; the same content by the same account is there once. No webhook tells of it. */
export function react(
  world: World,
  user: Account,
  to: { readonly reactions: Reaction[] },
  content: ReactionContent,
): { readonly reaction: Reaction; readonly created: boolean } {
  const known = to.reactions.find((reaction) => reaction.user === user && reaction.content === content);
  if (known) return { reaction: known, created: false };
  const reaction: Reaction = { id: world.nextId(), content, user, createdAt: world.clock.now() };
  to.reactions.push(reaction);
  return { reaction, created: true };
}
