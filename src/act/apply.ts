import type { Call } from '../model/ledger.ts';
import type { Memory } from '../model/memory.ts';
import type { Clock } from '../ports/clock.ts';
import type { GitHub } from '../ports/github.ts';
import { GitHubError } from '../ports/github-error.ts';
import type { Store } from '../ports/store.ts';
import type { Step } from './reconcile.ts';

/** Milliseconds until people's reactions to a fresh comment are read. */
const firstPoll = 3_600_000;

export interface Hands {
  readonly github: Pick<
    GitHub,
    | 'comment'
    | 'createComment'
    | 'editComment'
    | 'addLabels'
    | 'removeLabel'
    | 'closeAsDuplicate'
    | 'reopen'
    | 'react'
  >;
  readonly store: Pick<Store, 'intend' | 'putMemory' | 'settle'>;
  readonly clock: Pick<Clock, 'now'>;
}

export interface Applied {
  readonly calls: readonly Call[];
  readonly memory: Memory;
  /** What GitHub would not do, one line each: logged and written to the ledger, not tried again. */
  readonly refused: readonly string[];
}

/**
 * Makes the calls of a plan in order. Each is recorded as an intent before it is made and settled once its result is
 * remembered, so that after a crash, or an answer that never came, the next try looks at GitHub first.
 * Rejects with the `GitHubError` of a call that may work later (or may have worked).
 */
export async function apply(steps: readonly Step[], memory: Memory, hands: Hands): Promise<Applied> {
  const calls: Call[] = [];
  const refused: string[] = [];
  let now = memory;
  for (const step of steps) {
    const { repository, number } = memory;
    const intent = await hands.store.intend({
      repository,
      number,
      kind: step.kind,
      key: keyOf(step),
      at: hands.clock.now(),
    });
    try {
      const { status, memory: next } = await make(step, now, hands);
      now = next;
      calls.push({ route: routes[step.kind], status });
      await hands.store.putMemory(now);
    } catch (error) {
      // A refusal took no effect, whatever follows; after an unknown answer the intent stays open.
      if (!(error instanceof GitHubError) || error.failure === 'unknown') throw error;
      await hands.store.settle(intent);
      if (error.failure !== 'refused') throw error;
      calls.push({ route: routes[step.kind], status: error.status ?? 0 });
      refused.push(error.message);
      // No label without the comment that explains it.
      if (step.kind === 'create-comment' || step.kind === 'edit-comment') break;
      continue;
    }
    await hands.store.settle(intent);
  }
  return { calls, memory: now, refused };
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

/** What tells a write from another of its kind on the issue. */
function keyOf(step: Step): string {
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

async function make(
  step: Step,
  memory: Memory,
  { github, clock }: Hands,
): Promise<{ status: number; memory: Memory }> {
  const { repository, number } = memory;
  switch (step.kind) {
    case 'create-comment': {
      const { id, node } = await github.createComment(repository, number, step.body);
      const at = clock.now();
      const comment = { id, at, ...(node === undefined ? {} : { node }) };
      return { status: 201, memory: { ...memory, comment, due: at + firstPoll } };
    }
    case 'edit-comment': {
      const edited = await github.editComment(repository, step.id, step.body);
      // Gone: a person deleted it. What it said is not said again.
      if (edited === null) return { status: 404, memory: disowned(memory) };
      return {
        status: 200,
        memory: { ...memory, comment: memory.comment ?? { id: step.id, at: clock.now() } },
      };
    }
    case 'add-labels':
      await github.addLabels(repository, number, step.labels);
      return {
        status: 200,
        memory: { ...memory, ourLabels: [...new Set([...memory.ourLabels, ...step.labels])] },
      };
    case 'restore-labels':
      await github.addLabels(repository, number, step.labels);
      return { status: 200, memory };
    case 'remove-label':
      await github.removeLabel(repository, number, step.label);
      return {
        status: 200,
        memory: { ...memory, ourLabels: memory.ourLabels.filter((label) => label !== step.label) },
      };
    case 'react':
      await github.react(repository, step.comment, step.content);
      return { status: 201, memory };
    case 'close':
      await github.closeAsDuplicate(repository, number, step.id);
      return {
        status: 200,
        memory: { ...memory, state: 'closed', closed: { at: clock.now(), of: step.of }, closing: null },
      };
    case 'reopen':
      await github.reopen(repository, number);
      return {
        status: 200,
        memory: { ...memory, state: 'open', closedAt: null, closed: null, neverClose: true },
      };
  }
}

/** A person deleted our comment: there is nothing to edit any more, and the issue is left alone from now on. */
export function disowned(memory: Memory): Memory {
  return { ...memory, comment: null, ignored: true };
}
