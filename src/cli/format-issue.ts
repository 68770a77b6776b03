import { addMarker } from '../act/index.ts';
import type { Finding } from '../model/finding.ts';
import type { Issue } from '../model/issue.ts';
import type { Action, Plan } from '../model/plan.ts';

/** One issue as `explain --json` and the demo print it. */
export interface IssueView {
  readonly number: number;
  readonly title: string;
  readonly findings: readonly Finding[];
  readonly actions: readonly ActionView[];
  /** What was found and not acted on, one line each. */
  readonly withheld: readonly string[];
  /** The comment as it is, or would be, on GitHub. */
  readonly comment: string | null;
}

export interface ActionView {
  readonly kind: Action['kind'];
  readonly because: string;
  readonly labels?: readonly string[];
}

/** What `formatIssue` and `--json` show of an issue: a plan's actions without the words they would write. */
export function viewIssue(
  issue: Pick<Issue, 'number' | 'title'>,
  findings: readonly Finding[],
  plan: Plan,
  comment: string | null,
): IssueView {
  const actions = plan.actions.map((action): ActionView => {
    const { kind, because } = action;
    return 'labels' in action ? { kind, because, labels: action.labels } : { kind, because };
  });
  return { number: issue.number, title: issue.title, findings, actions, withheld: plan.withheld, comment };
}

/** The comment that a plan would leave behind. */
export function plannedComment(plan: Plan, app: string): string | null {
  const planned = plan.actions.find((action) => action.kind === 'comment' || action.kind === 'retract');
  return planned === undefined ? null : addMarker(planned.body, app);
}

/**
 * Formats for a terminal: what was found, what was done, why, and the comment. Control characters of others
 * are shown, not obeyed.
 */
export function formatIssue(issue: IssueView, verb: 'did' | 'would do'): string {
  const lines = [`#${issue.number} ${printable(issue.title)}`];
  if (issue.findings.length === 0) lines.push('  found     nothing known');
  for (const { kind, id, probability, from } of issue.findings) {
    lines.push(`  found     ${kind} ${printable(id)} (${Math.floor(probability * 100)} %, ${from})`);
  }
  if (issue.actions.length === 0) lines.push(`  ${verb.padEnd(8)}  nothing`);
  for (const { kind, labels, because } of issue.actions) {
    lines.push(
      `  ${verb.padEnd(8)}  ${kind}${labels ? ` ${labels.join(', ')}` : ''}`,
      `  because   ${printable(because)}`,
    );
  }
  for (const line of issue.withheld) lines.push(`  withheld  ${printable(line)}`);
  if (issue.comment !== null)
    lines.push('', ...issue.comment.split('\n').map((line) => `  │ ${printable(line)}`), '');
  return `${lines.join('\n')}\n`;
}

function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\u200b\u202a-\u202e\u2066-\u2069]/gu, (character) =>
    character === '\u200b' ? '' : '\ufffd',
  );
}
