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
  /** Has the worker look for jobs at once: there may be some. */
  wake(): void;
  /** Takes no more jobs and resolves when those that run are done. */
  stop(): Promise<void>;
  /** Resolves when no job waits that may run now and none runs. */
  idle(): Promise<void>;
}

/**
 * With more, a process that has its processor full does nothing sooner, and deliveries wait longer for their
 * answers.
 */
const concurrency = 4;
/**
 * Fetching one job is as much work as fetching several. While others run, the worker waits until there is
 * room for so many, or for so many milliseconds.
 */
const batch = { size: 2, delay: 20 };
/**
 * Milliseconds between looks when nothing woke the worker: for jobs whose time has come, and those of dead
 * workers.
 */
const pollInterval = 1000;

/** Fetches jobs and handles them, some at a time, until it is stopped. */
export function startWorker(ports: WorkerPorts): Worker {
  const { clock, log, queue } = ports;
  const stopping = new AbortController();
  const sleeper = createSleeper(clock, stopping.signal);
  const running = new Set<Promise<void>>();
  let fetching = false;
  let mayHaveWork = true;
  const room = (): number => concurrency - running.size;
  /** A job came, or one ended: another of its issue can run. */
  const wake = (): void => {
    if (!mayHaveWork || room() >= batch.size) sleeper.wake();
    mayHaveWork = true;
  };

  const start = (job: LeasedJob): void => {
    const done: Promise<void> = runJob(job, ports)
      // What even `fail` could not write stays leased and comes back when the lease ends.
      .catch((error: unknown) => log.error({ err: error, job: job.id }, 'the job could not be put back'))
      .finally(() => {
        running.delete(done);
        wake();
      });
    running.add(done);
  };

  const fetchJobs = async (): Promise<void> => {
    fetching = true;
    mayHaveWork = false;
    try {
      const free = room();
      const jobs = free > 0 ? await queue.fetch(free) : [];
      if (jobs.length === free) mayHaveWork = true;
      for (const job of jobs) start(job);
    } catch (error) {
      log.error({ err: error }, 'the queue could not be read');
    } finally {
      fetching = false;
    }
  };

  const loop = async (): Promise<void> => {
    for (;;) {
      if (!mayHaveWork) await sleeper.sleep(pollInterval);
      if (room() < batch.size) await sleeper.sleep(batch.delay);
      if (stopping.signal.aborted) return;
      await fetchJobs();
    }
  };
  const looping = loop();

  return {
    wake,
    async stop() {
      stopping.abort();
      await looping;
      await Promise.all(running);
    },
    async idle() {
      for (;;) {
        await Promise.all(running);
        const depth = await queue.depth();
        const due = depth.waiting > 0 && depth.oldest !== null;
        if (!fetching && running.size === 0 && depth.running === 0 && !due) return;
        wake();
        // Of the wall, not of our clock: this waits for work that is being done, not for a time to come.
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    },
  };
}

interface Sleeper {
  /** Resolves after so many milliseconds of the clock, or earlier when it is woken or stopped. */
  sleep(milliseconds: number): Promise<void>;
  wake(): void;
}

function createSleeper(clock: Clock, stopped: AbortSignal): Sleeper {
  let waker = new AbortController();
  return {
    sleep(milliseconds) {
      waker = new AbortController();
      return clock.sleep(milliseconds, AbortSignal.any([waker.signal, stopped]));
    },
    wake: () => waker.abort(),
  };
}

/** Handles a job and settles it. Rejects only where the queue itself fails. */
async function runJob(job: LeasedJob, { handle, log, metrics, queue }: WorkerPorts): Promise<void> {
  const jobLog = log.child({ job: job.id, kind: job.kind, repository: job.repository, key: job.key });
  try {
    await handle(job);
    await queue.complete(job);
  } catch (error) {
    if (error instanceof UnreadableJob) {
      metrics.failed(job.kind);
      jobLog.error({ why: error.message }, 'the job is not understood, and was given up');
      await queue.deadLetter(job, error.message);
      return;
    }
    const retryAt = retryTime(error);
    if (retryAt === undefined) {
      metrics.failed(job.kind);
      jobLog.error({ err: error, attempts: job.attempts }, 'the job failed');
    } else jobLog.info({ retryAt, why: error instanceof Error ? error.message : '' }, 'the job waits');
    const reason = error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : 'unknown error';
    await queue.fail(job, reason, retryAt);
  }
}

/** Epoch milliseconds, where the failure says when to try again and is nobody's fault. */
function retryTime(error: unknown): number | undefined {
  if (error instanceof Later) return error.at;
  return error instanceof GitHubError ? (error.retryAt ?? undefined) : undefined;
}
