import type { Finding } from '../../src/model/finding.ts';
import type { IssueState } from '../../src/model/issue-state.ts';
import type { LedgerEntry } from '../../src/model/ledger.ts';
import { issueStateOf, type SomeState } from '../issue-states.ts';

export const repository = 'acme/tool';

/** A stateOf issue: who opened it when, and whatever else matters. */
export function stateOf(number: number, createdAt: number, given: SomeState = {}): IssueState {
  return issueStateOf({ repository, number, createdAt, author: `person-${number}`, ...given });
}

export function entry(number: number, at: number, given: Partial<LedgerEntry> = {}): LedgerEntry {
  const plan = { actions: [], withheld: [] };
  return {
    id: number,
    at,
    repository,
    number,
    cause: 'test',
    mode: 'advise',
    findings: [],
    plan,
    calls: [],
    ...given,
  };
}

export function finding(kind: Finding['kind'], id: string, probability = 0.95): Finding {
  return { kind, id, probability, evidence: [], from: 'rule' };
}
