import type { IssueState } from '../model/issue-state.ts';
import type { Call } from '../model/ledger.ts';
import type { Clock } from '../ports/clock.ts';
import type { GitHub } from '../ports/github.ts';
import { GitHubError } from '../ports/github-error.ts';
import type { Store } from '../ports/store.ts';
import type { Step } from './reconcile.ts';

/** Milliseconds until the reactions to a new comment are read. */
const firstPollDelay = 3_600_000;

export interface ApplyPorts {
  readonly github: Pick<
    GitHub,
    'createComment' | 'editComment' | 'addLabels' | 'removeLabel' | 'closeAsDuplicate' | 'reopen' | 'react'
  >;
  readonly store: Pick<Store, 'intend' | 'putIssueState' | 'settle'>;
  readonly clock: Pick<Clock, 'now'>;
}

export interface ApplyResult {
  readonly calls: readonly Call[];
  readonly state: IssueState;
  /** One line for each call that GitHub refused: logged and written to the ledger, not tried again. */
  readonly refused: readonly string[];
}

/**
 * Performs the steps in order. Records each as an intent before the call and settles it after its result is
 * stored, so that after a crash or a lost answer the next try compares with GitHub first. Rejects with the
 * `GitHubError` of a call that may succeed later, or may have succeeded.
 */
export async function apply(
  steps: readonly Step[],
  state: IssueState,
  ports: ApplyPorts,
): Promise<ApplyResult> {
  const calls: Call[] = [];
  const refused: string[] = [];
  let current = state;
  for (const step of steps) {
    const { repository, number } = state;
    const intent = await ports.store.intend({
      repository,
      number,
      kind: step.kind,
      key: intentKey(step),
      at: ports.clock.now(),
    });
    try {
      const { status, state: next } = await perform(step, current, ports);
      current = next;
      calls.push({ route: routes[step.kind], status });
      await ports.store.putIssueState(current);
    } catch (error) {
      // A failed call had no effect; after a lost answer (`unknown`) the intent stays open.
      if (!(error instanceof GitHubError) || error.failure === 'unknown') throw error;
      await ports.store.settle(intent);
      if (error.failure !== 'refused') throw error;
      calls.push({ route: routes[step.kind], status: error.status ?? 0 });
      refused.push(error.message);
      // No label without the comment that explains it.
      if (step.kind === 'create-comment' || step.kind === 'edit-comment') break;
      continue;
    }
    await ports.store.settle(intent);
  }
  return { calls, state: current, refused };
}

const routes: Readonly<Record<Step['kind'], string>> = {
  'create-comment': 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'edit-comment': 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'add-labels': 'POST /repos/{owner}/{repo}/issues/{issue_number}/labels',
  'restore-labels': 'POST /repos/{owner}/{repo}/issues/{issue_number}/labels',
  'remove-label': 'DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}',
  react: 'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions',
  close: 'PATCH /repos/{owner}/{repo}/issues/{issue_number}',
  reopen: 'PATCH /repos/{owner}/{repo}/issues/{issue_number}',
};

/** Distinguishes a write from others of its kind on the issue. */
function intentKey(step: Step): string {
  switch (step.kind) {
    case 'add-labels':
    case 'restore-labels':
      return step.labels.join('\n');
    case 'remove-label':
      return step.label;
    case 'react':
      return `${step.comment} ${step.content}`;
    default:
      return '';
  }
}

async function perform(
  step: Step,
  state: IssueState,
  { github, clock }: ApplyPorts,
): Promise<{ status: number; state: IssueState }> {
  const { repository, number } = state;
  switch (step.kind) {
    case 'create-comment': {
      const { id, node } = await github.createComment(repository, number, step.body);
      const at = clock.now();
      const comment = { id, at, ...(node === undefined ? {} : { node }) };
      return { status: 201, state: { ...state, comment, poll: { ...state.poll, due: at + firstPollDelay } } };
    }
    case 'edit-comment': {
      const edited = await github.editComment(repository, step.id, step.body);
      // A person deleted it.
      if (edited === null) return { status: 404, state: afterCommentDeleted(state) };
      return {
        status: 200,
        state: { ...state, comment: state.comment ?? { id: step.id, at: clock.now() } },
      };
    }
    case 'add-labels':
      await github.addLabels(repository, number, step.labels);
      return { status: 200, state: withAdded(state, [...new Set([...state.labels.added, ...step.labels])]) };
    case 'restore-labels':
      await github.addLabels(repository, number, step.labels);
      return { status: 200, state };
    case 'remove-label':
      await github.removeLabel(repository, number, step.label);
      return {
        status: 200,
        state: withAdded(
          state,
          state.labels.added.filter((label) => label !== step.label),
        ),
      };
    case 'react':
      await github.react(repository, step.comment, step.content);
      return { status: 201, state };
    case 'close':
      await github.closeAsDuplicate(repository, number, step.id);
      return {
        status: 200,
        state: {
          ...state,
          status: 'closed',
          close: { ...state.close, done: { at: clock.now(), of: step.of }, announced: null },
        },
      };
    case 'reopen':
      await github.reopen(repository, number);
      return {
        status: 200,
        state: {
          ...state,
          status: 'open',
          closedAt: null,
          close: { ...state.close, done: null, vetoed: true },
        },
      };
  }
}

function withAdded(state: IssueState, added: readonly string[]): IssueState {
  return { ...state, labels: { ...state.labels, added } };
}

/** The state after a person deleted our comment: the issue is left alone from now on. */
export function afterCommentDeleted(state: IssueState): IssueState {
  return { ...state, comment: null, ignored: true };
}
