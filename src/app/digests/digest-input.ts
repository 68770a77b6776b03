import {
  type ActionItem,
  boundsOf,
  type DashboardData,
  type DigestInput,
  type DigestOptions,
  dashboardData,
  type KnownFailure,
  type Week,
} from '../../digest/index.ts';
import { breakerLines, breakerWindow, circuitBreakerOf } from '../../learn/index.ts';
import type { Config } from '../../model/config.ts';
import type { IssueRef } from '../../model/issue.ts';
import type { IssueState } from '../../model/issue-state.ts';
import type { Signature } from '../../model/signature.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { GitHub } from '../../ports/github.ts';
import type { Store } from '../../ports/store.ts';
import { compareVersions, systemOf } from '../../report/index.ts';
import type { RepositorySettings } from '../../repository/settings.ts';
import { readState } from '../../repository/state/entry.ts';
import { proposedGroups, unknownGroups } from '../../repository/state/history-state.ts';
import { openRoots, resumedAt } from '../../repository/state/repository-state.ts';
import { resolveRoots } from '../../triage/resolve-roots.ts';

export interface DigestPorts {
  readonly store: Pick<Store, 'issueStates' | 'ledger' | 'repository' | 'get' | 'commented'>;
  /** Null where there is no GitHub to ask: roots are those that comments linked last. */
  readonly github: Pick<GitHub, 'threads'> | null;
}

/** How far back the ledger is read for first and last seen, in milliseconds. */
const lookBack = 366 * 86_400_000;

/** All that a digest is made of, from the store, the pages, and the state of their threads on GitHub. */
export async function loadDigestInput(
  repository: string,
  week: Week,
  settings: Pick<RepositorySettings, 'config' | 'knowledge' | 'problems'>,
  { github, store }: DigestPorts,
): Promise<DigestInput> {
  const { until } = boundsOf(week, settings.config.digest.on.zone);
  const [memories, entries, row, groups, proposed, linked, commented, resumed] = await Promise.all([
    store.issueStates(repository),
    store.ledger({ repository, since: until - lookBack }),
    store.repository(repository),
    readState(store, unknownGroups, repository),
    readState(store, proposedGroups, repository),
    readState(store, openRoots, repository),
    store.commented(repository, breakerWindow),
    readState(store, resumedAt, repository),
  ]);
  const breaker = circuitBreakerOf(commented, resumed);
  const { signatures } = settings.knowledge;
  const seen = new Set(entries.flatMap(({ findings }) => findings.map(({ id }) => id)));
  const found = [...signatures.values()].filter(({ id }) => seen.has(id));
  const roots =
    github === null ? new Map(Object.entries(linked)) : await resolveOpenRoots(found, until, github);
  const failures = new Map(found.map((signature) => [signature.id, describe(signature, roots)]));
  return {
    repository,
    memories: memories.map(bySystem),
    entries,
    verdicts: memories.flatMap(verdictsOf),
    failures,
    unknown: { groups, commonMessages: new Map(), proposed: new Set(proposed) },
    waiting: [...breakerLines(breaker).map(braked), ...waitingFor(settings, row?.paused === true)],
  };
}

/** Decisions that the maintainers' page lists at most. */
const decisionsShown = 5000;

/** All that the maintainers' page shows. */
export async function loadDashboardData(
  repository: string,
  week: Week,
  settings: Pick<RepositorySettings, 'config' | 'knowledge' | 'problems'>,
  ports: DigestPorts,
  now: number,
): Promise<DashboardData> {
  const input = await loadDigestInput(repository, week, settings, ports);
  const site = 'https://github.com';
  return dashboardData(input, {
    ...digestOptions(week, settings.config),
    writtenAt: now,
    site,
    decisions: decisionsShown,
  });
}

/** What the settings say of how a digest counts. */
export function digestOptions(week: Week, { comment, digest, duplicates }: Config): DigestOptions {
  const thresholds = { signature: comment.at, duplicate: duplicates.at };
  return { week, zone: digest.on.zone, thresholds, compareVersions };
}

/** Counted by system: every release of one apart says little. */
function bySystem(state: IssueState): IssueState {
  const { platform } = state.facts;
  return platform === undefined
    ? state
    : { ...state, facts: { ...state.facts, platform: systemOf(platform) } };
}

/** What people said of what was said to them: the last word on each finding. A mere doubt is no verdict. */
function verdictsOf({
  comment,
  createdAt,
  number,
  repository,
  feedback: { asserted, refused, verdicts },
}: IssueState): Verdict[] {
  const at = comment?.at ?? createdAt;
  const said = (verdicts ?? []).filter(({ signal }) => signal !== 'doubt');
  const unsaid = (finding: string): boolean => said.every((one) => one.finding !== finding);
  return [
    ...refused
      .filter(unsaid)
      .map((finding) => ({ repository, number, finding, kind: 'refused', at }) as const),
    ...(asserted ?? [])
      .filter(unsaid)
      .map((finding) => ({ repository, number, finding, kind: 'confirmed', at }) as const),
    ...said.map(({ at, finding, kind }) => ({ repository, number, finding, kind, at })),
  ];
}

function describe(
  { category, fixedIn, id, pack, title }: Signature,
  roots: ReadonlyMap<string, IssueRef>,
): KnownFailure {
  const url = pack.url?.replaceAll('{id}', encodeURIComponent(id)) ?? null;
  return { title, category, url, fixedIn, root: roots.get(id) ?? null };
}

/** The open thread of each failure, by signature. */
async function resolveOpenRoots(
  signatures: readonly Signature[],
  at: number,
  github: NonNullable<DigestPorts['github']>,
): Promise<ReadonlyMap<string, IssueRef>> {
  const queries = signatures.map(({ pack: { repository }, threads }) => ({
    issue: { repository, number: 0, createdAt: at },
    start: threads.map((number) => ({ repository, number })),
  }));
  const { roots } = await resolveRoots(queries, github);
  return new Map(
    signatures.flatMap(({ id }, index): [string, IssueRef][] => {
      const open = roots[index]?.open ?? null;
      return open === null ? [] : [[id, open]];
    }),
  );
}

function braked(line: string): ActionItem {
  return { what: `People refused what was said; \`/signpost resume\` goes on`, number: null, title: line };
}

function waitingFor({ problems }: Pick<RepositorySettings, 'problems'>, paused: boolean): ActionItem[] {
  const waiting: ActionItem[] = [];
  if (paused)
    waiting.push({
      what: 'Signpost is paused here until somebody writes `/signpost resume`',
      number: null,
      title: null,
    });
  if (problems.length > 0) {
    const what = `problems in pages or settings (${problems.length}); \`signpost lint\` names them`;
    waiting.push({ what, number: null, title: problems[0]?.message ?? null });
  }
  return waiting;
}
