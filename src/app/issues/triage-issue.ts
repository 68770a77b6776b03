import { type LabelModel, suggestLabels, trainLabels } from '../../classify/index.ts';
import { findingKey, guardKey, speakable, spokenFailure, tallyKey } from '../../decide/index.ts';
import { noticeDeeds, refusalsIn } from '../../learn/index.ts';
import type { Issue } from '../../model/issue.ts';
import { freshMemory, type Memory } from '../../model/memory.ts';
import type { Plan } from '../../model/plan.ts';
import type { Tallied } from '../../model/tally.ts';
import type { LabelEvent } from '../../ports/github.ts';
import { brakeIn } from '../../repository/brake.ts';
import { readShelf } from '../../repository/model-versions.ts';
import { noteRoots } from '../../repository/state.ts';
import { carryOut, triage } from '../../triage/triage.ts';
import type { Scene } from '../context.ts';
import { relatedPasts } from '../history/related-access.ts';
import { group } from '../history/unknown-failures.ts';
import { sendBrakeJob } from '../jobs.ts';
import { recover } from '../writes/recover.ts';
import { answeredByMaintainer, once, repliesOf } from './comments.ts';
import { earlierReports, followMark, ownLabel, raised, trusting } from './earlier-reports.ts';
import { readTally, recount } from './report-count.ts';
import { guard } from './restore-labels.ts';
import { watch } from './schedule-poll.ts';
import { hearFor } from './training-sample.ts';
import { inherited, settled } from './transfer.ts';

const hour = 3_600_000;
/** How it is remembered that the comment answers a label. */
const labelledKey = 'label:duplicate';

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
  await clock.yield();
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
        brakeIn(store, repository),
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
  await clock.yield();
  await ports.pasts.remember(issue, past, secrets.length === 0 ? report : null);
  await clock.yield();
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

const coldModels = new WeakMap<readonly string[], LabelModel>();

/** Before a repository's history has taught anything, facts are followed by the names of its labels. */
function coldLabels(labels: readonly string[]): LabelModel {
  const model = coldModels.get(labels) ?? trainLabels([], { labels });
  coldModels.set(labels, model);
  return model;
}

/** A person has just set the label, or had set it when we answered. */
function isLabelled(issue: Issue, { job }: Scene, memory: Memory): boolean {
  if (!issue.labels.some((label) => label.toLowerCase() === ownLabel)) return false;
  return String(job.data.label ?? '').toLowerCase() === ownLabel || memory.found.includes(labelledKey);
}
