import type { Body, Request, Route } from '../http.ts';
import { created, ok, page, text } from '../http.ts';
import { nodeId } from '../present/account.ts';
import { presentApp } from '../present/app.ts';
import { iso, isoOrNull, repositoryUrl } from '../present/repository.ts';
import type { CheckRun } from '../state.ts';
import { fullName } from '../state.ts';
import { notFound } from '../world.ts';

const write = { permission: 'checks', level: 'write' } as const;
const all = '/repos/{owner}/{repo}/check-runs';

export const checkRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: all,
    needs: write,
    handle(request) {
      const { world, repository, body } = request;
      const run: CheckRun = {
        id: world.nextId(),
        name: String(body.name),
        headSha: String(body.head_sha),
        status: 'queued',
        conclusion: null,
        title: null,
        summary: null,
        text: null,
        annotations: [],
        startedAt: world.clock.now(),
        completedAt: null,
      };
      repository.checkRuns.set(run.id, run);
      change(run, body, world.clock.now());
      return created(present(request, run));
    },
  },
  {
    method: 'PATCH',
    path: `${all}/{check_run_id}`,
    needs: write,
    handle(request) {
      const run = request.repository.checkRuns.get(Number(request.params.check_run_id));
      if (!run) throw notFound();
      change(run, request.body, request.world.clock.now());
      return ok(present(request, run));
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/commits/{ref}/check-runs',
    needs: { permission: 'checks', level: 'read' },
    query: ['check_name', 'filter', 'per_page', 'page'],
    handle(request) {
      const { repository, params, url } = request;
      const name = url.searchParams.get('check_name');
      const runs = [...repository.checkRuns.values()].filter(
        (run) => run.headSha === params.ref && (name === null || run.name === name),
      );
      const answer = page(request, runs, (run) => present(request, run));
      return { ...answer, body: { total_count: runs.length, check_runs: answer.body } };
    },
  },
];

/** What a body says of a run; annotations are appended, the rest is replaced. */
function change(run: CheckRun, body: Body, now: number): void {
  const { output } = body;
  if (typeof output === 'object' && output !== null) {
    const given: Body = { ...output };
    run.title = text(given, 'title') ?? run.title;
    run.summary = text(given, 'summary') ?? run.summary;
    run.text = text(given, 'text') ?? run.text;
    if (Array.isArray(given.annotations)) run.annotations.push(...given.annotations);
  }
  run.conclusion = text(body, 'conclusion') ?? run.conclusion;
  run.status = run.conclusion === null ? (text(body, 'status') ?? run.status) : 'completed';
  if (run.status === 'completed') run.completedAt ??= now;
}

/** A `check-run`. */
function present({ world, repository }: Request, run: CheckRun): Record<string, unknown> {
  const url = `${repositoryUrl(world.at, repository)}/check-runs/${run.id}`;
  const html = `${world.at.web}/${fullName(repository)}/runs/${run.id}`;
  return {
    id: run.id,
    node_id: nodeId('CR', run.id),
    head_sha: run.headSha,
    name: run.name,
    url,
    html_url: html,
    details_url: html,
    external_id: '',
    status: run.status,
    conclusion: run.conclusion,
    started_at: iso(run.startedAt),
    completed_at: isoOrNull(run.completedAt),
    check_suite: { id: run.id },
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    app: presentApp(world.at, world.app),
    pull_requests: [],
  };
}
