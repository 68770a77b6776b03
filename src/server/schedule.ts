import type { NewJobOf } from '../app/jobs.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/log.ts';

export interface SchedulePorts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly send: (jobs: readonly NewJobOf[]) => Promise<void>;
}

/** Work that is due by itself, first at start. */
export interface Regular {
  /** Milliseconds from one time to the next. */
  readonly every: number;
  readonly job: (atStart: boolean) => NewJobOf;
}

export interface Schedule {
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

/**
 * Puts regular work into the queue; resolves when that of the start is there. Every worker does so: a job of a time that
 * another has seen to already finds nothing to do.
 */
export async function startSchedule(
  regulars: readonly Regular[],
  { clock, log, send }: SchedulePorts,
): Promise<Schedule> {
  const stopping = new AbortController();
  const put = (job: NewJobOf): Promise<void> =>
    send([job]).catch((error: unknown) =>
      log.error({ err: error }, 'regular work could not be put into the queue'),
    );
  const repeat = async ({ every, job }: Regular): Promise<void> => {
    for (;;) {
      await clock.sleep(every, stopping.signal);
      if (stopping.signal.aborted) return;
      await put(job(false));
    }
  };
  await Promise.all(regulars.map(({ job }) => put(job(true))));
  const repeating = regulars.map(repeat);
  return {
    async stop() {
      stopping.abort();
      await Promise.all(repeating);
    },
  };
}
