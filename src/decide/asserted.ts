import type { Finding } from '../model/finding.ts';
import type { IssueState } from '../model/issue-state.ts';
import { findingKey } from './situation.ts';

/**
 * Puts the findings that somebody with triage rights asserted in front, with probability 1. One that was also
 * found keeps its evidence.
 */
export function addAsserted(findings: readonly Finding[], state: IssueState | null): readonly Finding[] {
  const asserted = state?.feedback.asserted ?? [];
  if (asserted.length === 0) return findings;
  const assertedFindings = asserted.map((key): Finding => {
    const found = findings.find((finding) => findingKey(finding) === key);
    const [kind, id] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)];
    return {
      kind: kind === 'duplicate' ? 'duplicate' : 'signature',
      id,
      probability: 1,
      evidence: found?.evidence ?? [],
      from: 'fact',
      notes: ['named by a maintainer'],
    };
  });
  return [...assertedFindings, ...findings.filter((finding) => !asserted.includes(findingKey(finding)))];
}
