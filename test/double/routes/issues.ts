import {
  assign,
  closeIssue,
  editIssue,
  invalid,
  lockIssue,
  openIssue,
  reopenIssue,
  setMilestone,
  unlockIssue,
} from '../deeds/issue.ts';
import { replaceLabels } from '../deeds/label.ts';
import type { Body, Reply, Request, Route } from '../http.ts';
import { created, names, noContent, ok, page, text } from '../http.ts';
import { presentIssue, presentIssueInFull } from '../present/issue.ts';
import type { Issue, Milestone, Repository, StateReason } from '../state.ts';
import { isIssue } from '../state.ts';
import { account, mayTriage, Refusal, roleOf } from '../world.ts';

const read = { permission: ['issues', 'pull_requests'], level: 'read' } as const;
const write = { permission: ['issues', 'pull_requests'], level: 'write' } as const;
const one = '/repos/{owner}/{repo}/issues/{issue_number}';

export const issueRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/issues',
    needs: read,
    query: ['state', 'since', 'labels', 'creator', 'sort', 'direction', 'per_page', 'page'],
    handle: (request) => page(request, listed(request), (issue) => presentIssue(request.world.at, issue)),
  },
  { method: 'POST', path: '/repos/{owner}/{repo}/issues', needs: write, creates: true, handle: open },
  {
    method: 'GET',
    path: one,
    needs: read,
    handle: ({ world, issue }) => ok(presentIssueInFull(world.at, issue())),
  },
  { method: 'PATCH', path: one, needs: write, handle: update },
  {
    method: 'PUT',
    path: `${one}/lock`,
    needs: { ...write, role: 'write' },
    handle(request) {
      lockIssue(request.world, request.actor(), request.issue(), text(request.body, 'lock_reason') ?? null);
      return noContent;
    },
  },
  {
    method: 'DELETE',
    path: `${one}/lock`,
    needs: { ...write, role: 'write' },
    handle(request) {
      unlockIssue(request.world, request.actor(), request.issue());
      return noContent;
    },
  },
];

const order: Readonly<Record<string, (issue: Issue) => number>> = {
  created: (issue) => issue.createdAt,
  updated: (issue) => issue.updatedAt,
  comments: (issue) => issue.comments.length,
};

/** Issues and pull requests as the query asks for; open ones, newest first, when it does not say. */
function listed({ repository, url }: Request): readonly Issue[] {
  const query = url.searchParams;
  const state = query.get('state') ?? 'open';
  const since = Date.parse(query.get('since') ?? '') || 0;
  const creator = query.get('creator')?.toLowerCase();
  const labels = (query.get('labels') ?? '').toLowerCase().split(',').filter(Boolean);
  const by = order[query.get('sort') ?? 'created'];
  if (!by) throw invalid('Issue', 'sort', 'invalid');
  const sign = query.get('direction') === 'asc' ? 1 : -1;
  return [...repository.issues.values()]
    .filter(isIssue)
    .filter(
      (issue) =>
        (state === 'all' || issue.state === state) &&
        issue.updatedAt - (issue.updatedAt % 1_000) >= since &&
        (creator === undefined || issue.author.login.toLowerCase() === creator) &&
        labels.every((name) => issue.labels.some((label) => label.name.toLowerCase() === name)),
    )
    .sort((a, b) => sign * (by(a) - by(b) || a.number - b.number));
}

function milestoneOf(repository: Repository, value: unknown): Milestone | null {
  if (value === null) return null;
  const found = repository.milestones.find(({ number }) => number === Number(value));
  if (!found) throw invalid('Issue', 'milestone', 'invalid');
  return found;
}

function open({ world, repository, body, actor }: Request): Reply {
  const by = actor();
  const trusted = by.app !== null || mayTriage(roleOf(repository, by.account));
  const milestone = body.milestone === undefined ? null : milestoneOf(repository, body.milestone);
  const issue = openIssue(world, by, repository, {
    title: String(body.title),
    body: text(body, 'body') ?? null,
    ...(trusted && {
      labels: names(body.labels),
      assignees: names(body.assignees).map((login) => account(world, login)),
      ...(milestone && { milestone }),
    }),
  });
  return created(presentIssueInFull(world.at, issue));
}

/** Authors may change their own issue; labels, assignees and milestones of others than triagers are dropped. */
function update(request: Request): Reply {
  const { world, repository, body } = request;
  const issue = request.issue();
  const actor = request.actor();
  const trusted = actor.app !== null || mayTriage(roleOf(repository, actor.account));
  if (!trusted && issue.author !== actor.account)
    throw new Refusal(403, 'Must have admin rights to Repository.');
  if (actor.app === null && issue.locked && !trusted) throw new Refusal(403, 'Issue is locked');
  editIssue(world, actor, issue, {
    ...(body.title !== undefined && body.title !== null && { title: String(body.title) }),
    ...(body.body !== undefined && { body: text(body, 'body') ?? null }),
  });
  if (trusted) {
    if (body.labels !== undefined) replaceLabels(world, actor, issue, names(body.labels));
    if (body.assignees !== undefined)
      assign(
        world,
        actor,
        issue,
        names(body.assignees).map((login) => account(world, login)),
      );
    if (body.milestone !== undefined)
      setMilestone(world, actor, issue, milestoneOf(repository, body.milestone));
  }
  changeState(request, issue, body);
  return ok(presentIssueInFull(world.at, issue));
}

function changeState({ world, actor }: Request, issue: Issue, body: Body): void {
  const reason = text(body, 'state_reason') as StateReason | undefined;
  if (body.state === 'open') reopenIssue(world, actor(), issue);
  if (body.state !== 'closed') return;
  const id = body.duplicate_issue_id;
  const canonical = reason === 'duplicate' && typeof id === 'number' ? world.issues.get(id) : undefined;
  if (reason === 'duplicate' && id !== undefined && !canonical)
    throw invalid('Issue', 'duplicate_issue_id', 'invalid');
  closeIssue(world, actor(), issue, {
    ...(reason && { reason }),
    ...(canonical && { duplicateOf: canonical }),
  });
}
