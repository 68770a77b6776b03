import type { NewJobOf } from '../app/jobs.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/log.ts';

export interface SchedulePorts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly send: (jobs: readonly NewJobOf[]) => Promise<void>;
}

/** A job that is due by itself, first at start. */
export interface PeriodicJob {
  /** Milliseconds from one time to the next. */
  readonly every: number;
  readonly job: (atStart: boolean) => NewJobOf;
}

export interface Schedule {
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

/**
 * Puts periodic jobs into the queue; resolves when those of the start are there. Every worker does so: a job
 * whose work another worker has done already finds nothing to do.
 */
export async function startSchedule(
  periodicJobs: readonly PeriodicJob[],
  { clock, log, send }: SchedulePorts,
): Promise<Schedule> {
  const stopping = new AbortController();
  const put = (job: NewJobOf): Promise<void> =>
    send([job]).catch((error: unknown) =>
      log.error({ err: error }, 'regular work could not be put into the queue'),
    );
  const repeat = async ({ every, job }: PeriodicJob): Promise<void> => {
    for (;;) {
      await clock.sleep(every, stopping.signal);
      if (stopping.signal.aborted) return;
      await put(job(false));
    }
  };
  await Promise.all(periodicJobs.map(({ job }) => put(job(true))));
  const repeating = periodicJobs.map(repeat);
  return {
    async stop() {
      stopping.abort();
      await Promise.all(repeating);
    },
  };
}
