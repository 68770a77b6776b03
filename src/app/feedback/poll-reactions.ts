import { nextPoll } from '../../learn/index.ts';
import type { Memory } from '../../model/memory.ts';
import type { JobContext } from '../context.ts';
import { type NewJobOf, newJob, pollJob, priorities, unique } from '../jobs.ts';
import { closedToday, later, mayClose } from './close.ts';
import { recordFeedback } from './record-feedback.ts';

/** As many as one sweep reads: ten calls. */
const most = 1_000;

/**
 * Reads what people said to our comments whose time has come, a hundred a call, and finds those whose announced close is
 * due. Each is then looked at by a job of its own, which looks again before it writes.
 */
export async function pollReactions(context: JobContext): Promise<void> {
  const { github, services: ports, row } = context;
  const { clock, store } = ports;
  const { repository } = row;
  const { config } = await ports.settings.of(repository, github);
  const due = await store.due(repository, clock.now(), most);
  const asked = due.filter(({ comment }) => comment?.node !== undefined);
  const found = await github.commentFeedback(asked.map(({ comment }) => comment?.node ?? ''));
  const feedbackOf = new Map(asked.map(({ number }, index) => [number, found[index] ?? null]));
  const jobs: NewJobOf[] = [];
  let room = config.mode === 'act' ? config.close.atMostPerDay - (await closedToday(context)) : 0;
  for (const { number } of due) {
    const feedback = feedbackOf.get(number) ?? null;
    const memory = await store.memory(repository, number);
    if (memory === null) continue;
    const after = await recordFeedback(memory, feedback, context);
    const now = clock.now();
    const closes = after.closing != null && after.closing.at <= now && mayClose(after, feedback, config);
    const next = memory.comment === null ? null : nextPoll(memory.comment.at, now);
    const upcoming =
      after.closing == null
        ? null
        : after.closing.at > now
          ? after.closing.at
          : closes && room <= 0
            ? now + later
            : null;
    const times = [next, upcoming].filter((time) => time !== null);
    const at = times.length > 0 ? Math.min(...times) : null;
    await store.putMemory({ ...after, due: at, notes: { ...after.notes, swept: at } });
    if (at !== null) jobs.push(pollJob(row, at));
    if (closes && room > 0) {
      room -= 1;
      jobs.push(newJob('close', row, { number }));
    }
    if (changed(memory, after))
      jobs.push(newJob('triage', row, { number }, { priority: priorities.followUp }));
  }
  if (due.length === most) jobs.push(pollJob(row, clock.now()));
  await ports.send(unique(jobs));
}

function changed(before: Memory, after: Memory): boolean {
  return before.verdicts?.length !== after.verdicts?.length || before.neverClose !== after.neverClose;
}
