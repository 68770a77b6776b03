import { presentAccount } from '../present/account.ts';
import { presentIssue, presentMilestone } from '../present/issue.ts';
import { presentPull } from '../present/pull.ts';
import { repositoryUrl } from '../present/repository.ts';
import type {
  Account,
  Actor,
  Issue,
  IssueEvent,
  Milestone,
  PullRequest,
  Repository,
  StateReason,
} from '../state.ts';
import type { World } from '../world.ts';
import { Refusal } from '../world.ts';
import { addLabels } from './label.ts';
import { publish } from './text.ts';

export interface NewIssue {
  readonly title: string;
  readonly body?: string | null;
  readonly labels?: readonly string[];
  readonly assignees?: readonly Account[];
  readonly milestone?: Milestone;
  readonly pull?: PullRequest;
  /** Default: the repository's next. */
  readonly number?: number;
}

export function touch(world: World, issue: Issue): void {
  issue.updatedAt = world.clock.now();
}

/** Sends `issues` with this action, or `pull_request` for a pull request. */
export function announce(
  world: World,
  actor: Actor,
  issue: Issue,
  action: string,
  more: Record<string, unknown> = {},
): void {
  const subject = issue.pull
    ? { number: issue.number, pull_request: presentPull(world.at, issue) }
    : { issue: presentIssue(world.at, issue) };
  world.emit({
    event: issue.pull ? 'pull_request' : 'issues',
    action,
    repository: issue.repository,
    sender: actor.account,
    payload: { ...subject, ...more },
  });
}

/** Adds an entry to the timeline. */
export function log(
  world: World,
  actor: Actor,
  issue: Issue,
  entry: Omit<IssueEvent, 'id' | 'actor' | 'app' | 'at'>,
): void {
  const at = world.clock.now();
  issue.events.push({ id: world.nextId(), actor: actor.account, app: actor.app, at, ...entry });
  touch(world, issue);
}

export function openIssue(world: World, actor: Actor, repository: Repository, given: NewIssue): Issue {
  if (given.title.trim() === '') throw invalid('Issue', 'title', 'missing_field');
  const { number = repository.nextNumber } = given;
  if (repository.issues.has(number)) throw new Error(`there is a #${number} already`);
  repository.nextNumber = Math.max(repository.nextNumber, number + 1);
  const at = world.clock.now();
  const issue: Issue = {
    id: world.nextId(),
    repository,
    number,
    title: given.title,
    body: given.body ?? null,
    author: actor.account,
    app: actor.app,
    labels: [],
    state: 'open',
    stateReason: null,
    duplicateOf: null,
    locked: false,
    lockReason: null,
    assignees: [...(given.assignees ?? [])],
    milestone: given.milestone ?? null,
    comments: [],
    reactions: [],
    events: [],
    pull: given.pull ?? null,
    createdAt: at,
    updatedAt: at,
    closedAt: null,
    closedBy: null,
  };
  repository.issues.set(issue.number, issue);
  repository.openIssues++;
  world.issues.set(issue.id, issue);
  addLabels(world, actor, issue, given.labels ?? [], () => announce(world, actor, issue, 'opened'));
  for (const assignee of issue.assignees) logAssignee(world, actor, issue, assignee, 'assigned');
  publish(world, actor, issue, null, issue.body ?? '');
  return issue;
}

export function invalid(resource: string, field: string, code: string, message?: string): Refusal {
  return new Refusal(422, 'Validation Failed', [{ resource, field, code, ...(message && { message }) }]);
}

export function editIssue(
  world: World,
  actor: Actor,
  issue: Issue,
  given: { readonly title?: string; readonly body?: string | null },
): void {
  const changes: Record<string, { from: string }> = {};
  if (given.title !== undefined && given.title !== issue.title) {
    if (given.title.trim() === '') throw invalid('Issue', 'title', 'missing_field');
    changes.title = { from: issue.title };
    log(world, actor, issue, { kind: 'renamed', rename: { from: issue.title, to: given.title } });
    issue.title = given.title;
  }
  if (given.body !== undefined && given.body !== issue.body) {
    changes.body = { from: issue.body ?? '' };
    issue.body = given.body;
    publish(world, actor, issue, null, issue.body ?? '');
  }
  if (Object.keys(changes).length === 0) return;
  touch(world, issue);
  announce(world, actor, issue, 'edited', { changes });
}

