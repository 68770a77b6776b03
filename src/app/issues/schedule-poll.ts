import type { Memory } from '../../model/memory.ts';
import type { JobContext } from '../context.ts';
import { pollJob } from '../jobs.ts';

/** Sees to it that people's reactions are read, and an announced close carried out, when the time has come. */
export async function schedulePoll({ services: ports, row }: JobContext, memory: Memory): Promise<Memory> {
  const { closing, due } = memory;
  if (memory.comment === null || (due == null && closing == null)) return memory;
  const next = Math.min(due ?? Number.POSITIVE_INFINITY, closing?.at ?? Number.POSITIVE_INFINITY);
  const watched = { ...memory, due: next };
  if (memory.notes.swept !== next) {
    await ports.send([pollJob(row, next)]);
    const remembered = { ...watched, notes: { ...memory.notes, swept: next } };
    await ports.store.putMemory(remembered);
    return remembered;
  }
  return watched;
}
