import { findOwnComment } from '../../act/index.ts';
import type { Comment, Issue } from '../../model/issue.ts';
import type { Memory } from '../../model/memory.ts';
import type { Job } from '../../ports/queue.ts';
import type { Store } from '../../ports/store.ts';

/** An issue was transferred: what people said of it goes with it to its new place, where we are installed there too. */
export async function carryToNewPlace(job: Job, { store }: { readonly store: Store }): Promise<void> {
  const { number, to, toNumber } = job.data;
  const memory = await store.memory(job.repository, Number(number));
  if (memory !== null && typeof to === 'string' && (await store.repository(to)) !== null) {
    const there = { repository: to, number: Number(toNumber) };
    // Whichever event comes first carries it: the one that says it left, or the one that says it came.
    if ((await store.memory(there.repository, there.number)) === null)
      await store.putMemory(moved(memory, there));
  }
}

/** What is remembered of an issue that came from elsewhere, as long as that place has not forgotten it. */
export async function memoryFromOldPlace(job: Job, issue: Issue, store: Store): Promise<Memory | null> {
  const { from, fromNumber } = job.data;
  if (typeof from !== 'string') return null;
  const memory = await store.memory(from, Number(fromNumber));
  return memory === null ? null : moved(memory, issue);
}

/** Comments may have other ids there, and labels that the place lacks are gone through nobody's doing. */
function moved(memory: Memory, { number, repository }: Pick<Issue, 'repository' | 'number'>): Memory {
  const spoke = memory.comment !== null;
  return {
    ...memory,
    repository,
    number,
    comment: null,
    closing: null,
    due: null,
    notes: { ...memory.notes, spoke },
  };
}

/** The memory of an issue that has moved, once its comment and labels were looked for at the new place. */
export async function settleTransfer(
  memory: Memory,
  issue: Issue,
  comments: () => Promise<readonly Comment[]>,
  app: string,
): Promise<Memory> {
  const { spoke, ...notes } = memory.notes;
  if (spoke === undefined) return memory;
  const here = new Set(issue.labels.map((label) => label.toLowerCase()));
  const ourLabels = memory.ourLabels.filter((label) => here.has(label.toLowerCase()));
  const ours = spoke === true ? findOwnComment(await comments(), app) : null;
  const comment =
    ours === null
      ? null
      : { id: ours.id, at: ours.createdAt, ...(ours.node === undefined ? {} : { node: ours.node }) };
  return { ...memory, notes, ourLabels, comment };
}
