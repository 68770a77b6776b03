import { refKey, resolveRoot } from '../../decide/index.ts';
import type { Issue, Thread } from '../../model/issue.ts';
import type { DeadEnd } from '../../model/memory.ts';
import type { JobContext } from '../context.ts';

/** Why nobody gets on from where the issue was closed onto, with the open thread at the end of the chain; null: it is fine. */
export async function deadEndOf(
  issue: Issue,
  { github }: Pick<JobContext, 'github'>,
): Promise<DeadEnd | null> {
  const [itself] = await github.threads([issue]);
  const of = itself?.duplicateOf ?? null;
  if (of === null) return { of, why: 'none', open: null };
  const known = new Map<string, Thread | null>();
  let answer = resolveRoot(issue, [of], known);
  while ('need' in answer) {
    const threads = await github.threads(answer.need);
    for (const [index, ref] of answer.need.entries()) known.set(refKey(ref), threads[index] ?? null);
    answer = resolveRoot(issue, [of], known);
  }
  const { open } = answer.root;
  const why = whyDead(issue, known.get(refKey(of)) ?? null, known);
  if (why === null) return null;
  return { of, why, open: open === null ? null : { repository: open.repository, number: open.number } };
}

function whyDead(
  issue: Issue,
  target: Thread | null,
  known: ReadonlyMap<string, Thread | null>,
): DeadEnd['why'] | null {
  if (target === null) return 'none';
  if (target.pullRequest) return 'pull request';
  const back = [...known.values()].some(
    (thread) => thread?.duplicateOf != null && refKey(thread.duplicateOf) === refKey(issue),
  );
  if (back || refKey(target) === refKey(issue)) return 'circular';
  if (target.state === 'closed') return 'closed';
  if (target.locked) return 'locked';
  const home = target.repository.toLowerCase() === issue.repository.toLowerCase();
  return home && target.number > issue.number ? 'younger' : null;
}
