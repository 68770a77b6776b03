import { breakerLines } from '../../learn/index.ts';
import { circuitBreakerIn } from '../../repository/circuit-breaker.ts';
import { readState, writeState } from '../../repository/state/entry.ts';
import { pauseIssue } from '../../repository/state/repository-state.ts';
import type { JobContext } from '../context.ts';
import { createIssueOnce } from '../writes/create-issue-once.ts';

/**
 * Keeps one issue for the maintainers open while the circuit breaker stops comments: found again by its hidden line, made
 * once, and closed when somebody has resumed. One that they close themselves does not come back before that.
 */
export async function publishPauseIssue(context: JobContext): Promise<void> {
  const { github, services, row } = context;
  const { store } = services;
  const { repository } = row;
  const { config } = await services.settings.of(repository, github);
  if (config.mode === 'observe') return;
  const lines = breakerLines(await circuitBreakerIn(store, repository));
  const known = await readState(store, pauseIssue, repository);
  if (lines.length === 0) {
    if (known !== null) await complete(context, known);
    return;
  }
  if (known === null && !row.paused) await create(context, lines);
}

async function complete(context: JobContext, number: number): Promise<void> {
  const { github, services, row } = context;
  await github.completeIssue(row.repository, number);
  const route = 'PATCH /repos/{owner}/{repo}/issues/{issue_number}';
  await record(context, number, { route, status: 200 }, 'comments are no longer braked');
  await writeState(services.store, pauseIssue, row.repository, null);
}

async function create(context: JobContext, lines: readonly string[]): Promise<void> {
  const { github, services, row } = context;
  const { clock, log, slug, store } = services;
  const { repository } = row;
  const marker = `<!-- signpost brake of ${repository} -->`;
  const { refused } = await createIssueOnce(
    {
      repository,
      kind: 'create-brake-issue',
      key: '',
      looksFirst: false,
      matches: ({ body, createdAt, state }, since) =>
        state === 'open' && body.startsWith(marker) && createdAt >= since,
      write: async () => ({ title: 'Signpost has stopped commenting here', body: bodyOf(marker, lines) }),
      async saveNumber(number, made) {
        await writeState(store, pauseIssue, repository, number);
        const call = { route: 'POST /repos/{owner}/{repo}/issues', status: 201 };
        if (made) await record(context, number, call, lines.join('; '));
      },
    },
    { clock, github, slug, store },
  );
  if (refused !== undefined) log.warn({ repository, why: refused }, 'GitHub refused a write');
}

function bodyOf(marker: string, lines: readonly string[]): string {
  return [
    marker,
    'People have refused what Signpost said here, so it has stopped commenting:',
    lines.map((line) => `- ${line}`).join('\n'),
    'Labels are still set, and what a person asks for with a command is still done. Somebody with triage rights writes `/signpost resume` on any issue to start it again; this issue is then closed.',
  ].join('\n\n');
}

async function record(
  { job, services, row }: JobContext,
  number: number,
  call: { readonly route: string; readonly status: number },
  because: string,
): Promise<void> {
  const { clock, settings, store } = services;
  const known = await settings.known(row.repository);
  await store.record({
    at: clock.now(),
    repository: row.repository,
    number,
    cause: job.id,
    mode: known?.config.mode ?? 'advise',
    findings: [],
    plan: { actions: [{ kind: 'comment', body: '', because }], withheld: [] },
    calls: [call],
  });
}
