import type { ApplyResult } from '../../act/index.ts';
import {
  deadEndKey,
  findingKey,
  primaryFailure,
  publishableFindings,
  reportCountKey,
} from '../../decide/index.ts';
import { refusalsIn } from '../../learn/index.ts';
import type { IssueState } from '../../model/issue-state.ts';
import type { Report } from '../../model/report.ts';
import { saveOpenRoots } from '../../repository/open-roots.ts';
import type { Triage } from '../../triage/triage.ts';
import type { TriageInput } from '../../triage/triage-input.ts';
import type { JobContext } from '../context.ts';
import { rememberUnknown } from '../history/unknown-failures.ts';
import { newJob } from '../jobs.ts';
import { duplicateLabelKey } from './prepare-input.ts';
import type { IssueReading } from './read-issue.ts';
import { scheduleReportCount } from './report-count.ts';
import { schedulePoll } from './schedule-poll.ts';
import { trainingSampleFor } from './training-sample.ts';

/** Stores what was found and decided before anything is written to GitHub; returns the state of the issue. */
export async function saveDecision(
  { services: { store } }: JobContext,
  { history, issue, settings, state }: IssueReading,
  input: TriageInput,
  { findings, plan, report, root, roots }: Triage,
): Promise<IssueState> {
  const said = publishableFindings(findings, settings.config, state).filter(({ kind }) => kind !== 'label');
  const next: IssueState = {
    ...state,
    status: issue.state,
    closedAt: issue.closedAt,
    facts: factsOf(report),
    ...saidInComment(state, input, { plan, root }, said.map(findingKey)),
    close: { ...state.close, announced: plan.closing ?? null },
    reportCount: { ...state.reportCount, shown: shownCount(state, input) },
    trainingSample: await trainingSampleFor(issue, plan, state, settings),
  };
  // Together, for one transaction.
  await Promise.all([
    primaryFailure(said) === undefined ? rememberUnknown(issue, report, history, store) : null,
    saveOpenRoots(issue.repository, said, roots, store),
    store.putIssueState(next),
  ]);
  return next;
}

/** Diagnostics by their kind; the first of each counts. */
export function factsOf({ facts }: Report): IssueState['facts'] {
  return Object.fromEntries(facts.map(({ kind, value }) => [kind, value]).toReversed());
}

/** What the comment says once the plan is carried out. */
function saidInComment(
  state: IssueState,
  { labelled, reportCount }: TriageInput,
  { plan, root }: Pick<Triage, 'plan' | 'root'>,
  said: readonly string[],
): Pick<IssueState, 'findingKeys' | 'ledgerOnly' | 'root'> {
  const { findingKeys, ledgerOnly } = state;
  if (plan.actions.some(({ kind }) => kind === 'comment')) {
    const countsOnly = plan.ledgerOnly === true;
    return {
      findingKeys: [
        ...(countsOnly ? [] : said),
        ...(labelled ? [duplicateLabelKey] : []),
        ...(reportCount.length > 0 ? [reportCountKey] : []),
        ...(state.deadEnd !== null ? [deadEndKey] : []),
      ],
      ledgerOnly: countsOnly,
      root: countsOnly ? null : root,
    };
  }
  const retracts = plan.actions.some(({ kind }) => kind === 'retract');
  return { findingKeys, ledgerOnly, root: retracts ? null : state.root };
}

function shownCount(
  { reportCount: before }: IssueState,
  { reportCount }: TriageInput,
): IssueState['reportCount']['shown'] {
  return reportCount.length > 0 || before.shown !== null ? reportCount : null;
}

/** Writes to ledger, metrics and log what was found, decided and done. */
export async function recordTriage(
  { job, row, services: { log, metrics, store } }: JobContext,
  { issue, readAt, settings }: IssueReading,
  { findings, plan }: Pick<Triage, 'findings' | 'plan'>,
  { calls, refused }: ApplyResult,
): Promise<void> {
  const { repository } = row;
  const { number } = issue;
  for (const { route } of calls) metrics.acted(route);
  for (const why of refused) log.warn({ repository, issue: number, why }, 'GitHub refused a write');
  await store.record({
    at: readAt,
    repository,
    number,
    cause: job.id,
    mode: settings.config.mode,
    findings,
    plan: { ...plan, withheld: [...plan.withheld, ...refused.map((why) => `GitHub refused: ${why}`)] },
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
}

/** Schedules what follows from the new state, and stores what was scheduled. */
export async function scheduleFollowUps(context: JobContext, state: IssueState): Promise<IssueState> {
  const polled = await schedulePoll(context, state);
  const counted = await scheduleReportCount(context, polled);
  const next = await scheduleBreakerCheck(context, counted);
  if (next !== state) await context.services.store.putIssueState(next);
  return next;
}

/** A refusal that was not checked yet may be the one that opens the circuit breaker. */
async function scheduleBreakerCheck(context: JobContext, state: IssueState): Promise<IssueState> {
  const refusals = refusalsIn(state);
  if (refusals <= state.feedback.refusalsChecked) return state;
  await context.services.send([newJob('publish-pause-issue', context.row, {})]);
  return { ...state, feedback: { ...state.feedback, refusalsChecked: refusals } };
}
