import { type LabelModel, suggestLabels, trainLabels } from '../../classify/index.ts';
import {
  deadEndKey,
  findingKey,
  primaryFailure,
  publishableFindings,
  reportCountKey,
} from '../../decide/index.ts';
import { refusalsIn, verdictsFromEvents } from '../../learn/index.ts';
import type { CountedReport } from '../../model/counted-report.ts';
import type { Issue } from '../../model/issue.ts';
import { freshMemory, type Memory } from '../../model/memory.ts';
import type { Plan } from '../../model/plan.ts';
import type { LabelEvent } from '../../ports/github.ts';
import { circuitBreakerIn } from '../../repository/circuit-breaker.ts';
import { readRegistry } from '../../repository/model-registry.ts';
import { noteRoots } from '../../repository/state.ts';
import { carryOut, triage } from '../../triage/triage.ts';
import type { JobContext } from '../context.ts';
import { relatedHistories } from '../history/related-access.ts';
import { rememberUnknown } from '../history/unknown-failures.ts';
import { sendPauseIssueJob } from '../jobs.ts';
import { recover } from '../writes/recover.ts';
import { answeredByMaintainer, once, repliesOf } from './comments.ts';
import { earlierReports, followMark, ownLabel, raised, trusting } from './earlier-reports.ts';
import { readCountedReports, scheduleReportCount } from './report-count.ts';
import { repairOtherBots } from './restore-labels.ts';
import { schedulePoll } from './schedule-poll.ts';
import { trainingSampleFor } from './training-sample.ts';
import { memoryFromOldPlace, settleTransfer } from './transfer.ts';

const hour = 3_600_000;
/** How it is remembered that the comment answers a label. */
const labelledKey = 'label:duplicate';

interface TriageOptions {
  /** What is remembered, where it is newer than the store. */
  readonly memory?: Memory;
  /** A person asked for it with a command. */
  readonly asked?: boolean;
  /** The reports that point here were counted anew: only the comment follows. */
  readonly tally?: readonly CountedReport[];
}

