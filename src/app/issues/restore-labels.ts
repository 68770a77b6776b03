import type { Config } from '../../model/config.ts';
import type { Issue } from '../../model/issue.ts';
import type { Memory } from '../../model/memory.ts';
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
  memory: Memory,
  config: Config,
  labelEvents: () => Promise<readonly LabelEvent[]>,
): Promise<Memory> {
  if (!config.guard || memory.ignored) return memory;
  if (issue.state === 'open' && memory.deadEnd != null) return { ...memory, deadEnd: null };
  const { bot, action } = issueEventOf(context.job);
  if (bot !== true) return memory;
  const restored =
    action === 'unlabeled' || action === 'closed'
      ? await restore(context, issue, memory, config, labelEvents)
      : memory;
  if (action !== 'closed' || issue.stateReason !== 'duplicate' || memory.closed != null) return restored;
  return { ...restored, deadEnd: await deadEndOf(issue, context) };
}

async function restore(
  context: JobContext,
  issue: Issue,
  memory: Memory,
  { mode }: Config,
  labelEvents: () => Promise<readonly LabelEvent[]>,
): Promise<Memory> {
  const { clock, slug } = context.services;
  const before = new Set(list(memory.notes.restored));
  const labels = wipedLabels(issue, await labelEvents(), slug, clock.now()).filter(
    (label) => !before.has(label),
  );
  if (labels.length === 0 || mode === 'observe' || context.row.paused || issue.locked) return memory;
  const current = { labels: issue.labels, state: issue.state, comment: null };
  const because = 'another bot took off labels that people had set, and guard is set';
  const { memory: after } = await applyActions(
    await writeContext(context),
    [{ kind: 'restore-labels', labels, because }],
    current,
    memory,
  );
  return { ...after, notes: { ...after.notes, restored: [...before, ...labels] } };
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

function list(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
