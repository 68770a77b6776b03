import { home } from '../app/run-app.ts';
import type { TestClock } from '../clock.ts';
import type { Double } from '../double/double.ts';
import { type Issue, isIssue, type Repository } from '../double/state.ts';
import { Refusal } from '../double/world.ts';
import { protests as aloud, commands, labels, people, replies, type Step, texts } from './steps.ts';

export const elsewhere = 'acme/tool';
const hour = 3_600_000;
const jumps = [hour / 6, hour, 7 * hour, 25 * hour, 30 * hour, 80 * hour];

/** Where a history plays. */
export interface World {
  readonly double: Double;
  readonly clock: TestClock;
  readonly repositories: readonly Repository[];
}

/** Issues of both repositories that are there, oldest first. */
export function issuesOf({ repositories }: World): readonly Issue[] {
  return repositories
    .flatMap(({ issues }) => [...issues.values()].filter(isIssue))
    .toSorted((a, b) => a.createdAt - b.createdAt || a.id - b.id);
}

/** What often befalls the very thread that people are sent to. */
const onThreads: ReadonlySet<string> = new Set([
  'lock',
  'close',
  'close as duplicate',
  'transfer',
  'delete',
  'bot',
]);

/** Issues that our comments name as the one to be closed onto. */
function linkedFrom(all: readonly Issue[]): readonly Issue[] {
  const named = all.flatMap((from) =>
    from.comments.flatMap(({ app, body }) => {
      const number = app === null ? undefined : /will be closed as a duplicate of #(\d+)/.exec(body)?.[1];
      return number === undefined
        ? []
        : all.filter((issue) => issue.repository === from.repository && issue.number === Number(number));
    }),
  );
  return [...new Set(named)];
}

/** Whether somebody may do what takes triage rights. */
const mayTriage = (login: string): boolean => (people.maintainers as readonly string[]).includes(login);

/**
 * Does one step, if it can be done: issues are chosen among those that are there, and people do what GitHub lets them.
 * Returns the issues on which it was a protest against what stands in our comment.
 */
