import type { Finding } from '../model/finding.ts';
import type { IssueRef } from '../model/issue.ts';
import type { IssueState } from '../model/issue-state.ts';
import type { Root } from '../model/root.ts';
import { refKey } from './root.ts';
import { findingKey } from './situation.ts';

interface MentionContext {
  readonly state: IssueState | null;
  /** By `findingKey`. */
  readonly roots: ReadonlyMap<string, Root>;
  /** The issues that the report names. */
  readonly references: readonly IssueRef[];
}

/**
 * Flags duplicates (`named: true`) whose issue or root the report mentions itself: whoever writes "like #12,
 * but" knows that thread and usually says what differs. Does not flag what was published before, and what
 * somebody with triage rights asserted.
 */
export function flagMentioned(
  findings: readonly Finding[],
  { state, references, roots }: MentionContext,
): readonly Finding[] {
  if (references.length === 0) return findings;
  const mentioned = new Set(references.map(refKey));
  return findings.map((finding) => {
    const key = findingKey(finding);
    if (finding.kind !== 'duplicate' || finding.from === 'fact' || state?.findingKeys.includes(key) === true)
      return finding;
    const [repository = '', number = ''] = finding.id.split('#');
    const threads: (IssueRef | null | undefined)[] = [
      { repository, number: Number(number) },
      roots.get(key)?.open,
    ];
    const isMentioned = threads.some((thread) => thread != null && mentioned.has(refKey(thread)));
    return isMentioned ? { ...finding, named: true } : finding;
  });
}
