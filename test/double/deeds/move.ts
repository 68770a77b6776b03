import { presentIssue } from '../present/issue.ts';
import { presentRepository } from '../present/repository.ts';
import type { Actor, Issue, Repository } from '../state.ts';
import type { World } from '../world.ts';
import { announce, log } from './issue.ts';

export function deleteIssue(world: World, actor: Actor, issue: Issue): void {
  if (issue.state === 'open') issue.repository.openIssues--;
  announce(world, actor, issue, 'deleted');
  issue.repository.issues.set(issue.number, 'deleted');
  world.issues.delete(issue.id);
  for (const comment of issue.comments) world.comments.delete(comment.id);
}

/** Moves an issue: a new number and id there, a redirect here; labels go along where the target has them. */
export function transferIssue(world: World, actor: Actor, issue: Issue, target: Repository): Issue {
  const { repository } = issue;
  const old = presentIssue(world.at, issue);
  const moved: Issue = {
    ...issue,
    id: world.nextId(),
    repository: target,
    number: target.nextNumber++,
    labels: issue.labels.flatMap(({ name }) => target.labels.get(name.toLowerCase()) ?? []),
    milestone: null,
    comments: issue.comments,
    events: [...issue.events],
  };
  for (const comment of moved.comments) comment.issue = moved;
  target.issues.set(moved.number, moved);
  world.issues.delete(issue.id);
  world.issues.set(moved.id, moved);
  repository.issues.set(issue.number, { movedTo: moved });
  if (issue.state === 'open') {
    repository.openIssues--;
    target.openIssues++;
  }
  log(world, actor, moved, { kind: 'transferred', from: repository });
  announce(world, actor, issue, 'transferred', {
    changes: {
      new_issue: presentIssue(world.at, moved),
      new_repository: presentRepository(world.at, target),
    },
  });
  announce(world, actor, moved, 'opened', {
    changes: { old_issue: old, old_repository: presentRepository(world.at, repository) },
  });
  return moved;
}
