import { refKey } from '../../decide/index.ts';
import type { Issue, Thread } from '../../model/issue.ts';
import type { DeadEnd } from '../../model/issue-state.ts';
import { resolveRoots } from '../../triage/resolve-roots.ts';
import type { JobContext } from '../context.ts';

/** Why nobody gets on from where the issue was closed onto, with the open thread at the end of the chain; null: it is fine. */
export async function deadEndOf(
  issue: Issue,
  { github }: Pick<JobContext, 'github'>,
): Promise<DeadEnd | null> {
  const [thread] = await github.threads([issue]);
  const of = thread?.duplicateOf ?? null;
  if (of === null) return { of, why: 'none', open: null };
  const { roots, threads } = await resolveRoots([{ issue, start: [of] }], github);
  const open = roots[0]?.open ?? null;
  const why = whyDead(issue, threads.get(refKey(of)) ?? null, threads);
  if (why === null) return null;
  return { of, why, open: open && { repository: open.repository, number: open.number } };
}

function whyDead(
  issue: Issue,
  target: Thread | null,
  threads: ReadonlyMap<string, Thread | null>,
): DeadEnd['why'] | null {
  if (target === null) return 'none';
  if (target.pullRequest) return 'pull request';
  const leadsBack = [...threads.values()].some(
    (thread) => thread?.duplicateOf != null && refKey(thread.duplicateOf) === refKey(issue),
  );
  if (leadsBack || refKey(target) === refKey(issue)) return 'circular';
  if (target.state === 'closed') return 'closed';
  if (target.locked) return 'locked';
  const home = target.repository.toLowerCase() === issue.repository.toLowerCase();
  return home && target.number > issue.number ? 'younger' : null;
}
