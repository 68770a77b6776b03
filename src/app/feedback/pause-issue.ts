import { breakerLines } from '../../learn/index.ts';
import { GitHubError } from '../../ports/github-error.ts';
import { Later } from '../../ports/queue.ts';
import { circuitBreakerIn } from '../../repository/circuit-breaker.ts';
import type { JobContext } from '../context.ts';

/** An issue that GitHub made may be missing from its lists for a moment. */
const listsSettleAfter = 15_000;
/** Intents that concern no issue of people. */
const repositoryItself = 0;
const intentKind = 'create-brake-issue';

/**
 * One issue for the maintainers while comments are braked: found again by its hidden line, made once, and closed when
 * somebody has resumed. One that they close themselves does not come back before that.
 */
export async function publishPauseIssue(context: JobContext): Promise<void> {
  const { github, services: ports, row } = context;
  const { clock, slug, store } = ports;
  const { repository } = row;
  const { config } = await ports.settings.of(repository, github);
  if (config.mode === 'observe') return;
  const lines = breakerLines(await circuitBreakerIn(context.services.store, context.row.repository));
  const key = `brake-issue:${repository}`;
  const known = await store.get(key);
  if (lines.length === 0) {
    if (typeof known !== 'number') return;
    await github.completeIssue(repository, known);
    await record(
      context,
      known,
      'PATCH /repos/{owner}/{repo}/issues/{issue_number}',
      200,
      'comments are no longer braked',
    );
    await store.put(key, null);
    return;
  }
  if (typeof known === 'number' || row.paused) return;
  const intents = (await store.openIntents(repository, repositoryItself)).filter(
    ({ kind }) => kind === intentKind,
  );
  const marker = `<!-- signpost brake of ${repository} -->`;
  if (intents.length > 0) {
    const found = (await github.issuesBy(repository, `${slug}[bot]`)).find(
      ({ body, createdAt, state }) =>
        state === 'open' && body.startsWith(marker) && createdAt >= (intents[0]?.at ?? 0) - listsSettleAfter,
    );
    if (found === undefined && intents.some(({ at }) => clock.now() - at < listsSettleAfter))
      throw new Later(
        clock.now() + listsSettleAfter,
        'an issue may have been made; GitHub\u2019s lists need a moment',
      );
    if (found !== undefined) await store.put(key, found.number);
    for (const { id } of intents) await store.settle(id);
    if (found !== undefined) return;
  }
  const body = [
    marker,
    'People have refused what Signpost said here, so it has stopped commenting:',
    lines.map((line) => `- ${line}`).join('\n'),
    'Labels are still set, and what a person asks for with a command is still done. Somebody with triage rights writes `/signpost resume` on any issue to start it again; this issue is then closed.',
  ].join('\n\n');
  const intent = await store.intend({
    repository,
    number: repositoryItself,
    kind: intentKind,
    key: '',
    at: clock.now(),
  });
  try {
    const { number } = await github.createIssue(repository, 'Signpost has stopped commenting here', body);
    await store.put(key, number);
    await record(context, number, 'POST /repos/{owner}/{repo}/issues', 201, lines.join('; '));
  } catch (error) {
    // After an unknown answer the intent stays open: the next try looks for the issue first.
    if (!(error instanceof GitHubError) || error.failure === 'unknown') throw error;
    if (error.failure !== 'refused') {
      await store.settle(intent);
      throw error;
    }
    // Issues are switched off, say.
    ports.log.warn({ repository, why: error.message }, 'GitHub refused a write');
  }
  await store.settle(intent);
}

async function record(
  { job, services: ports, row }: JobContext,
  number: number,
  route: string,
  status: number,
  because: string,
) {
  const { config } = (await ports.settings.known(row.repository)) ?? {
    config: { mode: 'advise' as const },
  };
  await ports.store.record({
    at: ports.clock.now(),
    repository: row.repository,
    number,
    cause: job.id,
    mode: config.mode,
    findings: [],
    plan: { actions: [{ kind: 'comment', body: '', because }], withheld: [] },
    calls: [{ route, status }],
  });
}
