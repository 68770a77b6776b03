import { changedFiles, openPull, pulls } from '../deeds/pull.ts';
import type { Request, Route } from '../http.ts';
import { created, ok, page, text } from '../http.ts';
import { presentPull, presentPullFile } from '../present/pull.ts';
import type { Issue, PullRequest } from '../state.ts';
import { notFound } from '../world.ts';

const read = { permission: 'pull_requests', level: 'read' } as const;
const all = '/repos/{owner}/{repo}/pulls';

function pullOf(request: Request): { readonly issue: Issue; readonly pull: PullRequest } {
  const issue = request.issue();
  if (!issue.pull) throw notFound();
  return { issue, pull: issue.pull };
}

export const pullRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: all,
    needs: read,
    query: ['state', 'head', 'base', 'per_page', 'page'],
    handle(request) {
      const { repository, url } = request;
      const state = url.searchParams.get('state') ?? 'open';
      const head = url.searchParams.get('head')?.replace(/^.*:/, '');
      const base = url.searchParams.get('base');
      const found = pulls(repository)
        .filter(
          ({ state: is, pull }) =>
            (state === 'all' || is === state) &&
            (head === undefined || pull?.head === head) &&
            (base === null || pull?.base === base),
        )
        .reverse();
      return page(request, found, (issue) => presentPull(request.world.at, issue));
    },
  },
  {
    method: 'POST',
    path: all,
    needs: { permission: 'pull_requests', level: 'write' },
    creates: true,
    handle(request) {
      const { world, repository, body } = request;
      const issue = openPull(world, request.actor(), repository, {
        title: String(body.title),
        body: text(body, 'body') ?? null,
        head: String(body.head),
        base: String(body.base),
      });
      return created(presentPull(world.at, issue));
    },
  },
  {
    method: 'GET',
    path: `${all}/{pull_number}`,
    needs: read,
    handle: (request) => ok(presentPull(request.world.at, pullOf(request).issue)),
  },
  {
    method: 'GET',
    path: `${all}/{pull_number}/files`,
    needs: read,
    query: ['per_page', 'page'],
    handle(request) {
      const { issue, pull } = pullOf(request);
      const files = changedFiles(issue.repository, pull);
      return page(request, files, (file) => presentPullFile(request.world.at, issue.repository, pull, file));
    },
  },
];
