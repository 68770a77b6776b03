import { isOwnComment } from '../../act/index.ts';
import { undoActions } from '../../decide/index.ts';
import type { Call } from '../../model/ledger.ts';
import type { Action } from '../../model/plan.ts';
import { applyActions, type WriteContext } from '../writes/apply-actions.ts';

/** What was, or would be, taken back on one issue. */
export interface Undone {
  readonly number: number;
  readonly actions: readonly Action[];
  readonly calls: readonly Call[];
  readonly refused: readonly string[];
}

/**
 * Takes back what Signpost did in a repository since then: comments in words, labels that it added, closes. An issue on
 * which something was taken back is left alone from then on. With `dry` nothing is written.
 */
export async function undo(
  context: WriteContext,
  repository: string,
  since: number,
  dry: boolean,
): Promise<readonly Undone[]> {
  const undone: Undone[] = [];
  const { github, services } = context;
  const { slug, store } = services;
  const byIssue = Map.groupBy(await store.ledger({ repository, since }), ({ number }) => number);
  for (const [number, entries] of byIssue) {
    const before = number === null ? null : await store.issueState(repository, number);
    if (number === null || before === null) continue;
    const actions = undoActions(before, entries);
    if (actions.length === 0) continue;
    const issue = await github.issue(repository, number);
    if (issue === null) continue;
    if (dry) {
      undone.push({ number, actions, calls: [], refused: [] });
      continue;
    }
    const found = before.comment === null ? null : await github.comment(repository, before.comment.id);
    const comment = found !== null && isOwnComment(found, slug) ? found : null;
    const { labels, state } = issue;
    const left = { ...before, ignored: true, close: { ...before.close, announced: null } };
    const {
      calls,
      state: after,
      refused,
    } = await applyActions(context, actions, { labels, state, comment }, left);
    await store.putIssueState(after);
    undone.push({ number, actions, calls, refused });
  }
  return undone;
}
