import type { IssueState } from '../../model/issue-state.ts';
import type { Store } from '../../ports/store.ts';
import { UnreadableState } from '../../ports/unreadable-state.ts';

/** The state of an issue that is about to be erased: null as well where it cannot be read, since erasing must go on. */
export async function readableState(
  store: Pick<Store, 'issueState'>,
  repository: string,
  number: number,
): Promise<IssueState | null> {
  try {
    return await store.issueState(repository, number);
  } catch (error) {
    if (error instanceof UnreadableState) return null;
    throw error;
  }
}
