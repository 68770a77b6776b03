import { refKey, resolveRoot } from '../../decide/index.ts';
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
import { brakeLines, brakeLooksAt, brakeOf } from '../../learn/index.ts';
import type { Config } from '../../model/config.ts';
import type { IssueRef, Thread } from '../../model/issue.ts';
import type { Memory } from '../../model/memory.ts';
import type { Signature } from '../../model/signature.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { GitHub } from '../../ports/github.ts';
import type { Store } from '../../ports/store.ts';
import { compareVersions, systemOf } from '../../report/index.ts';
import type { RepositoryGround } from '../../repository/settings.ts';
import {
  groupsKey,
  proposalsKey,
  readGroups,
  readNumbers,
  readRoots,
  resumedKey,
  rootsKey,
} from '../../repository/state.ts';

export interface GatherPorts {
  readonly store: Pick<Store, 'memories' | 'ledger' | 'repository' | 'get' | 'commented'>;
  /** Null where there is no GitHub to ask: roots are those that comments linked last. */
  readonly github: Pick<GitHub, 'threads'> | null;
}

/** How far back the ledger is read for first and last seen, in milliseconds. */
const lookBack = 366 * 86_400_000;

/** All that a digest is made of, from the store, the pages, and the state of their threads on GitHub. */
export async function gatherDigest(
  repository: string,
  week: Week,
  ground: Pick<RepositoryGround, 'config' | 'knowledge' | 'problems'>,
  { github, store }: GatherPorts,
): Promise<DigestInput> {
  const { until } = boundsOf(week, ground.config.digest.on.zone);
  const [memories, entries, row, groups, proposed, linked, commented, resumed] = await Promise.all([
    store.memories(repository),
    store.ledger({ repository, since: until - lookBack }),
    store.repository(repository),
    store.get(groupsKey(repository)),
    store.get(proposalsKey(repository)),
    store.get(rootsKey(repository)),
    store.commented(repository, brakeLooksAt),
    store.get(resumedKey(repository)),
  ]);
  const brake = brakeOf(commented, typeof resumed === 'number' ? resumed : 0);
  const { signatures } = ground.knowledge;
  const seen = new Set(entries.flatMap(({ findings }) => findings.map(({ id }) => id)));
  const found = [...signatures.values()].filter(({ id }) => seen.has(id));
  const roots = github === null ? readRoots(linked) : await rootsOf(found, until, github);
  const failures = new Map(found.map((signature) => [signature.id, describe(signature, roots)]));
  return {
    repository,
    memories: memories.map(bySystem),
    entries,
    verdicts: memories.flatMap(verdictsOf),
    failures,
    unknown: {
      groups: readGroups(groups),
      commonMessages: new Map(),
      proposed: new Set(readNumbers(proposed)),
    },
    waiting: [...brakeLines(brake).map(braked), ...waitingFor(ground, row?.paused === true)],
  };
}

/** Decisions that the maintainers' page lists at most. */
const decisionsShown = 5000;

/** All that the maintainers' page shows. */
export async function gatherPage(
  repository: string,
  week: Week,
  ground: Pick<RepositoryGround, 'config' | 'knowledge' | 'problems'>,
  ports: GatherPorts,
  now: number,
): Promise<DashboardData> {
  const input = await gatherDigest(repository, week, ground, ports);
  const site = 'https://github.com';
  return dashboardData(input, {
    ...digestOptions(week, ground.config),
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
function bySystem(memory: Memory): Memory {
  const { platform } = memory.facts;
  return platform === undefined
    ? memory
    : { ...memory, facts: { ...memory.facts, platform: systemOf(platform) } };
}

/** What people said of what was said to them: the last word on each finding. A mere doubt is no verdict. */
function verdictsOf({
  asserted,
  comment,
  createdAt,
  number,
  refused,
  repository,
  verdicts,
}: Memory): Verdict[] {
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

/** The open thread of each failure, a call for each round of links. */
async function rootsOf(
  signatures: readonly Signature[],
  at: number,
  github: NonNullable<GatherPorts['github']>,
): Promise<ReadonlyMap<string, IssueRef>> {
  const known = new Map<string, Thread | null>();
  const roots = new Map<string, IssueRef>();
  let open = signatures;
  while (open.length > 0) {
    const need = new Map<string, IssueRef>();
    const later: Signature[] = [];
    for (const signature of open) {
      const { repository } = signature.pack;
      const start = signature.threads.map((number) => ({ repository, number }));
      const answer = resolveRoot({ repository, number: 0, createdAt: at }, start, known);
      if ('need' in answer) {
        later.push(signature);
        for (const ref of answer.need) need.set(refKey(ref), ref);
      } else if (answer.root.open !== null) roots.set(signature.id, answer.root.open);
    }
    const refs = [...need.values()];
    const threads = refs.length > 0 ? await github.threads(refs) : [];
    for (const [index, ref] of refs.entries()) known.set(refKey(ref), threads[index] ?? null);
    open = later;
  }
  return roots;
}

function braked(line: string): ActionItem {
  return { what: `People refused what was said; \`/signpost resume\` goes on`, number: null, title: line };
}

function waitingFor({ problems }: Pick<RepositoryGround, 'problems'>, paused: boolean): ActionItem[] {
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
