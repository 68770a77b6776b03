import { type ApplyResult, apply, type CurrentIssue, reconcile } from '../../act/index.ts';
import type { Config } from '../../model/config.ts';
import type { Memory } from '../../model/memory.ts';
import type { Action } from '../../model/plan.ts';
import type { GitHub } from '../../ports/github.ts';
import type { JobContext, Services } from '../context.ts';

/** Who writes, where to, and on what account. */
export interface WriteContext {
  readonly github: GitHub;
  readonly services: Pick<Services, 'clock' | 'log' | 'metrics' | 'slug' | 'store'>;
  /** As in the ledger. */
  readonly cause: string;
  readonly mode: Config['mode'];
}

export async function writeContext({ github, job, services: ports, row }: JobContext): Promise<WriteContext> {
  const { config } = await ports.settings.of(row.repository, github);
  return { github, services: ports, cause: job.id, mode: config.mode };
}

/** Makes the calls that these actions need, and writes them to the ledger with the reason of each. */
export async function applyActions(
  { cause, github, mode, services: ports }: WriteContext,
  actions: readonly Action[],
  current: CurrentIssue,
  memory: Memory,
): Promise<ApplyResult> {
  const { clock, log, metrics, slug, store } = ports;
  const { repository, number } = memory;
  const at = clock.now();
  const steps = reconcile({ actions, withheld: [] }, current, slug);
  const applied = await apply(steps, memory, { github, store, clock });
  const { calls, refused } = applied;
  if (calls.length === 0) return applied;
  for (const { route } of calls) metrics.acted(route);
  for (const why of refused) log.warn({ repository, issue: number, why }, 'GitHub refused a write');
  const withheld = refused.map((why) => `GitHub refused: ${why}`);
  const plan = { actions, withheld };
  await store.record({ at, repository, number, cause, mode, findings: [], plan, calls });
  return applied;
}
