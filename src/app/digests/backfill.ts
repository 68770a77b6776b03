import { primaryFailure } from '../../decide/index.ts';
import { type FailureGroups, noGroups } from '../../digest/index.ts';
import { add, createIndex } from '../../duplicates/index.ts';
import type { Finding } from '../../model/finding.ts';
import type { PastIssue } from '../../model/history.ts';
import type { Issue } from '../../model/issue.ts';
import { newIssueState } from '../../model/issue-state.ts';
import type { GitHub } from '../../ports/github.ts';
import type { Store } from '../../ports/store.ts';
import { readReport, redactText } from '../../report/index.ts';
import type { RepositorySettings } from '../../repository/settings.ts';
import { writeState } from '../../repository/state/entry.ts';
import { unknownGroups } from '../../repository/state/history-state.ts';
import { triage } from '../../triage/triage.ts';
import { triageInput } from '../../triage/triage-input.ts';
import { groupUnknown } from '../history/unknown-failures.ts';
import { factsOf } from '../issues/record-triage.ts';

export interface BackfillPorts {
  readonly store: Pick<Store, 'issueState' | 'putIssueState' | 'record' | 'put'>;
  readonly github: Pick<GitHub, 'history'>;
  /** After each page of issues: how many were read. */
  readonly progress?: (read: number) => void;
}

export interface Backfilled {
  /** Issues of the time asked for, and those of them that were new to the ledger. */
  readonly read: number;
  readonly recorded: number;
}

/**
 * Fills ledger, issue states and groups with the issues opened since a time (epoch milliseconds), as if Signpost had observed
 * them. Nothing is written to GitHub. What is known already stays as it is: run again, it goes on.
 */
export async function backfill(
  repository: string,
  since: number,
  settings: RepositorySettings,
  ports: BackfillPorts,
): Promise<Backfilled> {
  const history = await readHistory(repository, since, ports);
  const index = createIndex();
  let groups: FailureGroups = noGroups;
  let recorded = 0;
  for (const one of history) {
    const { author, closedAt, createdAt, number } = one;
    const [title, body] = await Promise.all([redactText(one.title), redactText(one.body)]);
    const known = await observe(toIssue(repository, one), settings, ports);
    if (known.fresh) recorded += 1;
    const report = readReport({ title, body }, settings.templates);
    const filing = { number, author, createdAt, closedAt, report };
    const sure = known.findings.filter(({ probability }) => probability >= settings.config.comment.at);
    if (primaryFailure(sure) === undefined) groups = groupUnknown(groups, index, filing);
    add(index, filing);
  }
  await writeState(ports.store, unknownGroups, repository, groups);
  return { read: history.length, recorded };
}

/** Oldest first. */
async function readHistory(
  repository: string,
  since: number,
  { github, progress }: BackfillPorts,
): Promise<readonly PastIssue[]> {
  const history: PastIssue[] = [];
  for (let after: string | null = null, first = true; first || after !== null; first = false) {
    const { issues, next } = await github.history(repository, after);
    history.push(...issues.filter(({ createdAt }) => createdAt >= since));
    progress?.(history.length);
    after = issues.some(({ createdAt }) => createdAt < since) ? null : next;
  }
  return history.toSorted((a, b) => a.createdAt - b.createdAt || a.number - b.number);
}

/** Triages the issue as of its opening, and keeps what came of it if nothing was known before. */
async function observe(
  issue: Issue,
  settings: RepositorySettings,
  { store }: BackfillPorts,
): Promise<{ readonly findings: readonly Finding[]; readonly fresh: boolean }> {
  const { createdAt, number, repository } = issue;
  const observing = { ...settings, config: { ...settings.config, mode: 'observe' as const } };
  const { findings, plan, report } = await triage(issue, triageInput(observing, { now: createdAt }));
  if ((await store.issueState(repository, number)) !== null) return { findings, fresh: false };
  await store.record({
    at: createdAt,
    repository,
    number,
    cause: 'backfill',
    mode: 'observe',
    findings,
    plan,
    calls: [],
  });
  // Last: an issue whose state is there is done, and a run that was killed before does it again.
  await store.putIssueState({ ...newIssueState(issue), facts: factsOf(report) });
  return { findings, fresh: true };
}

function toIssue(repository: string, history: PastIssue): Issue {
  const { author, body, closedAt, createdAt, labels, number, title } = history;
  return {
    repository,
    number,
    id: 0,
    title,
    body,
    author: { login: author, bot: false },
    labels,
    state: closedAt === null ? 'open' : 'closed',
    stateReason: null,
    locked: false,
    pullRequest: false,
    assignees: [],
    milestone: null,
    comments: 0,
    thumbsUp: 0,
    createdAt,
    updatedAt: createdAt,
    closedAt,
  };
}
