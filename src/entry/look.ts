import { type LabelModel, suggestLabels, trainLabels } from '../classify/index.ts';
import { findingKey, guardKey, speakable, spokenFailure, tallyKey } from '../decide/index.ts';
import { type DuplicateModel, findDuplicates, type LinkEvent, remove, rootOf } from '../duplicates/index.ts';
import { noticeDeeds, refusalsIn } from '../learn/index.ts';
import type { Config } from '../model/config.ts';
import type { Finding } from '../model/finding.ts';
import type { Comment, Issue, IssueRef } from '../model/issue.ts';
import { freshMemory, type Memory } from '../model/memory.ts';
import type { Plan } from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import type { Tallied } from '../model/tally.ts';
import type { LabelEvent } from '../ports/github.ts';
import { readReport, redactText } from '../report/index.ts';
import { carryOut, type Triage, triage } from '../triage.ts';
import { sendBrakeJob } from './brake-issue.ts';
import { sight } from './emerging.ts';
import { groupsKey, readRoots, rootsKey } from './gather.ts';
import { guard } from './guard.ts';
import { type InUse, readShelf } from './models.ts';
import { inherited, settled } from './move.ts';
import type { Past } from './past.ts';
import { brakeIn, watch } from './people.ts';
import { readTally, recount } from './recount.ts';
import { recover } from './recover.ts';
import { earlierElsewhere, type RelatedPast, relatedPasts } from './related.ts';
import type { RepositoryGround } from './repositories.ts';
import { hasRights, type Scene } from './scene.ts';
import { turn } from './turn.ts';

const hour = 3_600_000;
/** How it is remembered that the comment answers a label. */
const labelledKey = 'label:duplicate';
/** Earlier reports that are less probable are not worth a line in the ledger. */
const leastTold = 0.2;

interface LookOptions {
  /** What is remembered, where it is newer than the store. */
  readonly memory?: Memory;
  /** A person asked for it with a command. */
  readonly asked?: boolean;
  /** The reports that point here were counted anew: only the comment follows. */
  readonly tally?: readonly Tallied[];
}

/** Triage of the issue as it is now, from understanding to the ledger. */
export async function look(
  scene: Scene,
  number: number,
  { memory: remembered, asked = false, tally }: LookOptions = {},
): Promise<Memory | null> {
  const { github, job, ports, row } = scene;
  const { clock, log, metrics, repositories, slug, store } = ports;
  const { repository } = row;
  const readAt = clock.now();
  const issue = await github.issue(repository, number);
  if (issue === null) {
    await store.forgetIssue(repository, number);
    return null;
  }
  if (issue.pullRequest || issue.author.bot) return null;
  const ground = await repositories.ground(repository, github);
  const comments = once(() => github.comments(repository, number));
  const labelEvents = (): Promise<readonly LabelEvent[]> => github.labelEvents(repository, number);
  const kept = remembered ?? (await store.memory(repository, number)) ?? (await inherited(job, issue, store));
  const before = await settled(kept ?? freshMemory(issue), issue, comments, slug);
  const [past, shelf] = await Promise.all([ports.pasts.of(repository, github), readShelf(store, repository)]);
  const markedAs = await followMark(issue, past, scene);
  const noticed = noticeDeeds(
    await recover(before, issue, { comments, labelEvents }, ports),
    issue,
    markedAs,
  );
  const guarded = await guard(scene, issue, noticed, ground.config, labelEvents);
  // An edit is news: what was announced before it is announced anew.
  const memory = job.data.action === 'edited' ? { ...guarded, closing: null } : guarded;
  const labelled = isLabelled(issue, scene, memory);
  const started = clock.now();
  const learned = await ports.models.of(repository, shelf, ground.knowledge.signatures, past.duplicates);
  const related = await relatedPasts(scene, ground.config);
  const counted = tally ?? readTally(before.notes.tally);
  await turn();
  const {
    findings,
    plan: whole,
    report,
    root,
    roots,
    secrets,
  } = await triage(issue, {
    ...ground,
    ...ground.knowledge,
    recognise: (read) => raised(ground.knowledge.recognise(read, learned.adjustments), learned),
    ...(labelled ? { config: trusting(ground.config) } : {}),
    labelled,
    tally: counted,
    earlier: (opened, read) => {
      const model = learned.links ?? past.duplicates;
      const found = earlierReports(opened, read, past, related, ground.config, model);
      // A person who says that it is a duplicate lowers the bar again.
      return labelled ? found : raised(found, learned);
    },
    suggest: (read) => suggestLabels(read, past.labels ?? coldLabels(ground.labels), ground.config.labels.at),
    replies: await repliesOf(issue, memory, comments),
    repositoryLabels: ground.labels,
    memory,
    installedAt: row.installedAt,
    paused: row.paused,
    asked,
    foundAt: job.createdAt,
    now: started,
    github,
    async surroundings() {
      const [answered, recentComments, brake] = await Promise.all([
        answeredByMaintainer(issue, comments, scene),
        store.commentsSince(repository, started - hour),
        brakeIn(scene),
      ]);
      return { answered, recentComments, brake };
    },
  });
  metrics.triaged(
    findings.map(({ kind }) => kind),
    clock.now() - started,
  );

  const said = speakable(findings, ground.config, memory).filter(({ kind }) => kind !== 'label');
  const plan = tally === undefined ? whole : commentOnly(whole);
  const speaks = plan.actions.some(({ kind }) => kind === 'comment');
  const spoken = plan.ledgerOnly === true ? [] : said.map(findingKey);
  const found = speaks
    ? [
        ...spoken,
        ...(labelled ? [labelledKey] : []),
        ...(counted.length > 0 ? [tallyKey] : []),
        ...(memory.deadEnd != null ? [guardKey] : []),
      ]
    : memory.found;
  const sends = speaks
    ? { root: plan.ledgerOnly === true ? null : root, ledgerOnly: plan.ledgerOnly === true }
    : plan.actions.some(({ kind }) => kind === 'retract')
      ? { root: null }
      : {};
  await turn();
  await ports.pasts.remember(issue, past, secrets.length === 0 ? report : null);
  await turn();
  const facts = Object.fromEntries(report.facts.map(({ kind, value }) => [kind, value]).toReversed());
  const closing = plan.closing ?? null;
  const heard = await hearFor(issue, plan, memory, ground);
  const notes =
    counted.length > 0 || 'tally' in memory.notes ? { ...memory.notes, tally: counted } : memory.notes;
  const seen = { state: issue.state, closedAt: issue.closedAt, found, facts, closing, notes };
  const next = { ...memory, ...seen, ...heard, ...sends };
  // Together, for one transaction.
  await Promise.all([
    spokenFailure(said) === undefined ? group(issue, report, past, store) : null,
    noteRoots(repository, said, roots, store),
    store.putMemory(next),
  ]);
  const {
    calls,
    memory: after,
    refused,
  } = await carryOut(issue, plan, next, slug, comments, { github, store, clock });
  for (const { route } of calls) metrics.acted(route);
  for (const why of refused) log.warn({ repository, issue: number, why }, 'GitHub refused a write');
  const withheld = [...plan.withheld, ...refused.map((why) => `GitHub refused: ${why}`)];
  const { mode } = ground.config;
  await store.record({
    // What changes after this was not seen.
    at: readAt,
    repository,
    number,
    cause: job.id,
    mode,
    findings,
    plan: { ...plan, withheld },
    calls,
  });
  log.info(
    {
      repository,
      issue: number,
      findings: findings.map(({ id, probability }) => `${id} ${probability}`),
      because: plan.actions.map(({ because }) => because),
      calls: calls.length,
    },
    'triaged',
  );
  return tellRefusals(scene, await recount(scene, await watch(scene, after)));
}

