import { refKey, resolveRoot } from '../decide/index.ts';
import type { Issue, IssueRef, Thread } from '../model/issue.ts';
import type { Root } from '../model/root.ts';
import type { GitHub } from '../ports/github.ts';

/** Which thread to point a report to, of those that the start threads lead to. */
export interface RootQuery {
  readonly issue: Pick<Issue, 'repository' | 'number' | 'createdAt'>;
  readonly start: readonly IssueRef[];
}

export interface ResolvedRoots {
  /** In the order of the queries; null where GitHub was needed and there is none to ask. */
  readonly roots: readonly (Root | null)[];
  /** Every thread that was read, by `refKey`; null: it is not there. */
  readonly threads: ReadonlyMap<string, Thread | null>;
}

/** Resolves all queries together: asks GitHub one call for each round of duplicate links, until every chain ends. */
export async function resolveRoots(
  queries: readonly RootQuery[],
  github: Pick<GitHub, 'threads'> | null,
): Promise<ResolvedRoots> {
  const threads = new Map<string, Thread | null>();
  for (;;) {
    const answers = queries.map(({ issue, start }) => resolveRoot(issue, start, threads));
    const needed = new Map<string, IssueRef>();
    for (const answer of answers)
      if ('need' in answer) for (const ref of answer.need) needed.set(refKey(ref), ref);
    if (needed.size === 0 || github === null)
      return { roots: answers.map((answer) => ('root' in answer ? answer.root : null)), threads };
    const refs = [...needed.values()];
    const read = await github.threads(refs);
    for (const [index, ref] of refs.entries()) threads.set(refKey(ref), read[index] ?? null);
  }
}
