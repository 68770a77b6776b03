import type { AppPort } from '../ports/app.ts';
import type { Clock } from '../ports/clock.ts';
import type { Compute } from '../ports/compute.ts';
import type { GitHub } from '../ports/github.ts';
import type { Logger } from '../ports/log.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { Queue } from '../ports/queue.ts';
import type { RepositoryRow, Store } from '../ports/store.ts';
import type { HistoryCache } from '../repository/histories.ts';
import type { ModelCache } from '../repository/model-registry.ts';
import type { SettingsCache } from '../repository/settings.ts';
import type { JobKind, JobOf, NewJobOf } from './jobs.ts';

export interface Services {
  readonly store: Store;
  readonly app: AppPort;
  /** The App's slug. */
  readonly slug: string;
  readonly githubOf: (installation: number, priority: number) => Promise<GitHub>;
  readonly settings: SettingsCache;
  readonly histories: HistoryCache;
  /** What people's verdicts have taught. */
  readonly models: ModelCache;
  /** Puts more work into the queue. */
  readonly send: (jobs: readonly NewJobOf[]) => Promise<void>;
  /** What of it has not begun. */
  readonly waiting: Queue['waiting'];
  readonly clock: Clock;
  readonly compute: Compute;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** Where a job is done: the repository, GitHub as its installation sees it, and what every job may use. */
export interface JobContext<K extends JobKind = JobKind> {
  readonly services: Services;
  readonly job: JobOf<K>;
  readonly row: RepositoryRow;
  readonly github: GitHub;
}
