import type { Finding } from '../../src/model/finding.ts';
import type { LedgerEntry } from '../../src/model/ledger.ts';
import { freshMemory, type Memory } from '../../src/model/memory.ts';

export const repository = 'acme/tool';

/** A remembered issue: who opened it when, and whatever else matters. */
export function remembered(number: number, createdAt: number, given: Partial<Memory> = {}): Memory {
  const { author = `person-${number}` } = given;
  const issue = { repository, number, author: { login: author, bot: false }, createdAt };
  return { ...freshMemory({ ...issue, state: 'open', closedAt: null }), ...given };
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
