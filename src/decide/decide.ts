import type { CountedReport } from '../model/counted-report.ts';
import type { Finding } from '../model/finding.ts';
import type { IssueState } from '../model/issue-state.ts';
import type { Action, Plan } from '../model/plan.ts';
import { because } from './because.ts';
import { closingOf } from './closing.ts';
import { footer, retraction } from './comment.ts';
import { deadEndKey, deadEndPart } from './dead-end.ts';
import { labels } from './labels.ts';
import { answersTo, type Part, partsOf } from './parts.ts';
import { preconditions } from './preconditions.ts';
import { reportCountKey, reportCountPart } from './report-count.ts';
import { findingKey, type Situation, speakable, threshold } from './situation.ts';

/**
 * Turns findings into the plan for one issue. Pure, and the same for the same situation: a plan that was carried
 * out plans nothing new. With `mode: observe` it says what it would have done in `withheld`.
 */
export function decide(situation: Situation): Plan {
  const { asked, breaker, config, findings, issue, state } = situation;
  const braked = (finding: Finding): boolean =>
    !asked && state?.comment == null && breaker.findings.has(findingKey(finding));
  const said = speakable(findings, config, state).filter((finding) => !braked(finding));
  const { all, posting } = preconditions(situation);
  const counted = countOf(situation);
  const guarding = deadEndPart(situation);
  const fresh = state?.comment == null;
  // What counts reports on a root, or speaks of another bot's close, speaks where the rails allow no first word of ours; then
  // the comment says nothing else.
  const ledgerOnly = fresh
    ? guarding !== null || (counted !== null && posting !== null)
    : (counted !== null || guarding !== null) && state.ledgerOnly === true;
  const quiet =
    counted === null
      ? posting !== null && (fresh || issue.state === 'closed')
      : issue.state === 'closed' || issue.locked;
  const silent = quiet && guarding === null;
  const restrained = state?.ledgerOnly === true || ledgerOnly;
  const closing = restrained ? null : closingOf(situation, said);
  const own = restrained ? answersTo(state) : partsOf(situation, said, closing);
  const parts = [...own, ...[counted, guarding].filter((part) => part !== null)];
  // A label that means nothing without its part of the comment is not set without it.
  const explained = silent && fresh ? [] : own;
  const actions = [...comment(situation, parts), ...labels(situation, said, explained)];
  const below = findings
    .filter((finding) => !said.includes(finding))
    .map((finding) => `not said: ${because(finding)} (${reason(finding, situation)})`);

  const held = (why: string, kept: readonly Action[]): string[] =>
    kept.map((action) => `${why}: would ${describe(action)}`);
  if (all !== null) return { actions: [], withheld: [...held(all, actions), ...below] };
  const kept = silent ? actions.filter(({ kind }) => kind === 'comment') : [];
  return {
    actions: actions.filter((action) => !kept.includes(action)),
    withheld: [...held(posting ?? '', kept), ...below],
    ...(closing === null || silent ? {} : { closing }),
    ...(ledgerOnly ? { ledgerOnly } : {}),
  };
}

function reason(finding: Finding, { breaker, config, state }: Situation): string {
  const braked = breaker.findings.get(findingKey(finding));
  if (braked !== undefined) return braked;
  if (state?.ignored === true) return 'this issue is to be left alone';
  if (state?.feedback.refused.includes(findingKey(finding)) === true) return 'refused by a person';
  if (finding.named === true) return 'the report names it itself';
  const raised = finding.threshold !== undefined && finding.threshold >= threshold(finding, config);
  return `below the bar of ${threshold(finding, config)}${raised ? ', which people\u2019s verdicts have set' : ''}`;
}

/**
 * The part that counts the reports pointed here: none where nobody asked for it, where a person took it away, or on a
 * thread that is closed or locked. That it stands on an issue that is older than the installation is what maintainers
 * have switched on.
 */
function countOf({ breaker, config, issue, state, recentComments, reportCount }: Situation): Part | null {
  if (!config.ledger.onRoot || reportCount == null || reportCount.length === 0) return null;
  if (state?.ignored === true || state?.feedback.refused.includes(reportCountKey) === true) return null;
  const fresh = state?.comment == null;
  if (issue.state === 'closed' || issue.locked) return fresh ? null : counting(reportCount);
  if (fresh && (breaker.all !== null || recentComments >= config.limits.commentsPerHour)) return null;
  return counting(reportCount);
}

function counting(reportCount: readonly CountedReport[]): Part {
  const why = `${reportCount.length} ${reportCount.length === 1 ? 'report points' : 'reports point'} here, and ledger.on-root is set`;
  return { text: reportCountPart(reportCount), why, labels: [] };
}

/** The comment that says all parts, or that takes back what stands there. */
function comment({ state }: Situation, parts: readonly Part[]): Action[] {
  if (parts.length === 0) return retract(state);
  const why = parts.map((part) => part.why);
  // Whoever asks for help on an issue that is left in peace is told both.
  const answersOnly = parts.length === 1 && state?.notice != null;
  const withdrawn = state?.ignored === true || (state?.feedback.refused.length ?? 0) > 0;
  const before = answersOnly && withdrawn ? [retraction(causeOf(state))] : [];
  const body = [...before, ...parts.map(({ text }) => text), ...(answersOnly ? [] : [footer(why)])].join(
    '\n\n',
  );
  return [{ kind: 'comment', body, because: why.join('; ') }];
}

function retract(state: IssueState | null): Action[] {
  if (state?.comment == null) return [];
  const cause = causeOf(state);
  const why = {
    ignored: 'told to leave this issue alone',
    refused: 'a person refused the finding',
    complete: 'nothing is missing any more',
    edited: 'the finding no longer holds',
    reopened: 'it is open again after another bot\u2019s close',
    uncounted: 'no report points here any more',
  }[cause];
  return [{ kind: 'retract', body: retraction(cause), because: why }];
}

function causeOf({
  findingKeys: found,
  ignored,
  feedback: { refused },
}: IssueState): Parameters<typeof retraction>[0] {
  if (ignored) return 'ignored';
  if (refused.length > 0) return 'refused';
  if (found.length > 0 && found.every((key) => key === reportCountKey || key === deadEndKey))
    return found.includes(deadEndKey) ? 'reopened' : 'uncounted';
  return found.length > 0 && found.every((key) => key.startsWith('missing:')) ? 'complete' : 'edited';
}

function describe(action: Action): string {
  switch (action.kind) {
    case 'comment':
      return `comment, because ${action.because}`;
    case 'retract':
      return `take the comment back, because ${action.because}`;
    case 'add-labels':
      return `add ${action.labels.join(', ')}, because ${action.because}`;
    case 'remove-labels':
      return `remove ${action.labels.join(', ')}, because ${action.because}`;
    case 'restore-labels':
    case 'react':
    case 'close':
    case 'reopen':
      return `${action.kind}, because ${action.because}`;
  }
}
