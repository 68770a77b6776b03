import type { Issue, IssueRef, Thread } from '../model/issue.ts';
import type { Root } from '../model/root.ts';

/** `owner/name#n`, lower case: GitHub's names ignore case. */
export function refKey({ repository, number }: IssueRef): string {
  return `${repository.toLowerCase()}#${number}`;
}

/** How many links of a duplicate chain are followed; longer ones end without a root. */
const longestChain = 20;

/**
 * The one thread that a new report should be pointed to: start threads are followed along their duplicate
 * marks to where the chain ends, and of those ends the oldest that is an open, unlocked issue, opened before
 * the report, is the root.
 *
 * Pure: what is not yet known of GitHub comes back as `need`; ask for it, add it to `known` (null for what is
 * not there) and call again.
 */
export function resolveRoot(
  issue: Pick<Issue, 'repository' | 'number' | 'createdAt'>,
  start: readonly IssueRef[],
  known: ReadonlyMap<string, Thread | null>,
): { readonly need: readonly IssueRef[] } | { readonly root: Root } {
  const self = refKey(issue);
  const need = new Map<string, IssueRef>();
  const ends = new Map<string, Thread>();
  for (const ref of start) {
    const end = follow(ref, self, known);
    if (end === null) continue;
    if ('state' in end) ends.set(refKey(end), end);
    else need.set(refKey(end), end);
  }
  if (need.size > 0) return { need: [...need.values()] };

  const older = [...ends.values()].filter((thread) => !thread.pullRequest && isOlder(thread, issue));
  const open = older.filter((thread) => thread.state === 'open' && !thread.locked);
  const past = older.filter((thread) => !open.includes(thread));
  open.sort((a, b) => a.createdAt - b.createdAt || a.number - b.number);
  past.sort((a, b) => b.createdAt - a.createdAt || b.number - a.number);
  const fixed = older
    .filter(({ state, stateReason }) => state === 'closed' && stateReason === 'completed')
    .toSorted((a, b) => (b.closedAt ?? 0) - (a.closedAt ?? 0));
  const reports = new Set(start.map(refKey));
  reports.delete(self);
  return {
    root: { open: open[0] ?? null, past: past[0] ?? null, fixed: fixed[0] ?? null, reports: reports.size },
  };
}

/** GitHub's times are whole seconds: within one, the lower number came first. */
function isOlder(thread: Thread, issue: Pick<Issue, 'repository' | 'number' | 'createdAt'>): boolean {
  if (thread.createdAt !== issue.createdAt) return thread.createdAt < issue.createdAt;
  return thread.repository.toLowerCase() !== issue.repository.toLowerCase() || thread.number < issue.number;
}

/**
 * The end of the chain, what must be read to go on, or null where there is no way. A chain that bites its tail ends
 * at its oldest open thread; one that leads to the report itself has no end.
 */
function follow(
  start: IssueRef,
  self: string,
  known: ReadonlyMap<string, Thread | null>,
): Thread | IssueRef | null {
  const chain: Thread[] = [];
  let at = start;
  while (chain.length < longestChain) {
    const key = refKey(at);
    if (key === self) return null;
    if (chain.some((thread) => refKey(thread) === key)) return chain.sort(openFirst)[0] ?? null;
    const thread = known.get(key);
    if (thread === undefined) return at;
    if (thread === null) return null;
    if (thread.duplicateOf === null) return thread;
    chain.push(thread);
    at = thread.duplicateOf;
  }
  return null;
}

function openFirst(a: Thread, b: Thread): number {
  const closed = (thread: Thread): number => (thread.state === 'open' && !thread.locked ? 0 : 1);
  return closed(a) - closed(b) || a.createdAt - b.createdAt;
}
