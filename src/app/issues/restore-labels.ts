import type { Config } from '../../model/config.ts';
import type { Issue } from '../../model/issue.ts';
import type { IssueState } from '../../model/issue-state.ts';
import type { LabelEvent } from '../../ports/github.ts';
import type { JobContext } from '../context.ts';
import { issueEventOf } from '../jobs.ts';
import { applyActions, writeContext } from '../writes/apply-actions.ts';
import { deadEndOf } from './dead-end.ts';

/** What one call of a bot does has one time, give or take what GitHub needs to write it down. */
const atOnce = 10_000;
/** Older removals are not undone: people have had time to look. */
const longAgo = 3_600_000;

/**
 * Beside another bot (`guard: true`): sets the labels of people again that it wiped, once, and notes where it closed an issue
 * onto a dead end, for our comment to say. Looks only after something that a bot did, and writes nothing in `observe`.
 */
export async function repairOtherBots(
  context: JobContext,
  issue: Issue,
  state: IssueState,
  config: Config,
  labelEvents: () => Promise<readonly LabelEvent[]>,
): Promise<IssueState> {
  if (!config.guard || state.ignored) return state;
  if (issue.state === 'open' && state.deadEnd !== null) return { ...state, deadEnd: null };
  const { bot, action } = issueEventOf(context.job);
  if (bot !== true) return state;
  const restored =
    action === 'unlabeled' || action === 'closed'
      ? await restore(context, issue, state, config, labelEvents)
      : state;
  if (action !== 'closed' || issue.stateReason !== 'duplicate' || state.close.done !== null) return restored;
  return { ...restored, deadEnd: await deadEndOf(issue, context) };
}

async function restore(
  context: JobContext,
  issue: Issue,
  state: IssueState,
  { mode }: Config,
  labelEvents: () => Promise<readonly LabelEvent[]>,
): Promise<IssueState> {
  const { clock, slug } = context.services;
  const before = new Set(state.labels.restored);
  const labels = wipedLabels(issue, await labelEvents(), slug, clock.now()).filter(
    (label) => !before.has(label),
  );
  if (labels.length === 0 || mode === 'observe' || context.row.paused || issue.locked) return state;
  const current = { labels: issue.labels, state: issue.state, comment: null };
  const because = 'another bot took off labels that people had set, and guard is set';
  const { state: after } = await applyActions(
    await writeContext(context),
    [{ kind: 'restore-labels', labels, because }],
    current,
    state,
  );
  return { ...after, labels: { ...after.labels, restored: [...before, ...labels] } };
}

/**
 * Labels that a person set and a bot took off by replacing: at one time with others, with a label that it set, or with the
 * close. A bot that takes off one label and does nothing else has its reasons.
 */
export function wipedLabels(
  issue: Pick<Issue, 'labels' | 'closedAt'>,
  events: readonly LabelEvent[],
  slug: string,
  now: number,
): readonly string[] {
  const here = new Set(issue.labels.map((label) => label.toLowerCase()));
  const isBot = (login: string): boolean => login.endsWith('[bot]') || login === 'github-actions';
  const last = new Map<string, { set: LabelEvent | null; off: LabelEvent | null }>();
  for (const event of events) {
    const key = event.label.toLowerCase();
    const known = last.get(key) ?? { set: null, off: null };
    last.set(key, event.what === 'labeled' ? { set: event, off: null } : { ...known, off: event });
  }
  const removals = [...last.values()].flatMap(({ off, set }) =>
    off !== null && isBot(off.by) && off.by !== `${slug}[bot]` && now - off.at < longAgo
      ? [{ off, set }]
      : [],
  );
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= atOnce;
  return removals.flatMap(({ off, set }) => {
    const byPerson = set === null || !isBot(set.by);
    const others = events.some(
      (event) => event !== off && event.by === off.by && near(event.at, off.at) && event.label !== off.label,
    );
    const withClose = issue.closedAt !== null && near(issue.closedAt, off.at);
    return byPerson && (others || withClose) && !here.has(off.label.toLowerCase()) ? [off.label] : [];
  });
}
