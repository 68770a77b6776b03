import { comment, deleteComment, editComment } from '../deeds/comment.ts';
import type { Request, Route } from '../http.ts';
import { created, noContent, ok, page } from '../http.ts';
import { presentComment } from '../present/issue.ts';
import type { Comment } from '../state.ts';
import { mayWrite, notFound, Refusal, roleOf } from '../world.ts';

const read = { permission: ['issues', 'pull_requests'], level: 'read' } as const;
const write = { permission: ['issues', 'pull_requests'], level: 'write' } as const;
const ofIssue = '/repos/{owner}/{repo}/issues/{issue_number}/comments';
const one = '/repos/{owner}/{repo}/issues/comments/{comment_id}';

export const commentRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: ofIssue,
    needs: read,
    query: ['since', 'per_page', 'page'],
    handle: (request) => list(request, request.issue().comments),
  },
  {
    method: 'POST',
    path: ofIssue,
    needs: write,
    creates: true,
    handle({ world, issue, actor, body, hiddenFor }) {
      const made = comment(world, actor(), issue(), String(body.body), hiddenFor);
      return created(presentComment(world.at, made));
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/issues/comments',
    needs: read,
    query: ['since', 'sort', 'direction', 'per_page', 'page'],
    handle(request) {
      const { repository, url, world } = request;
      const updated = url.searchParams.get('sort') === 'updated';
      const sign = url.searchParams.get('direction') === 'desc' ? -1 : 1;
      const key = (c: Comment): number => (updated ? c.updatedAt : c.createdAt);
      const all = [...world.comments.values()].filter((c) => c.issue.repository === repository);
      return list(
        request,
        all.sort((a, b) => sign * (key(a) - key(b) || a.id - b.id)),
      );
    },
  },
  {
    method: 'GET',
    path: one,
    needs: read,
    handle: (request) => ok(presentComment(request.world.at, commentOf(request))),
  },
  {
    method: 'PATCH',
    path: one,
    needs: write,
    handle(request) {
      const edited = ownComment(request);
      editComment(request.world, request.actor(), edited, String(request.body.body));
      return ok(presentComment(request.world.at, edited));
    },
  },
  {
    method: 'DELETE',
    path: one,
    needs: write,
    handle(request) {
      deleteComment(request.world, request.actor(), ownComment(request));
      return noContent;
    },
  },
];

/** A page of comments; one that was created a moment ago may not be in it yet. */
function list(request: Request, all: readonly Comment[]) {
  const { world, url } = request;
  const since = Date.parse(url.searchParams.get('since') ?? '') || 0;
  const now = world.clock.now();
  const shown = all.filter((c) => c.visibleAt <= now && c.updatedAt - (c.updatedAt % 1_000) >= since);
  return page(request, shown, (c) => presentComment(world.at, c));
}

export function commentOf({ world, repository, params }: Request): Comment {
  const found = world.comments.get(Number(params.comment_id));
  if (found?.issue.repository !== repository) throw notFound();
  return found;
}

/** Changing somebody else's comment takes write access. */
function ownComment(request: Request): Comment {
  const found = commentOf(request);
  const actor = request.actor();
  if (found.author === actor.account || actor.app !== null) return found;
  if (!mayWrite(roleOf(request.repository, actor.account)))
    throw new Refusal(403, 'Must have admin rights to Repository.');
  return found;
}
