import { findingKey } from '../decide/index.ts';
import type { Finding } from '../model/finding.ts';
import type { IssueRef } from '../model/issue.ts';
import type { Root } from '../model/root.ts';
import type { Store } from '../ports/store.ts';
import { readState, writeStateSoon } from './state/entry.ts';
import { openRoots } from './state/repository-state.ts';

/** Keeps the open thread of each known failure as it was linked last: pages that ask GitHub nothing show it. */
export async function saveOpenRoots(
  repository: string,
  said: readonly Finding[],
  roots: ReadonlyMap<string, Root>,
  store: Pick<Store, 'get' | 'putSoon'>,
): Promise<void> {
  const open = said.flatMap((finding): [string, IssueRef][] => {
    const root = roots.get(findingKey(finding))?.open;
    return root && finding.kind === 'signature'
      ? [[finding.id, { repository: root.repository, number: root.number }]]
      : [];
  });
  if (open.length === 0) return;
  const before = await readState(store, openRoots, repository);
  if (open.every(([id, root]) => before[id]?.number === root.number)) return;
  await writeStateSoon(store, openRoots, repository, { ...before, ...Object.fromEntries(open) });
}
