import { addLabels, createLabel, removeLabel, replaceLabels } from '../deeds/label.ts';
import type { Request, Route } from '../http.ts';
import { created, names, ok, page, text } from '../http.ts';
import { presentLabel } from '../present/issue.ts';
import { repositoryUrl } from '../present/repository.ts';
import type { Label } from '../state.ts';
import { notFound } from '../world.ts';

const read = { permission: ['issues', 'pull_requests'], level: 'read' } as const;
const write = { permission: ['issues', 'pull_requests'], level: 'write', role: 'triage' } as const;
const ofIssue = '/repos/{owner}/{repo}/issues/{issue_number}/labels';
const ofRepository = '/repos/{owner}/{repo}/labels';

const presenter = ({ world, repository }: Request): ((label: Label) => unknown) => {
  const at = repositoryUrl(world.at, repository);
  return (label) => presentLabel(at, label);
};

/** `{labels: […]}`, or the list alone. */
const wanted = ({ body }: Request): readonly string[] => names(Array.isArray(body) ? body : body.labels);

export const labelRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: ofIssue,
    needs: read,
    query: ['per_page', 'page'],
    handle: (request) => page(request, request.issue().labels, presenter(request)),
  },
  {
    method: 'POST',
    path: ofIssue,
    needs: write,
    handle(request) {
      addLabels(request.world, request.actor(), request.issue(), wanted(request));
      return ok(request.issue().labels.map(presenter(request)));
    },
  },
  {
    // Signpost never calls it: the calls are recorded, and tests look.
    method: 'PUT',
    path: ofIssue,
    needs: write,
    handle(request) {
      replaceLabels(request.world, request.actor(), request.issue(), wanted(request));
      return ok(request.issue().labels.map(presenter(request)));
    },
  },
  {
    method: 'DELETE',
    path: `${ofIssue}/{name}`,
    needs: write,
    handle(request) {
      removeLabel(request.world, request.actor(), request.issue(), request.params.name ?? '');
      return ok(request.issue().labels.map(presenter(request)));
    },
  },
  {
    method: 'GET',
    path: ofRepository,
    needs: read,
    query: ['per_page', 'page'],
    handle(request) {
      const all = [...request.repository.labels.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
      return page(request, all, presenter(request));
    },
  },
  {
    method: 'POST',
    path: ofRepository,
    needs: { ...write, role: 'write' },
    handle(request) {
      const { world, repository, body } = request;
      const color = text(body, 'color');
      const label = createLabel(world, request.actor(), repository, {
        name: String(body.name),
        description: text(body, 'description') ?? null,
        ...(color !== undefined && { color }),
      });
      return created(presenter(request)(label));
    },
  },
  {
    method: 'GET',
    path: `${ofRepository}/{name}`,
    needs: read,
    handle(request) {
      const label = request.repository.labels.get((request.params.name ?? '').toLowerCase());
      if (!label) throw notFound();
      return ok(presenter(request)(label));
    },
  },
];
