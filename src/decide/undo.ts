import type { IssueState } from '../model/issue-state.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { Action } from '../model/plan.ts';
import { retraction } from './comment.ts';

/** What takes back what these entries of an issue's ledger did and nobody has taken back since. */
export function undoing(state: IssueState, entries: readonly LedgerEntry[]): readonly Action[] {
  const made = (method: string, end: RegExp): LedgerEntry[] =>
    entries.filter(({ calls }) =>
      calls.some(({ route, status }) => status < 300 && route.startsWith(`${method} `) && end.test(route)),
    );
  const because = 'undone from the command line';
  const actions: Action[] = [];
  const spoke = [
    ...made('POST', /\/issues\/\{issue_number\}\/comments$/),
    ...made('PATCH', /\{comment_id\}$/),
  ];
  if (spoke.length > 0 && state.comment !== null)
    actions.push({ kind: 'retract', body: retraction('ignored'), because });
  const added = made('POST', /\/labels$/).flatMap(({ plan }) =>
    plan.actions.flatMap((action) => (action.kind === 'add-labels' ? action.labels : [])),
  );
  const labels = state.labels.added.filter((label) => added.includes(label));
  if (labels.length > 0) actions.push({ kind: 'remove-labels', labels, because });
  if (state.close.done != null && made('PATCH', /\/issues\/\{issue_number\}$/).length > 0)
    actions.push({ kind: 'reopen', because });
  return actions;
}
