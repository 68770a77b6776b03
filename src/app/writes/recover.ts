import { findOwnComment } from '../../act/index.ts';
import type { Comment, Issue } from '../../model/issue.ts';
import type { Memory } from '../../model/memory.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LabelEvent } from '../../ports/github.ts';
import { Later } from '../../ports/queue.ts';
import type { Intent, Store } from '../../ports/store.ts';

/** A comment that GitHub made may be missing from its lists for a moment: it is looked for twice, so far apart. */
const listsSettleAfter = 15_000;

interface RecoverPorts {
  readonly clock: Clock;
  readonly slug: string;
  readonly store: Pick<Store, 'openIntents' | 'putMemory' | 'settle'>;
}

/** What is asked of GitHub where the issue alone does not tell. */
interface Reads {
  comments(): Promise<readonly Comment[]>;
  labelEvents(): Promise<readonly LabelEvent[]>;
}

/**
 * Writes whose result is unknown, because the process died or no answer came, are looked up on GitHub before anything is
 * written again. Rejects with `Later` while a comment may be on its way into GitHub's lists.
 */
export async function recover(
  memory: Memory,
  issue: Issue,
  { comments, labelEvents }: Reads,
  { clock, slug, store }: RecoverPorts,
): Promise<Memory> {
  const here = new Set(issue.labels.map((label) => label.toLowerCase()));
  let now = memory;
  for (const intent of await store.openIntents(issue.repository, issue.number)) {
    switch (intent.kind) {
      case 'create-comment': {
        if (now.comment !== null) break;
        const ours = findOwnComment(await comments(), slug);
        if (ours !== null) now = { ...now, comment: { id: ours.id, at: ours.createdAt } };
        else now = await seek(intent, now);
        break;
      }
      case 'add-labels': {
        const asked = intent.key.split('\n');
        const gone = asked.filter((label) => !here.has(label.toLowerCase()));
        // Set by us and gone again: a person was quicker than we, and what they took away stays away.
        const byUs = gone.length === 0 ? [] : (await setSince(intent)).filter(({ by }) => isUs(by));
        const names = new Set(byUs.map(({ label }) => label.toLowerCase()));
        const added = asked.filter((label) => !gone.includes(label) || names.has(label.toLowerCase()));
        now = { ...now, ourLabels: [...new Set([...now.ourLabels, ...added])] };
        break;
      }
      case 'close':
        // Ours, though we never heard so: the way back stays open to the reporter.
        if (issue.stateReason === 'duplicate' && now.closing != null)
          now = { ...now, closed: { at: intent.at, of: now.closing.of }, closing: null };
        break;
      case 'remove-label': {
        // Gone by our own hand, so no person refused it; or a person has set it since, so it is not ours.
        const label = intent.key.toLowerCase();
        const theirs =
          here.has(label) && (await setSince(intent)).some((set) => set.label.toLowerCase() === label);
        if (theirs || !here.has(label))
          now = { ...now, ourLabels: now.ourLabels.filter((ours) => ours !== intent.key) };
      }
    }
    await store.putMemory(now);
    await store.settle(intent.id);
  }
  return now;

  function isUs(login: string): boolean {
    return login.toLowerCase() === `${slug}[bot]`;
  }

  /** Labels set since then, by whomever; GitHub's times are whole seconds. */
  async function setSince({ at }: Intent): Promise<readonly LabelEvent[]> {
    const second = Math.floor(at / 1000) * 1000;
    return (await labelEvents()).filter((event) => event.what === 'labeled' && event.at >= second);
  }

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
