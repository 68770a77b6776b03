import type { Issue, IssueRef } from '../model/issue.ts';
import type { IssueState } from '../model/issue-state.ts';
import { claims, recordVerdict } from './verdicts.ts';

/**
 * Records verdicts from the issue's state: our labels that were removed, a reopen after our close, and a
 * close as the duplicate of `markedAs`. Only people with triage rights can do these, so they are a
 * maintainer's verdicts. A removed label is not set again on this issue.
 */
export function verdictsFromEvents(before: IssueState, issue: Issue, markedAs: IssueRef | null): IssueState {
  const at = issue.updatedAt;
  const present = new Set(issue.labels.map((label) => label.toLowerCase()));
  const removed = before.labels.added.filter((label) => !present.has(label.toLowerCase()));
  let state = before;
  if (removed.length > 0) {
    const of = removed.map((label) => `label:${label}`);
    const judged = recordVerdict(state, { by: 'maintainer', says: 'protests', signal: 'label', at, of });
    const { added, refused } = judged.labels;
    const labels = {
      ...judged.labels,
      added: added.filter((label) => !removed.includes(label)),
      refused: [...new Set([...refused, ...removed])],
    };
    state = { ...judged, labels };
  }
  // A reopen by anyone is final.
  if (state.close.done !== null && issue.state === 'open') {
    const judged = recordVerdict(state, { by: 'maintainer', says: 'protests', signal: 'reopen', at });
    state = { ...judged, close: { ...judged.close, done: null } };
  }
  if (markedAs !== null && state.close.done === null) {
    const marked = `duplicate:${markedAs.repository}#${markedAs.number}`.toLowerCase();
    for (const claim of claims(state).filter((key) => key.startsWith('duplicate:'))) {
      const says = claim.toLowerCase() === marked ? 'agrees' : 'protests';
      state = recordVerdict(state, { by: 'maintainer', says, signal: 'mark', at, of: [claim] });
    }
  }
  return state;
}
