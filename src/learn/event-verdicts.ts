import type { Issue, IssueRef } from '../model/issue.ts';
import type { Memory } from '../model/memory.ts';
import { claims, recordVerdict } from './verdicts.ts';

/**
 * Records verdicts from the issue's state: our labels that were removed, a reopen after our close, and a
 * close as the duplicate of `markedAs`. Only people with triage rights can do these, so they are a
 * maintainer's verdicts. A removed label is not set again on this issue.
 */
export function verdictsFromEvents(before: Memory, issue: Issue, markedAs: IssueRef | null): Memory {
  const at = issue.updatedAt;
  const present = new Set(issue.labels.map((label) => label.toLowerCase()));
  const removed = before.ourLabels.filter((label) => !present.has(label.toLowerCase()));
  let memory = before;
  if (removed.length > 0) {
    const of = removed.map((label) => `label:${label}`);
    memory = {
      ...recordVerdict(memory, { by: 'maintainer', says: 'protests', signal: 'label', at, of }),
      ourLabels: memory.ourLabels.filter((label) => !removed.includes(label)),
      refusedLabels: [...new Set([...memory.refusedLabels, ...removed])],
    };
  }
  // A reopen by anyone is final.
  if (memory.closed != null && issue.state === 'open')
    memory = {
      ...recordVerdict(memory, { by: 'maintainer', says: 'protests', signal: 'reopen', at }),
      closed: null,
    };
  if (markedAs !== null && memory.closed == null) {
    const marked = `duplicate:${markedAs.repository}#${markedAs.number}`.toLowerCase();
    for (const claim of claims(memory).filter((key) => key.startsWith('duplicate:'))) {
      const says = claim.toLowerCase() === marked ? 'agrees' : 'protests';
      memory = recordVerdict(memory, { by: 'maintainer', says, signal: 'mark', at, of: [claim] });
    }
  }
  return memory;
}
