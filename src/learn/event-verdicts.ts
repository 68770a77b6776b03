import type { Issue, IssueRef } from '../model/issue.ts';
import type { Memory } from '../model/memory.ts';
import { claims, recordVerdict } from './verdicts.ts';

/**
 * What the issue itself shows of what people did since we last looked: labels of ours that are gone, an issue that we
 * closed and that is open again, a close as the duplicate of something (`markedAs`). Only people with triage rights can
 * do these, so they count as a maintainer's word. A label that a person took away is not set again here.
 */
export function verdictsFromEvents(before: Memory, issue: Issue, markedAs: IssueRef | null): Memory {
  const at = issue.updatedAt;
  const here = new Set(issue.labels.map((label) => label.toLowerCase()));
  const gone = before.ourLabels.filter((label) => !here.has(label.toLowerCase()));
  let memory = before;
  if (gone.length > 0) {
    const of = gone.map((label) => `label:${label}`);
    memory = {
      ...recordVerdict(memory, { by: 'maintainer', says: 'protests', signal: 'label', at, of }),
      ourLabels: memory.ourLabels.filter((label) => !gone.includes(label)),
      refusedLabels: [...new Set([...memory.refusedLabels, ...gone])],
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
