import type { Finding } from '../model/finding.ts';
import type { IssueRef } from '../model/issue.ts';
import type { IssueState } from '../model/issue-state.ts';
import type { Root } from '../model/root.ts';
import { refKey } from './root.ts';
import { findingKey } from './situation.ts';

interface Mentions {
  readonly state: IssueState | null;
  /** By `findingKey`. */
  readonly roots: ReadonlyMap<string, Root>;
  /** The issues that the report names. */
  readonly references: readonly IssueRef[];
}

/**
 * Findings, of which those are called named that would point to a thread which the reporter has named already: whoever writes
 * "like #12, but" knows it, and mostly says how theirs differs. What was said before the report named it stands, and so does
 * what somebody with triage rights named.
 */
export function withNamed(
  findings: readonly Finding[],
  { state, references, roots }: Mentions,
): readonly Finding[] {
  if (references.length === 0) return findings;
  const named = new Set(references.map(refKey));
  return findings.map((finding) => {
    const key = findingKey(finding);
    if (finding.kind !== 'duplicate' || finding.from === 'fact' || state?.findingKeys.includes(key) === true)
      return finding;
    const [repository = '', number = ''] = finding.id.split('#');
    const threads: (IssueRef | null | undefined)[] = [
      { repository, number: Number(number) },
      roots.get(key)?.open,
    ];
    const isNamed = threads.some((thread) => thread != null && named.has(refKey(thread)));
    return isNamed ? { ...finding, named: true } : finding;
  });
}
