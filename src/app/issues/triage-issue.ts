import type { CountedReport } from '../../model/counted-report.ts';
import type { IssueState } from '../../model/issue-state.ts';
import type { Plan } from '../../model/plan.ts';
import { applyPlan } from '../../triage/apply-plan.ts';
import { triage } from '../../triage/triage.ts';
import type { JobContext } from '../context.ts';
import { prepareInput } from './prepare-input.ts';
import { readIssue } from './read-issue.ts';
import { recordTriage, saveDecision, scheduleFollowUps } from './record-triage.ts';

interface TriageOptions {
  /** The state of the issue, where it is newer than the store's. */
  readonly state?: IssueState;
  /** A person asked for it with a command. */
  readonly asked?: boolean;
  /** The reports that point here were counted anew: only the comment follows. */
  readonly reportCount?: readonly CountedReport[];
}

/** Triages the issue as it is now: reads it, decides, writes to GitHub, and keeps what came of it. Null: nothing to triage. */
export async function triageIssue(
  context: JobContext,
  number: number,
  options: TriageOptions = {},
): Promise<IssueState | null> {
  const { github, services } = context;
  const { clock, histories, metrics, slug, store } = services;
  const reading = await readIssue(context, number, options.state ?? null);
  if (reading === null) return null;
  const { comments, history, issue } = reading;

  const input = await prepareInput(context, reading, options);
  await clock.yield();
  const triaged = await triage(issue, input);
  const kinds = triaged.findings.map(({ kind }) => kind);
  metrics.triaged(kinds, clock.now() - input.now);
  await clock.yield();
  await histories.addIssue(issue, history, triaged.secrets.length === 0 ? triaged.report : null);
  await clock.yield();

  const plan = options.reportCount === undefined ? triaged.plan : commentOnly(triaged.plan);
  const decision = { ...triaged, plan };
  const state = await saveDecision(context, reading, input, decision);
  const applied = await applyPlan(issue, plan, state, slug, comments, { github, store, clock });
  await recordTriage(context, reading, decision, applied);
  return scheduleFollowUps(context, applied.state);
}

/** What a new count leads to: words, and nothing else. */
function commentOnly(plan: Plan): Plan {
  return { ...plan, actions: plan.actions.filter(({ kind }) => kind === 'comment' || kind === 'retract') };
}
