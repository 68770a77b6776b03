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
import { freshMemory, type Memory, type Notice } from '../../model/memory.ts';
import { resumedKey } from '../../repository/state.ts';
import type { JobContext } from '../context.ts';
import { triageIssue } from '../issues/triage-issue.ts';
import { sendPauseIssueJob } from '../jobs.ts';
import { askerOf, whoIs } from '../permissions.ts';
import { applyActions, type WriteContext, writeContext } from '../writes/apply-actions.ts';

/** What came of the commands of one comment. */
interface Outcome {
  readonly memory: Memory;
  /** At least one was carried out. */
  readonly done: boolean;
  /** The issue has to be looked at again for comment and labels to follow. */
  readonly changed: boolean;
  readonly resumed: boolean;
  /** The last one that was not understood, or named what is not there. */
  readonly hint: Notice | null;
}

/**
 * Carries out the commands of a comment and answers: with a reaction, and by editing our one comment where words are
 * needed. A comment of which something was carried out is done with, whatever it is edited to afterwards; one that was
 * not understood may be mended. Doing it twice is doing it once, so a try that failed half-way is simply repeated.
 */
export async function runCommands(
  context: JobContext,
  number: number,
  comment: Comment,
  commands: readonly Command[],
): Promise<void> {
  const { github, services: ports, row } = context;
  const { store } = ports;
  const issue = await github.issue(row.repository, number);
  if (issue === null || issue.pullRequest || issue.author.bot) return;
  const before = (await store.memory(row.repository, number)) ?? freshMemory(issue);
  const heard = list(before.notes.heard);
  if (heard.includes(comment.id)) return;

  const { login } = comment.author;
  const writing = await writeContext(context);
  const asker = await askerOf(login, issue.author.login, row.repository, github);
  const { changed, done, hint, memory, resumed } = await followAll(
    context,
    writing,
    issue,
    before,
    { asker, who: whoIs(login) },
    commands,
  );
  const told = list(before.notes.told);
  // Whoever may not, or does not know how, is told so once; after that nothing is said any more.
  if (!done && told.includes(login)) return;
  const hints = hint !== null && receivesHints(asker) && !told.includes(login);
  const notes = {
    ...memory.notes,
    heard: done ? [...heard, comment.id] : heard,
    told: done && hint === null ? told : [...new Set([...told, login])],
  };
  const next = { ...memory, notice: hints ? hint : (memory.notice ?? null) };
  await store.putMemory(next);
  const after =
    (changed || hints ? await triageIssue(context, number, { memory: next, asked: true }) : null) ?? next;
  const silent = writing.mode === 'observe' || (row.paused && !resumed);
  const content = done ? '+1' : 'confused';
  const because = done ? 'a command was carried out' : 'a command was not carried out';
  const answered = silent
    ? after
    : (
        await applyActions(
          writing,
          [{ kind: 'react', comment: comment.id, content, because }],
          at(issue),
          after,
        )
      ).memory;
  // Remembered last: until then a crash makes it run again, to the same effect.
  await store.putMemory({ ...answered, notes });
}

async function followAll(
  context: JobContext,
  writing: WriteContext,
  issue: Issue,
  before: Memory,
  { asker, who }: { readonly asker: Role; readonly who: string },
  commands: readonly Command[],
): Promise<Outcome> {
  const { github, services: ports, row } = context;
  const { knowledge } = await ports.settings.of(row.repository, github);
  const signature = (name: string): string | null =>
    [...knowledge.signatures.values()].find(({ aliases, id }) => id === name || aliases.includes(name))?.id ??
    null;
  let outcome: Outcome = { memory: before, done: false, changed: false, resumed: false, hint: null };
  for (const command of commands) {
    const order = interpretCommand(command, { repository: row.repository, number: issue.number, signature });
    if ('hint' in order) {
      outcome = { ...outcome, hint: order.hint };
      continue;
    }
    if (!isPermitted(order, asker)) continue;
    const says = verdictOf(order);
    const signal = { by: asker, signal: 'command', at: ports.clock.now(), who } as const;
    const judged = says === null ? outcome.memory : recordVerdict(outcome.memory, { ...signal, says });
    const memory = applyInstruction(order, judged, asker);
    const done = { ...outcome, memory, done: true };
    switch (order.do) {
      case 'pause':
      case 'resume':
        await ports.store.putRepository({ ...row, paused: order.do === 'pause' });
        if (order.do === 'resume') await ports.store.put(resumedKey(row.repository), ports.clock.now());
        if (order.do === 'resume') await sendPauseIssueJob(context);
        outcome = { ...done, resumed: order.do === 'resume' };
        break;
      case 'reopen': {
        if (memory.closed == null) break;
        const because = 'asked for with /signpost reopen';
        outcome = {
          ...done,
          memory: (await applyActions(writing, [{ kind: 'reopen', because }], at(issue), memory)).memory,
        };
        break;
      }
      case 'duplicate': {
        const [thread] = await github.threads([order.of]);
        if (thread == null || thread.pullRequest) outcome = { ...outcome, hint: 'duplicate' };
        else outcome = { ...done, changed: true };
        break;
      }
      default:
        outcome = { ...done, changed: true };
    }
  }
  return outcome;
}

/** For writes that touch neither comment nor labels. */
function at({ labels, state }: Issue): { labels: readonly string[]; comment: null; state: Issue['state'] } {
  return { labels, comment: null, state };
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** What an order says of the claims that stand in our comment. */
function verdictOf(order: Instruction): 'agrees' | 'protests' | null {
  switch (order.do) {
    case 'not-this':
    case 'not-duplicate':
    case 'ignore':
      return 'protests';
    default:
      return null;
  }
}
