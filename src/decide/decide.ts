import type { Finding } from '../model/finding.ts';
import type { IssueState } from '../model/issue-state.ts';
import type { Action, Plan } from '../model/plan.ts';
import { because } from './because.ts';
import { closingOf } from './closing.ts';
import { footer, retraction } from './comment.ts';
import { deadEndKey, deadEndPart } from './dead-end.ts';
import { labels } from './labels.ts';
import { type CommentPart, commentParts, noticeParts } from './parts.ts';
import { preconditions } from './preconditions.ts';
import { reportCountKey, reportCountPart } from './report-count.ts';
import { findingKey, publishableFindings, type Situation, threshold } from './situation.ts';

/**
 * Turns findings into the plan for one issue. Pure and idempotent: after a plan is carried out, the next one
 * has no actions. With `mode: observe` the plan lists in `withheld` what it would have done.
 */
export function decide(situation: Situation): Plan {
  const { asked, breaker, config, findings, issue, state } = situation;
  const isBlocked = (finding: Finding): boolean =>
    !asked && state?.comment == null && breaker.findings.has(findingKey(finding));
  const publishable = publishableFindings(findings, config, state).filter((finding) => !isBlocked(finding));
  const { all, posting } = preconditions(situation);
  const count = countPart(situation);
  const deadEnd = deadEndPart(situation);
  const isFirst = state?.comment == null;
  // The count on a root and the answer to another bot's close are posted where the preconditions forbid a
  // first
  // comment; the comment then holds nothing else.
  const ledgerOnly = isFirst
    ? deadEnd !== null || (count !== null && posting !== null)
    : (count !== null || deadEnd !== null) && state.ledgerOnly === true;
  const isQuiet =
    count === null
      ? posting !== null && (isFirst || issue.state === 'closed')
      : issue.state === 'closed' || issue.locked;
  const isSilent = isQuiet && deadEnd === null;
  const isLedgerOnly = state?.ledgerOnly === true || ledgerOnly;
  const closing = isLedgerOnly ? null : closingOf(situation, publishable);
  const findingParts = isLedgerOnly ? noticeParts(state) : commentParts(situation, publishable, closing);
  const parts = [...findingParts, ...[count, deadEnd].filter((part) => part !== null)];
  // Some labels mean nothing without their part of the comment.
  const explained = isSilent && isFirst ? [] : findingParts;
  const actions = [...comment(situation, parts), ...labels(situation, publishable, explained)];
  const unpublished = findings
    .filter((finding) => !publishable.includes(finding))
    .map((finding) => `not said: ${because(finding)} (${reason(finding, situation)})`);

  const wouldDo = (why: string, withheld: readonly Action[]): string[] =>
    withheld.map((action) => `${why}: would ${describe(action)}`);
  if (all !== null) return { actions: [], withheld: [...wouldDo(all, actions), ...unpublished] };
  const suppressed = isSilent ? actions.filter(({ kind }) => kind === 'comment') : [];
  return {
    actions: actions.filter((action) => !suppressed.includes(action)),
    withheld: [...wouldDo(posting ?? '', suppressed), ...unpublished],
    ...(closing === null || isSilent ? {} : { closing }),
    ...(ledgerOnly ? { ledgerOnly } : {}),
  };
}

/** Why a finding is not published. */
function reason(finding: Finding, { breaker, config, state }: Situation): string {
  const blocked = breaker.findings.get(findingKey(finding));
  if (blocked !== undefined) return blocked;
  if (state?.ignored === true) return 'this issue is to be left alone';
  if (state?.feedback.refused.includes(findingKey(finding)) === true) return 'refused by a person';
  if (finding.named === true) return 'the report names it itself';
  const isRaised = finding.threshold !== undefined && finding.threshold >= threshold(finding, config);
  return (
    'below the bar of ' +
    `${threshold(finding, config)}${isRaised ? ', which people\u2019s verdicts have set' : ''}`
  );
}

/**
 * The part that counts the reports pointed to this thread. Null where maintainers did not switch it on, where
 * a person removed it, and on a thread that is closed or locked.
 */
function countPart({
  breaker,
  config,
  issue,
  state,
  recentComments,
  reportCount,
}: Situation): CommentPart | null {
  if (!config.ledger.onRoot || reportCount == null || reportCount.length === 0) return null;
  if (state?.ignored === true || state?.feedback.refused.includes(reportCountKey) === true) return null;
  if (state?.comment == null) {
    if (issue.state === 'closed' || issue.locked) return null;
    if (breaker.all !== null || recentComments >= config.limits.commentsPerHour) return null;
  }
  const verb = reportCount.length === 1 ? 'report points' : 'reports point';
  const why = `${reportCount.length} ${verb} here, and ledger.on-root is set`;
  return { text: reportCountPart(reportCount), why, labels: [] };
}

/** The comment with all parts; without any, the retraction of the one that stands. */
function comment({ state }: Situation, parts: readonly CommentPart[]): Action[] {
  if (parts.length === 0) return retract(state);
  const why = parts.map((part) => part.why);
  // An answer to a command does not hide that everything else was taken back.
  const answersOnly = parts.length === 1 && state?.notice != null;
  const withdrawn = state?.ignored === true || (state?.feedback.refused.length ?? 0) > 0;
  const before = answersOnly && withdrawn ? [retraction(retractionCause(state))] : [];
  const body = [...before, ...parts.map(({ text }) => text), ...(answersOnly ? [] : [footer(why)])].join(
    '\n\n',
  );
  return [{ kind: 'comment', body, because: why.join('; ') }];
}

function retract(state: IssueState | null): Action[] {
  if (state?.comment == null) return [];
  const cause = retractionCause(state);
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

function retractionCause({
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
