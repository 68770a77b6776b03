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

export function view(
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
  const said = plan.actions.find((action) => action.kind === 'comment' || action.kind === 'retract');
  return said === undefined ? null : addMarker(said.body, app);
}

/** For a terminal: what was found, what was done, why, and the comment. Control characters of others are shown, not obeyed. */
export function print(issue: IssueView, verb: 'did' | 'would do'): string {
  const lines = [`#${issue.number} ${plain(issue.title)}`];
  if (issue.findings.length === 0) lines.push('  found     nothing known');
  for (const { kind, id, probability, from } of issue.findings) {
    lines.push(`  found     ${kind} ${plain(id)} (${Math.floor(probability * 100)} %, ${from})`);
  }
  if (issue.actions.length === 0)
    lines.push(`  ${verb === 'did' ? 'did' : 'would do'}  nothing`.replace('did  ', 'did       '));
  for (const { kind, labels, because } of issue.actions) {
    lines.push(
      `  ${verb.padEnd(8)}  ${kind}${labels ? ` ${labels.join(', ')}` : ''}`,
      `  because   ${plain(because)}`,
    );
  }
  for (const line of issue.withheld) lines.push(`  withheld  ${plain(line)}`);
  if (issue.comment !== null)
    lines.push('', ...issue.comment.split('\n').map((line) => `  │ ${plain(line)}`), '');
  return `${lines.join('\n')}\n`;
}

function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\u200b\u202a-\u202e\u2066-\u2069]/gu, (character) =>
    character === '\u200b' ? '' : '\ufffd',
  );
}