/** Triage of the issue as it is now, from understanding to the ledger. */
export async function triageIssue(
  context: JobContext,
  number: number,
  { memory: remembered, asked = false, tally: reportCount }: TriageOptions = {},
): Promise<Memory | null> {
  const { github, job, services: ports, row } = context;
  const { clock, log, metrics, settings: repositories, slug, store } = ports;
  const { repository } = row;
  const readAt = clock.now();
  const issue = await github.issue(repository, number);
  if (issue === null) {
    await store.forgetIssue(repository, number);
    return null;
  }
  if (issue.pullRequest || issue.author.bot) return null;
  const settings = await repositories.of(repository, github);
  const comments = once(() => github.comments(repository, number));
  const labelEvents = (): Promise<readonly LabelEvent[]> => github.labelEvents(repository, number);
  const kept =
    remembered ?? (await store.memory(repository, number)) ?? (await memoryFromOldPlace(job, issue, store));
  const before = await settleTransfer(kept ?? freshMemory(issue), issue, comments, slug);
  const [history, registry] = await Promise.all([
    ports.histories.of(repository, github),
    readRegistry(store, repository),
  ]);
  const markedAs = await followMark(issue, history, context);
  const noticed = verdictsFromEvents(
    await recover(before, issue, { comments, labelEvents }, ports),
    issue,
    markedAs,
  );
  const guarded = await repairOtherBots(context, issue, noticed, settings.config, labelEvents);
  // An edit is news: what was announced before it is announced anew.
  const memory = job.data.action === 'edited' ? { ...guarded, closing: null } : guarded;
  const labelled = isLabelled(issue, context, memory);
  const started = clock.now();
  const learned = await ports.models.of(
    repository,
    registry,
    settings.knowledge.signatures,
    history.duplicates,
  );
  const related = await relatedHistories(context, settings.config);
  const counted = reportCount ?? readCountedReports(before.notes.tally);
  await clock.yield();
  const {
    findings,
    plan: whole,
    report,
    root,
    roots,
    secrets,
  } = await triage(issue, {
    ...settings,
    ...settings.knowledge,
    recognise: (read) => raised(settings.knowledge.recognise(read, learned.adjustments), learned),
    ...(labelled ? { config: trusting(settings.config) } : {}),
    labelled,
    reportCount: counted,
    earlier: (opened, read) => {
      const model = learned.links ?? history.duplicates;
      const found = earlierReports(opened, read, history, related, settings.config, model);
      // A person who says that it is a duplicate lowers the bar again.
      return labelled ? found : raised(found, learned);
    },
    suggest: (read) =>
      suggestLabels(read, history.labels ?? coldLabels(settings.labels), settings.config.labels.at),
    replies: await repliesOf(issue, memory, comments),
    repositoryLabels: settings.labels,
    memory,
    installedAt: row.installedAt,
    paused: row.paused,
    asked,
    foundAt: job.createdAt,
    now: started,
    github,
    async surroundings() {
      const [answered, recentComments, breaker] = await Promise.all([
        answeredByMaintainer(issue, comments, context),
        store.commentsSince(repository, started - hour),
        circuitBreakerIn(store, repository),
      ]);
      return { answered, recentComments, breaker };
    },
  });
  metrics.triaged(
    findings.map(({ kind }) => kind),
    clock.now() - started,
  );

  const said = publishableFindings(findings, settings.config, memory).filter(({ kind }) => kind !== 'label');
  const plan = reportCount === undefined ? whole : commentOnly(whole);
  const speaks = plan.actions.some(({ kind }) => kind === 'comment');
  const spoken = plan.ledgerOnly === true ? [] : said.map(findingKey);
  const found = speaks
    ? [
        ...spoken,
        ...(labelled ? [labelledKey] : []),
        ...(counted.length > 0 ? [reportCountKey] : []),
        ...(memory.deadEnd != null ? [deadEndKey] : []),
      ]
    : memory.found;
  const sends = speaks
    ? { root: plan.ledgerOnly === true ? null : root, ledgerOnly: plan.ledgerOnly === true }
    : plan.actions.some(({ kind }) => kind === 'retract')
      ? { root: null }
      : {};
  await clock.yield();
  await ports.histories.addIssue(issue, history, secrets.length === 0 ? report : null);
  await clock.yield();
  const facts = Object.fromEntries(report.facts.map(({ kind, value }) => [kind, value]).toReversed());
  const closing = plan.closing ?? null;
  const sample = await trainingSampleFor(issue, plan, memory, settings);
  const notes =
    counted.length > 0 || 'tally' in memory.notes ? { ...memory.notes, tally: counted } : memory.notes;
  const seen = { state: issue.state, closedAt: issue.closedAt, found, facts, closing, notes };
  const next = { ...memory, ...seen, ...sample, ...sends };
  // Together, for one transaction.
  await Promise.all([
    primaryFailure(said) === undefined ? rememberUnknown(issue, report, history, store) : null,
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
  const { mode } = settings.config;
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
  return tellRefusals(context, await scheduleReportCount(context, await schedulePoll(context, after)));
}

/** A refusal that was not told of yet may be the one that brakes. */
async function tellRefusals(context: JobContext, memory: Memory): Promise<Memory> {
  const refusals = refusalsIn(memory);
  if (refusals <= Number(memory.notes.refusals ?? 0)) return memory;
  const next = { ...memory, notes: { ...memory.notes, refusals } };
  await context.services.store.putMemory(next);
  await sendPauseIssueJob(context);
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
function isLabelled(issue: Issue, { job }: JobContext, memory: Memory): boolean {
  if (!issue.labels.some((label) => label.toLowerCase() === ownLabel)) return false;
  return String(job.data.label ?? '').toLowerCase() === ownLabel || memory.found.includes(labelledKey);
}
