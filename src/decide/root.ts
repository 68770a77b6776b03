import type { Issue, IssueRef, Thread } from '../model/issue.ts';
import type { Root } from '../model/root.ts';

/** `owner/name#n` in lower case, since GitHub ignores the case of names. */
export function refKey({ repository, number }: IssueRef): string {
  return `${repository.toLowerCase()}#${number}`;
}

/** Links of a duplicate chain that are followed; a longer chain has no root. */
const maxChain = 20;

/**
 * Resolves the thread that a new report should be pointed to: follows the start threads along their duplicate
 * marks to the ends of the chains, and picks the oldest end that is an open, unlocked issue and was opened
 * before the report.
 *
 * Pure: returns in `need` the threads that it must know of; read them from GitHub, add them to `known` (null
 * for one that does not exist) and call again.
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
    const end = followDuplicates(ref, self, known);
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

/** GitHub's times are whole seconds; within one, the lower number came first. */
function isOlder(thread: Thread, issue: Pick<Issue, 'repository' | 'number' | 'createdAt'>): boolean {
  if (thread.createdAt !== issue.createdAt) return thread.createdAt < issue.createdAt;
  return thread.repository.toLowerCase() !== issue.repository.toLowerCase() || thread.number < issue.number;
}

/**
 * The end of a duplicate chain, the thread to read next, or null for a chain without an end. A circular chain
 * ends at its oldest open thread; one that leads to the report itself has no end.
 */
function followDuplicates(
  start: IssueRef,
  self: string,
  known: ReadonlyMap<string, Thread | null>,
): Thread | IssueRef | null {
  const chain: Thread[] = [];
  let at = start;
  while (chain.length < maxChain) {
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