/** A refusal that was not told of yet may be the one that brakes. */
async function tellRefusals(scene: Scene, memory: Memory): Promise<Memory> {
  const refusals = refusalsIn(memory);
  if (refusals <= Number(memory.notes.refusals ?? 0)) return memory;
  const next = { ...memory, notes: { ...memory.notes, refusals } };
  await scene.ports.store.putMemory(next);
  await sendBrakeJob(scene);
  return next;
}

/** What a new count leads to: words, and nothing else. */
function commentOnly(plan: Plan): Plan {
  return { ...plan, actions: plan.actions.filter(({ kind }) => kind === 'comment' || kind === 'retract') };
}

/** What a verdict can teach of the issue, where something is said of it; once people have spoken, of what they spoke of. */
async function hearFor(
  issue: Issue,
  plan: Plan,
  memory: Memory,
  { knowledge, templates }: RepositoryGround,
): Promise<Pick<Memory, 'heard'>> {
  const { asserted = [], comment, heard, verdicts = [] } = memory;
  const speaks = plan.ledgerOnly !== true && plan.actions.some(({ kind }) => kind === 'comment');
  if (heard !== undefined && verdicts.length + asserted.length > 0) return { heard };
  if (!speaks && comment === null && asserted.length === 0) return {};
  const [title, body] = await Promise.all([redactText(issue.title), redactText(issue.body)]);
  return { heard: knowledge.hear(readReport({ title, body }, templates)) };
}

const coldModels = new WeakMap<readonly string[], LabelModel>();

/** Before a repository's history has taught anything, facts are followed by the names of its labels. */
function coldLabels(labels: readonly string[]): LabelModel {
  const model = coldModels.get(labels) ?? trainLabels([], { labels });
  coldModels.set(labels, model);
  return model;
}

/** The open thread of each known failure, as it was linked last: pages that ask GitHub nothing show it. */
async function noteRoots(
  repository: string,
  said: readonly Finding[],
  roots: Triage['roots'],
  store: Scene['ports']['store'],
): Promise<void> {
  const open = said.flatMap((finding): [string, IssueRef][] => {
    const root = roots.get(findingKey(finding))?.open;
    return root && finding.kind === 'signature'
      ? [[finding.id, { repository: root.repository, number: root.number }]]
      : [];
  });
  if (open.length === 0) return;
  const before = readRoots(await store.get(rootsKey(repository)));
  if (open.every(([id, root]) => before.get(id)?.number === root.number)) return;
  await store.putSoon(rootsKey(repository), Object.fromEntries([...before, ...open]));
}

