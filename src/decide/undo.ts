import type { IssueState } from '../model/issue-state.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { Action } from '../model/plan.ts';
import { retraction } from './comment.ts';

/** The actions that undo what these ledger entries of an issue did, as far as it still stands. */
export function undoActions(state: IssueState, entries: readonly LedgerEntry[]): readonly Action[] {
  const entriesWith = (method: string, end: RegExp): LedgerEntry[] =>
    entries.filter(({ calls }) =>
      calls.some(({ route, status }) => status < 300 && route.startsWith(`${method} `) && end.test(route)),
    );
  const because = 'undone from the command line';
  const actions: Action[] = [];
  const commented = [
    ...entriesWith('POST', /\/issues\/\{issue_number\}\/comments$/),
    ...entriesWith('PATCH', /\{comment_id\}$/),
  ];
  if (commented.length > 0 && state.comment !== null)
    actions.push({ kind: 'retract', body: retraction('ignored'), because });
  const added = entriesWith('POST', /\/labels$/).flatMap(({ plan }) =>
    plan.actions.flatMap((action) => (action.kind === 'add-labels' ? action.labels : [])),
  );
  const labels = state.labels.added.filter((label) => added.includes(label));
  if (labels.length > 0) actions.push({ kind: 'remove-labels', labels, because });
  if (state.close.done != null && entriesWith('PATCH', /\/issues\/\{issue_number\}$/).length > 0)
    actions.push({ kind: 'reopen', because });
  return actions;
}