/** Marks as a duplicate; the canonical issue gets nothing but the link. */
export function markDuplicate(world: World, actor: Actor, issue: Issue, canonical: Issue): void {
  if (issue === canonical || issue.duplicateOf === canonical) return;
  issue.duplicateOf = canonical;
  log(world, actor, issue, { kind: 'marked_as_duplicate', canonical });
}

export function unmarkDuplicate(world: World, actor: Actor, issue: Issue, canonical: Issue): void {
  if (issue.duplicateOf !== canonical) return;
  issue.duplicateOf = null;
  log(world, actor, issue, { kind: 'unmarked_as_duplicate', canonical });
}

/** Closes an open issue; a reason for one that is closed already is ignored, as GitHub does. */
export function closeIssue(
  world: World,
  actor: Actor,
  issue: Issue,
  given: { readonly reason?: StateReason | null; readonly duplicateOf?: Issue } = {},
): void {
  if (issue.state === 'closed') return;
  const reason = given.reason ?? 'completed';
  if (reason === 'duplicate' && given.duplicateOf) markDuplicate(world, actor, issue, given.duplicateOf);
  issue.state = 'closed';
  issue.stateReason = issue.pull ? null : reason;
  issue.closedAt = world.clock.now();
  issue.closedBy = actor.account;
  issue.repository.openIssues--;
  log(world, actor, issue, { kind: 'closed', stateReason: issue.stateReason });
  announce(world, actor, issue, 'closed');
}

export function reopenIssue(world: World, actor: Actor, issue: Issue): void {
  if (issue.state === 'open') return;
  issue.state = 'open';
  issue.stateReason = issue.pull ? null : 'reopened';
  issue.closedAt = null;
  issue.closedBy = null;
  issue.repository.openIssues++;
  log(world, actor, issue, { kind: 'reopened', stateReason: issue.stateReason });
  announce(world, actor, issue, 'reopened');
}

export function lockIssue(world: World, actor: Actor, issue: Issue, reason: string | null = null): void {
  issue.locked = true;
  issue.lockReason = reason;
  log(world, actor, issue, { kind: 'locked', lockReason: reason });
  announce(world, actor, issue, 'locked');
}

export function unlockIssue(world: World, actor: Actor, issue: Issue): void {
  if (!issue.locked) return;
  issue.locked = false;
  issue.lockReason = null;
  log(world, actor, issue, { kind: 'unlocked' });
  announce(world, actor, issue, 'unlocked');
}

function logAssignee(
  world: World,
  actor: Actor,
  issue: Issue,
  who: Account,
  kind: 'assigned' | 'unassigned',
): void {
  log(world, actor, issue, { kind, account: who });
  announce(world, actor, issue, kind, { assignee: presentAccount(world.at, who) });
}

/** Makes these the assignees. */
export function assign(world: World, actor: Actor, issue: Issue, to: readonly Account[]): void {
  const before = issue.assignees;
  issue.assignees = [...to];
  for (const who of before) if (!to.includes(who)) logAssignee(world, actor, issue, who, 'unassigned');
  for (const who of to) if (!before.includes(who)) logAssignee(world, actor, issue, who, 'assigned');
}

export function setMilestone(world: World, actor: Actor, issue: Issue, milestone: Milestone | null): void {
  const before = issue.milestone;
  const subject = milestone ?? before;
  if (before === milestone || subject === null) return;
  issue.milestone = milestone;
  const kind = milestone === null ? 'demilestoned' : 'milestoned';
  log(world, actor, issue, { kind, milestone: subject });
  announce(world, actor, issue, kind, {
    milestone: presentMilestone(world.at, repositoryUrl(world.at, issue.repository), subject),
  });
}
