import type { Issue, IssueRef } from '../model/issue.ts';
import type { IssueState } from '../model/issue-state.ts';
import { claims, recordVerdict } from './verdicts.ts';

/**
 * What the issue itself shows of what people did since we last looked: labels of ours that are gone, an issue that we
 * closed and that is open again, a close as the duplicate of something (`markedAs`). Only people with triage rights can
 * do these, so they count as a maintainer's word. A label that a person took away is not set again here.
 */
export function verdictsFromEvents(before: IssueState, issue: Issue, markedAs: IssueRef | null): IssueState {
  const at = issue.updatedAt;
  const here = new Set(issue.labels.map((label) => label.toLowerCase()));
  const gone = before.labels.added.filter((label) => !here.has(label.toLowerCase()));
  let state = before;
  if (gone.length > 0) {
    const of = gone.map((label) => `label:${label}`);
    const judged = recordVerdict(state, { by: 'maintainer', says: 'protests', signal: 'label', at, of });
    const { added, refused } = judged.labels;
    const labels = {
      ...judged.labels,
      added: added.filter((label) => !gone.includes(label)),
      refused: [...new Set([...refused, ...gone])],
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
