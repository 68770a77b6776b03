import type { Comment, Issue } from '../model/issue.ts';
import type { Action, Plan } from '../model/plan.ts';
import { addMarker, readMarker } from './marker.ts';

/** The state of the issue on GitHub just before writing. */
export interface CurrentIssue {
  readonly labels: readonly string[];
  /** Our comment; null for none. */
  readonly comment: Pick<Comment, 'id' | 'body'> | null;
  readonly state: Issue['state'];
}

/** One call to GitHub. */
export type Step =
  | { readonly kind: 'create-comment'; readonly body: string; readonly because: string }
  | { readonly kind: 'edit-comment'; readonly id: number; readonly body: string; readonly because: string }
  | {
      readonly kind: 'add-labels' | 'restore-labels';
      readonly labels: readonly string[];
      readonly because: string;
    }
  | { readonly kind: 'remove-label'; readonly label: string; readonly because: string }
  | Extract<Action, { kind: 'react' | 'close' | 'reopen' }>;

/**
 * Computes the smallest set of calls that carries the plan out: nothing for what is true already, one call
 * for all missing labels, one for each label to remove. The comment comes before the labels that it explains.
 */
export function reconcile(plan: Plan, current: CurrentIssue, app: string): readonly Step[] {
  const present = new Set(current.labels.map((label) => label.toLowerCase()));
  const steps: Step[] = [];
  for (const action of plan.actions) {
    const { because } = action;
    switch (action.kind) {
      case 'comment':
        if (current.comment === null)
          steps.push({ kind: 'create-comment', body: addMarker(action.body, app), because });
        else if (differs(current.comment, action.body)) steps.push(edit(current.comment.id, action.body));
        break;
      case 'retract':
        if (current.comment !== null && differs(current.comment, action.body))
          steps.push(edit(current.comment.id, action.body));
        break;
      case 'add-labels':
      case 'restore-labels': {
        const labels = unique(action.labels).filter((label) => !present.has(label.toLowerCase()));
        if (labels.length > 0) steps.push({ kind: action.kind, labels, because });
        break;
      }
      case 'remove-labels':
        for (const label of unique(action.labels)) {
          if (present.has(label.toLowerCase())) steps.push({ kind: 'remove-label', label, because });
        }
        break;
      case 'react':
        steps.push(action);
        break;
      case 'close':
        if (current.state === 'open') steps.push(action);
        break;
      case 'reopen':
        if (current.state === 'closed') steps.push(action);
    }
    function edit(id: number, body: string): Step {
      return { kind: 'edit-comment', id, body: addMarker(body, app), because };
    }
  }
  return steps;
}

/** Finds our comment among those of an issue, in their order: the first one; null for none. */
export function findOwnComment(comments: readonly Comment[], app: string): Comment | null {
  return comments.find((comment) => isOwnComment(comment, app)) ?? null;
}

/** Whether our App wrote the comment, and the comment carries its marker. */
export function isOwnComment(comment: Comment, app: string): boolean {
  const author = comment.app === app || comment.author.login.toLowerCase() === `${app}[bot]`;
  return author && readMarker(comment.body)?.app === app;
}

function differs(comment: Pick<Comment, 'body'>, body: string): boolean {
  return readMarker(comment.body)?.body.trim() !== body.trim();
}

function unique(labels: readonly string[]): string[] {
  const seen = new Set<string>();
  return labels.filter((label) => seen.size < seen.add(label.toLowerCase()).size);
}
