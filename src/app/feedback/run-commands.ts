import type { CurrentIssue } from '../../act/index.ts';
import {
  applyInstruction,
  type Command,
  type Instruction,
  interpretCommand,
  isPermitted,
  type Role,
  receivesHints,
  recordVerdict,
} from '../../learn/index.ts';
import type { Comment, Issue } from '../../model/issue.ts';
import { type IssueState, type Notice, newIssueState } from '../../model/issue-state.ts';
import { writeState } from '../../repository/state/entry.ts';
import { resumedAt } from '../../repository/state/repository-state.ts';
import type { JobContext } from '../context.ts';
import { triageIssue } from '../issues/triage-issue.ts';
import { newJob } from '../jobs.ts';
import { askerOf, whoIs } from '../permissions.ts';
import { applyActions, type WriteContext, writeContext } from '../writes/apply-actions.ts';

/** What came of the commands of one comment. */
interface Outcome {
  readonly state: IssueState;
  /** At least one was carried out. */
  readonly done: boolean;
  /** The issue has to be triaged again for comment and labels to follow. */
  readonly changed: boolean;
  readonly resumed: boolean;
  /** The last one that was not understood, or named what is not there. */
  readonly hint: Notice | null;
}

/** Who wrote the commands, on which issue, and on what account we write. */
interface CommandContext extends JobContext {
  readonly issue: Issue;
  readonly writing: WriteContext;
  readonly asker: Role;
  /** A short hash of the asker's login. */
  readonly who: string;
}

/**
 * Carries out the commands of a comment and answers: with a reaction, and by editing our one comment where words are
 * needed. A comment of which something was carried out is done with, whatever it is edited to afterwards; one that was
 * not understood may be mended. Doing it twice is doing it once, so a try that failed half-way is simply repeated.
 * Returns whether the issue was triaged.
 */
export async function runCommands(
  context: JobContext,
  number: number,
  comment: Comment,
  commands: readonly Command[],
): Promise<boolean> {
  const { github, services, row } = context;
  const { store } = services;
  const issue = await github.issue(row.repository, number);
  if (issue === null || issue.pullRequest || issue.author.bot) return false;
  const before = (await store.issueState(row.repository, number)) ?? newIssueState(issue);
  const { done: doneBefore, hinted: hintedBefore } = before.commands;
  if (doneBefore.includes(comment.id)) return false;

  const { login } = comment.author;
  const writing = await writeContext(context);
  const asker = await askerOf(login, issue.author.login, row.repository, github);
  const outcome = await runAll({ ...context, issue, writing, asker, who: whoIs(login) }, before, commands);
  const { done, hint, state } = outcome;
  // Whoever may not, or does not know how, is told so once; after that nothing is said any more.
  if (!done && hintedBefore.includes(login)) return false;
  const hints = hint !== null && receivesHints(asker) && !hintedBefore.includes(login);
  const hinted = done && hint === null ? hintedBefore : [...new Set([...hintedBefore, login])];
  const next = hints ? { ...state, notice: hint } : state;
  await store.putIssueState(next);
  const triages = outcome.changed || hints;
  const after = (triages ? await triageIssue(context, number, { state: next, asked: true }) : null) ?? next;
  const silent = writing.mode === 'observe' || (row.paused && !outcome.resumed);
  const answered = silent ? after : await react({ writing, issue }, comment, done, after);
  // Written last: until then a crash makes it run again, to the same effect.
  const finished = { done: done ? [...doneBefore, comment.id] : doneBefore, hinted };
  await store.putIssueState({ ...answered, commands: finished });
  return triages;
}

async function react(
  { issue, writing }: Pick<CommandContext, 'issue' | 'writing'>,
  comment: Comment,
  done: boolean,
  state: IssueState,
): Promise<IssueState> {
  const because = done ? 'a command was carried out' : 'a command was not carried out';
  const content = done ? '+1' : 'confused';
  const action = { kind: 'react', comment: comment.id, content, because } as const;
  return (await applyActions(writing, [action], currentOf(issue), state)).state;
}

async function runAll(
  context: CommandContext,
  before: IssueState,
  commands: readonly Command[],
): Promise<Outcome> {
  const { asker, github, issue, row, services, who } = context;
  const { knowledge } = await services.settings.of(row.repository, github);
  const signature = (name: string): string | null =>
    [...knowledge.signatures.values()].find(({ aliases, id }) => id === name || aliases.includes(name))?.id ??
    null;
  let outcome: Outcome = { state: before, done: false, changed: false, resumed: false, hint: null };
  for (const command of commands) {
    const order = interpretCommand(command, { repository: row.repository, number: issue.number, signature });
    if ('hint' in order) {
      outcome = { ...outcome, hint: order.hint };
      continue;
    }
    if (!isPermitted(order, asker)) continue;
    const at = services.clock.now();
    const judged = protests(order)
      ? recordVerdict(outcome.state, { by: asker, says: 'protests', signal: 'command', at, who })
      : outcome.state;
    outcome = await runOrder(context, order, outcome, applyInstruction(order, judged, asker));
  }
  return outcome;
}

/** Does what changes more than the state of the issue. */
async function runOrder(
  context: CommandContext,
  order: Instruction,
  before: Outcome,
  state: IssueState,
): Promise<Outcome> {
  const { github, issue, row, services, writing } = context;
  const done: Outcome = { ...before, state, done: true };
  switch (order.do) {
    case 'pause':
      await services.store.putRepository({ ...row, paused: true });
      return { ...done, resumed: false };
    case 'resume':
      await services.store.putRepository({ ...row, paused: false });
      await writeState(services.store, resumedAt, row.repository, services.clock.now());
      await services.send([newJob('publish-pause-issue', row, {})]);
      return { ...done, resumed: true };
    case 'reopen': {
      if (state.close.done === null) return before;
      const action = { kind: 'reopen', because: 'asked for with /signpost reopen' } as const;
      const { state: reopened } = await applyActions(writing, [action], currentOf(issue), state);
      return { ...done, state: reopened };
    }
    case 'duplicate': {
      const [thread] = await github.threads([order.of]);
      if (thread == null || thread.pullRequest) return { ...before, hint: 'duplicate' };
      return { ...done, changed: true };
    }
    default:
      return { ...done, changed: true };
  }
}

/** For writes that touch neither comment nor labels. */
function currentOf({ labels, state }: Issue): CurrentIssue {
  return { labels, comment: null, state };
}

/** Whether an order says that the claims in our comment are wrong. */
function protests(order: Instruction): boolean {
  return order.do === 'not-this' || order.do === 'not-duplicate' || order.do === 'ignore';
}