/** A report that no page knows joins those it resembles: what the digest calls a new failure. */
async function group(
  issue: Issue,
  report: Report,
  past: Past,
  store: Scene['ports']['store'],
): Promise<void> {
  const { author, closedAt, createdAt, number, repository } = issue;
  const before = past.unknown;
  past.unknown = sight(before, past.index, { number, author: author.login, createdAt, closedAt, report });
  if (past.unknown !== before) await store.putSoon(groupsKey(repository), past.unknown);
}

/** Earlier reports in the repository's own past and in related ones, most probable first; an issue that is looked at again is not its own duplicate. */
function earlierReports(
  issue: Issue,
  report: Report,
  past: Past,
  related: readonly RelatedPast[],
  { duplicates: { max } }: Config,
  model: DuplicateModel,
): readonly Finding[] {
  const { author, closedAt, createdAt, number, repository } = issue;
  remove(past.index, number);
  const filing = { number, author: author.login, createdAt, closedAt, report };
  const root = past.clusters.links.has(number) ? rootOf(past.clusters, number) : number;
  if (root !== number) {
    const marked = 'people marked it as a duplicate';
    return [
      {
        kind: 'duplicate',
        id: `${repository}#${root}`,
        probability: 0.99,
        evidence: [],
        from: 'fact',
        notes: [marked],
      },
    ];
  }
  const here = findDuplicates(past.index, past.clusters, filing, model, {
    repository,
    max,
    least: leastTold,
    accept: (root) => root !== number,
  });
  // Of two that are equally probable the one at home comes first.
  return [...here, ...earlierElsewhere(issue, report, related, { max, least: leastTold })]
    .toSorted((a, b) => b.probability - a.probability)
    .slice(0, max);
}

/** Findings with the bars that people's verdicts have raised; what is a fact needs none. */
function raised(findings: readonly Finding[], { bars }: InUse): readonly Finding[] {
  return findings.map((finding) => {
    const page = finding.kind === 'duplicate' ? 'duplicate' : `${finding.kind}:${finding.id}`;
    const bar = finding.from === 'fact' ? undefined : bars.get(page);
    return bar === undefined ? finding : { ...finding, bar };
  });
}

/** The repository's own label, which only somebody with triage rights can set. */
const ownLabel = 'duplicate';

/** A person has just set the label, or had set it when we answered. */
function isLabelled(issue: Issue, { job }: Scene, memory: Memory): boolean {
  if (!issue.labels.some((label) => label.toLowerCase() === ownLabel)) return false;
  return String(job.data.label ?? '').toLowerCase() === ownLabel || memory.found.includes(labelledKey);
}

/** When a person says that it is a duplicate, half sure is sure enough to say of what. */
function trusting(config: Config): Config {
  return { ...config, duplicates: { ...config.duplicates, at: Math.min(config.duplicates.at, 0.5) } };
}

/** No event tells of a duplicate mark: it is read where an issue was closed as one, and ends when the issue is open again. */
async function followMark(issue: Issue, past: Past, { github, ports }: Scene): Promise<IssueRef | null> {
  const { closedAt, number, repository, state, stateReason, updatedAt } = issue;
  const linked = past.clusters.links.has(number);
  let markedAs: IssueRef | null = null;
  let event: LinkEvent | null =
    linked && state === 'open' ? { kind: 'reopened', number, at: updatedAt } : null;
  if (!linked && stateReason === 'duplicate') {
    const [thread] = await github.threads([issue]);
    const target = thread?.duplicateOf;
    markedAs = target ?? null;
    if (target?.repository.toLowerCase() === repository.toLowerCase()) {
      event = { kind: 'marked', number, of: target.number, at: closedAt ?? updatedAt };
    }
  }
  if (event !== null) await ports.pasts.follow(repository, past, event);
  return markedAs;
}

/** What the reporter wrote in comments since something was asked for; comments are read only then. */
async function repliesOf(
  issue: Issue,
  memory: Memory,
  comments: () => Promise<readonly Comment[]>,
): Promise<string> {
  if (!memory.found.some((key) => key.startsWith('missing:')) || issue.comments === 0) return '';
  const own = (await comments()).filter(({ author }) => author.login === issue.author.login);
  return own.map(({ body }) => body).join('\n\n');
}

/** Whether somebody with triage rights, other than the author, has said something. */
async function answeredByMaintainer(
  issue: Issue,
  comments: () => Promise<readonly Comment[]>,
  { github }: Scene,
): Promise<boolean> {
  if (issue.comments === 0) return false;
  const others = new Set(
    (await comments())
      .filter(({ author }) => !author.bot && author.login !== issue.author.login)
      .map(({ author }) => author.login),
  );
  for (const login of others) if (await hasRights(github, issue.repository, login)) return true;
  return false;
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => {
    reading ??= read();
    return reading;
  };
}
