import { findOurs } from '../act/index.ts';
import type { Comment, Issue } from '../model/issue.ts';
import type { Memory } from '../model/memory.ts';
import type { Clock } from '../ports/clock.ts';
import type { Intent, Store } from '../ports/store.ts';
import { Later } from './worker.ts';

/** A comment that GitHub made may be missing from its lists for a moment: it is looked for twice, so far apart. */
const listsSettleAfter = 15_000;

interface RecoverPorts {
  readonly clock: Clock;
  readonly slug: string;
  readonly store: Pick<Store, 'openIntents' | 'putMemory' | 'settle'>;
}

/**
 * Writes whose result is unknown, because the process died or no answer came, are looked up on GitHub before anything is
 * written again. Rejects with `Later` while a comment may be on its way into GitHub's lists.
 */
export async function recover(
  memory: Memory,
  issue: Issue,
  comments: () => Promise<readonly Comment[]>,
  { clock, slug, store }: RecoverPorts,
): Promise<Memory> {
  const here = new Set(issue.labels.map((label) => label.toLowerCase()));
  let now = memory;
  for (const intent of await store.openIntents(issue.repository, issue.number)) {
    switch (intent.kind) {
      case 'create-comment': {
        if (now.comment !== null) break;
        const ours = findOurs(await comments(), slug);
        if (ours !== null) now = { ...now, comment: { id: ours.id, at: ours.createdAt } };
        else now = await seek(intent, now);
        break;
      }
      case 'add-labels': {
        const added = intent.key.split('\n').filter((label) => here.has(label.toLowerCase()));
        now = { ...now, ourLabels: [...new Set([...now.ourLabels, ...added])] };
        break;
      }
      case 'close':
        // Ours, though we never heard so: the way back stays open to the reporter.
        if (issue.stateReason === 'duplicate' && now.closing != null)
          now = { ...now, closed: { at: intent.at, of: now.closing.of }, closing: null };
        break;
      case 'remove-label':
        // Gone by our own hand, so no person refused it.
        if (!here.has(intent.key.toLowerCase()))
          now = { ...now, ourLabels: now.ourLabels.filter((label) => label !== intent.key) };
    }
    await store.putMemory(now);
    await store.settle(intent.id);
  }
  return now;

  /** Believes that there is no comment when it was not there long before either. */
  async function seek({ id }: Intent, known: Memory): Promise<Memory> {
    const { sought, ...notes } = known.notes;
    const before = sought as { readonly intent: number; readonly at: number } | undefined;
    if (before?.intent === id && clock.now() - before.at >= listsSettleAfter) return { ...known, notes };
    const at = before?.intent === id ? before.at : clock.now();
    await store.putMemory({ ...known, notes: { ...notes, sought: { intent: id, at } } });
    throw new Later(at + listsSettleAfter, 'a comment may have been made; GitHub\u2019s lists need a moment');
  }
}
