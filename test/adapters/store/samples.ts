import type { Delivery } from '../../../src/model/delivery.ts';
import type { IssueState } from '../../../src/model/issue-state.ts';
import type { LedgerEntry } from '../../../src/model/ledger.ts';
import type { NewJob } from '../../../src/ports/queue.ts';
import { issueStateOf, type SomeState } from '../../issue-states.ts';

export function delivery(guid: string, some: Partial<Delivery> = {}): Delivery {
  return {
    guid,
    event: 'issues',
    action: 'opened',
    installation: 1,
    repository: 'acme/app',
    number: 7,
    comment: null,
    sender: 'reporter',
    receivedAt: 1_000,
    ...some,
  };
}

export function newJob(number: number, some: Partial<NewJob> = {}): NewJob {
  return {
    kind: 'triage',
    repository: 'acme/app',
    key: `acme/app#${number}`,
    installation: 1,
    data: { number },
    priority: 0,
    notBefore: 0,
    ...some,
  };
}

export function stateOf(repository: string, number: number, some: SomeState = {}): IssueState {
  return issueStateOf({ repository, number, ...some });
}

export function entry(repository: string, some: Partial<LedgerEntry> = {}): Omit<LedgerEntry, 'id'> {
  return {
    at: 1_000,
    repository,
    number: 7,
    cause: 'guid',
    mode: 'advise',
    findings: [],
    plan: { actions: [], withheld: [] },
    calls: [],
    ...some,
  };
}
