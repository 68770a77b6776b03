import type { Clock } from '../ports/clock.ts';
import { GitHubError } from '../ports/github-error.ts';
import type { Logger } from '../ports/log.ts';
import type { Metrics } from '../ports/metrics.ts';
import { Later, type LeasedJob, type Queue, UnreadableJob } from '../ports/queue.ts';

export interface WorkerPorts {
  readonly queue: Queue;
  readonly handle: (job: LeasedJob) => Promise<void>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
}

export interface Worker {
  /** There may be work: look at once. */
  wake(): void;
  /** Takes no more jobs and resolves when those in hand are done. */
  stop(): Promise<void>;
  /** Resolves when no job waits that may run now and none is in hand. */
  idle(): Promise<void>;
}

/** With more, a process that has its processor full does nothing sooner, and deliveries wait longer for their answers. */
const inHandAtOnce = 4;
/**
 * Fetching one job is as much work as fetching several. With others in hand it waits until there is room for so many, or
 * for so many milliseconds.
 */
const together = { jobs: 2, after: 20 };
/** Milliseconds between looks when nothing woke us: for jobs whose time has come, and those of dead workers. */
const lookEvery = 1000;

/** Fetches jobs and hands them out, some at a time, until it is stopped. */
export function startWorker({ queue, handle, clock, log, metrics }: WorkerPorts): Worker {
  const stopping = new AbortController();
  const inHand = new Set<Promise<void>>();
  let waker = new AbortController();
  let looking = false;
  /** There may be jobs that can run now. */
  let more = true;
  const room = (): number => inHandAtOnce - inHand.size;
  /** A job came, or one ended: another of its issue can run. */
  const wake = (): void => {
    if (!more || room() >= together.jobs) waker.abort();
    more = true;
  };

  const work = async (job: LeasedJob): Promise<void> => {
    const jobLog = log.child({ job: job.id, kind: job.kind, repository: job.repository, key: job.key });
    try {
      await handle(job);
      await queue.complete(job);
    } catch (error) {
      if (error instanceof UnreadableJob) {
        metrics.failed(job.kind);
        jobLog.error({ why: error.message }, 'the job is not understood, and was given up');
        await queue.bury(job, error.message);
        return;
      }
      const retryAt =
        error instanceof Later
          ? error.at
          : error instanceof GitHubError
            ? (error.retryAt ?? undefined)
            : undefined;
      if (retryAt === undefined) {
        metrics.failed(job.kind);
        jobLog.error({ err: error, attempts: job.attempts }, 'the job failed');
      } else jobLog.info({ retryAt, why: error instanceof Error ? error.message : '' }, 'the job waits');
      await queue.fail(
        job,
        error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : 'unknown error',
        retryAt,
      );
    }
  };

  const pause = (milliseconds: number): Promise<void> => {
    waker = new AbortController();
    return clock.sleep(milliseconds, AbortSignal.any([waker.signal, stopping.signal]));
  };

  const loop = async (): Promise<void> => {
    for (;;) {
      if (!more) await pause(lookEvery);
      if (room() < together.jobs) await pause(together.after);
      if (stopping.signal.aborted) return;
      try {
        looking = true;
        more = false;
        const free = room();
        const jobs = free > 0 ? await queue.fetch(free) : [];
        if (jobs.length === free) more = true;
        for (const job of jobs) {
          const done: Promise<void> = work(job)
            // What even `fail` could not write stays leased and comes back when the lease ends.
            .catch((error: unknown) =>
              log.error({ err: error, job: job.id }, 'the job could not be put back'),
            )
            .finally(() => {
              inHand.delete(done);
              wake();
            });
          inHand.add(done);
        }
      } catch (error) {
        log.error({ err: error }, 'the queue could not be read');
      } finally {
        looking = false;
      }
    }
  };
  const running = loop();

  return {
    wake,
    async stop() {
      stopping.abort();
      await running;
      await Promise.all(inHand);
    },
    async idle() {
      for (;;) {
        await Promise.all(inHand);
        const { waiting, running: leased, oldest } = await queue.depth();
        if (!looking && inHand.size === 0 && leased === 0 && (waiting === 0 || oldest === null)) return;
        wake();
        // Of the wall, not of our clock: this waits for work that is being done, not for a time to come.
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    },
  };
}