export function play(step: Step, world: World): readonly number[] {
  const { clock, double } = world;
  const all = issuesOf(world);
  const pick = <T>(from: readonly T[], index: number): T | undefined =>
    from[index % Math.max(1, from.length)];
  const text = pick(texts, step.text) ?? { title: 'Nothing', body: null };
  if (step.do === 'open') {
    const repository = step.other % 8 === 0 ? elsewhere : home;
    double.openIssue({ repository, author: step.by, ...text });
    return [];
  }
  if (step.do === 'open a duplicate') {
    const of = pick(
      all.filter(({ repository }) => nameOf({ repository }) === home),
      step.issue,
    );
    const { number } = double.openIssue({ repository: home, author: step.by, ...text });
    if (of)
      double.comment(
        { repository: home, number },
        `/signpost duplicate #${of.number}`,
        people.maintainers[0],
      );
    return [];
  }
  if (step.do === 'wait') {
    clock.advance(pick(jumps, step.text) ?? hour);
    return [];
  }
  // Mostly what is new, where something happens.
  const linked = step.text % 2 === 0 && onThreads.has(step.do) ? linkedFrom(all) : [];
  const pool = linked.length > 0 ? linked : step.other % 4 === 0 ? all : all.slice(-6);
  const issue = pick(pool, step.issue);
  const other = pick(step.text % 2 === 0 ? all.slice(-8) : all, step.other);
  if (issue === undefined || other === undefined) return [];
  const at = { repository: nameOf(issue), number: issue.number };
  const to = { repository: nameOf(other), number: other.number };
  const by = step.by;
  const ours = issue.comments.find(({ app }) => app !== null);
  const entitled = mayTriage(by);
  const authored = issue.author.login === by;
  try {
    switch (step.do) {
      case 'edit':
        double.editIssue(at, { ...text, by: issue.author.login });
        return [];
      case 'comment': {
        const body = pick(replies, step.text) ?? '';
        double.comment(at, body, by);
        return ours !== undefined && aloud.includes(body) ? [issue.id] : [];
      }
      case 'command': {
        const order = pick(commands, step.text) ?? '';
        const argument = order === 'duplicate' ? ` ${refOf(other, issue)}` : '';
        double.comment(at, `/signpost ${order}${argument}`, by);
        const refuses =
          (order === 'not-this' && (authored || entitled)) ||
          (['not-duplicate', 'ignore'].includes(order) && entitled);
        return refuses && ours !== undefined ? [issue.id] : [];
      }
      case 'react': {
        const content = pick(['+1', '-1', 'confused', 'heart', 'hooray', '+1'] as const, step.text) ?? '+1';
        double.react(ours ?? at, content, by);
        return ours !== undefined && ['-1', 'confused'].includes(content) ? [issue.id] : [];
      }
      case 'label':
        if (entitled) double.label(at, pick(labels, step.text) ?? 'bug', by);
        return [];
      case 'unlabel': {
        const label = pick(issue.labels, step.text);
        if (!entitled || label === undefined) return [];
        double.unlabel(at, label.name, by);
        return label.name === 'possible-duplicate' && ours !== undefined ? [issue.id] : [];
      }
      case 'close as duplicate':
        if (entitled && other !== issue) double.closeIssue(at, { by, reason: 'duplicate', duplicateOf: to });
        return [];
      case 'close':
        if (entitled || authored)
          double.closeIssue(at, { by, reason: step.text % 2 === 0 ? 'completed' : 'not_planned' });
        return [];
      case 'reopen':
        if (!entitled || issue.state === 'open') return [];
        double.reopenIssue(at, by);
        return ours !== undefined ? [issue.id] : [];
      case 'unmark':
        if (!entitled || issue.duplicateOf === null) return [];
        double.unmarkDuplicate(
          at,
          { repository: nameOf(issue.duplicateOf), number: issue.duplicateOf.number },
          by,
        );
        return ours !== undefined ? [issue.id] : [];
      case 'lock':
        if (entitled) double.lock(at, by);
        return [];
      case 'unlock':
        if (entitled) double.unlock(at, by);
        return [];
      case 'assign':
        if (entitled) double.assign(at, step.text % 2 === 0 ? [by] : [], by);
        return [];
      case 'milestone':
        if (entitled) double.milestone(at, step.text % 2 === 0 ? 'v2.1.0' : null, by);
        return [];
      case 'transfer':
        if (entitled) double.transfer(at, at.repository === home ? elsewhere : home, by);
        return [];
      case 'delete':
        if (entitled && issue.comments.length % 2 === 0) double.deleteIssue(at, by);
        return [];
      case 'delete comment': {
        const comment = ours ?? issue.comments.at(-1);
        if (entitled && comment !== undefined) double.deleteComment(comment, by);
        return [];
      }
      case 'edit comment': {
        const comment = pick(issue.comments, step.text);
        if (comment === undefined || (!entitled && comment.author.login !== by)) return [];
        double.editComment(comment, `${comment.body}\n\n(edited)`, by);
        return [];
      }
      case 'bot':
        behave(pick(people.bots, step.text) ?? 'helper[bot]', step, issue, other, double);
        return [];
    }
  } catch (error) {
    // What GitHub refuses a person was not done.
    if (!(error instanceof Refusal)) throw error;
    return [];
  }
}

/** Another bot: talks, sets labels, wipes all of them, closes as a duplicate of anything. */
function behave(bot: string, { text }: Step, issue: Issue, other: Issue, double: Double): void {
  const at = { repository: nameOf(issue), number: issue.number };
  if (text % 4 === 0) double.comment(at, '/signpost not-this\n\nThis is not a duplicate.', bot);
  else if (text % 4 === 1) double.label(at, 'invalid', bot);
  else if (text % 4 === 2) for (const { name } of [...issue.labels]) double.unlabel(at, name, bot);
  else if (issue !== other)
    double.closeIssue(at, {
      by: bot,
      reason: 'duplicate',
      duplicateOf: { repository: nameOf(other), number: other.number },
    });
}

export function nameOf({ repository }: Pick<Issue, 'repository'>): string {
  return `${repository.owner.login}/${repository.name}`;
}

function refOf(to: Issue, from: Issue): string {
  return to.repository === from.repository ? `#${to.number}` : `${nameOf(to)}#${to.number}`;
}
