import type { Logger } from 'pino';
import { connect } from '../adapters/github/index.ts';
import { isFile, openStore } from '../adapters/open/open-store.ts';
import { runInThread } from '../adapters/threads/run-in-thread.ts';
import { catchUpEvery } from '../app/catch-up/deliveries.ts';
import { digestsEvery } from '../app/digests/weekly.ts';
import { createDispatcher } from '../app/dispatch.ts';
import { relatedEvery } from '../app/history/sync-related.ts';
import { everywhere, type NewJobOf, newJob } from '../app/jobs.ts';
import { learningEvery } from '../app/learning/learn-from-verdicts.ts';
import type { Clock } from '../ports/clock.ts';
import type { Queue } from '../ports/queue.ts';
import type { Store } from '../ports/store.ts';
import type { Environment } from '../process/environment.ts';
import { createMetrics } from '../process/metrics.ts';
import { createRateLimiter } from '../process/rate-limit.ts';
import { createHistoryCache } from '../repository/histories.ts';
import type { KnowledgeBase } from '../repository/knowledge-base.ts';
import { createModelCache } from '../repository/model-registry.ts';
import { createSettingsCache } from '../repository/settings.ts';
import { readAppIdentity } from './app-identity.ts';
import type { HttpRequest, HttpResponse } from './http/message.ts';
import { route } from './http/routes.ts';
import { startServer } from './http/server.ts';
import { type Regular, startSchedule } from './schedule.ts';
import { receive } from './webhook/receive.ts';
import { startWebhookThread } from './webhook/webhook-thread.ts';
import { startWorker } from './worker.ts';

export interface Running {
  /** Where webhooks are taken in: `http://host:port`. */
  readonly url: string;
  readonly store: Store;
  readonly queue: Queue;
  /** Resolves when there is no work that could be done now. */
  idle(): Promise<void>;
  /** Takes nothing in any more, finishes what is in hand, closes the store. */
  stop(): Promise<void>;
}

/** What a process does: take deliveries in, work them off, or both. */
export type Role = 'all' | 'web' | 'worker';

export interface Parts {
  readonly environment: Environment;
  readonly library: KnowledgeBase;
  readonly clock: Clock;
  readonly log: Logger;
  /** Default `all`; the other two share a PostgreSQL. */
  readonly role?: Role;
  /**
   * Module of a thread that takes deliveries in, where one process does all with a SQLite file, so that no answer waits for
   * other work; default null: they are taken in between the rest.
   */
  readonly webhookThread?: URL | null;
  /** Work that is due by itself; default: the catch-up, the digests, learning from verdicts, related repositories. */
  readonly regulars?: readonly Regular[];
}

const catchUps: Regular = {
  every: catchUpEvery,
  // Every worker sends one at its start as well, because it may have been away.
  job: (atStart) => newJob('catch-up', everywhere, { atStart }),
};
const learning: Regular = { every: learningEvery, job: () => newJob('schedule-learning', everywhere, {}) };
const related: Regular = { every: relatedEvery, job: () => newJob('schedule-related', everywhere, {}) };
const digests: Regular = { every: digestsEvery, job: () => newJob('schedule-digests', everywhere, {}) };

/** Wires the App: store, queue, GitHub, worker and server. The only place that knows which adapter stands at a port. */
export async function compose({
  environment,
  library: knowledgeBase,
  clock,
  log,
  role = 'all',
  webhookThread = null,
  regulars = [catchUps, digests, learning, related],
}: Parts): Promise<Running> {
  const metrics = createMetrics();
  const { store, queue, budget } = await openStore(environment.store, clock, 'server', {
    worker: environment.worker,
    onError: (error) => log.error({ err: error }, 'the store, in the background'),
  });
  try {
    const github = connect(
      environment,
      clock,
      (installation, priority) => createRateLimiter(installation, priority, { budget, clock, metrics }),
      log,
    );
    const { slug } = await readAppIdentity(github.app, { clock, log });
    const repositories = createSettingsCache(store, knowledgeBase);
    const histories = createHistoryCache(store, clock);
    const handle = createDispatcher({
      store,
      histories,
      models: createModelCache(store),
      send: queue.send,
      waiting: queue.waiting,
      app: github.app,
      slug,
      githubOf: github.as,
      settings: repositories,
      clock,
      compute: runInThread,
      log,
      metrics,
    });
    const worker = role === 'web' ? null : startWorker({ queue, handle, clock, log, metrics });
    const wake = (): void => worker?.wake();
    const shown = { live: { store, repositories, clock }, queue, clock, metrics };
    const ask = (request: HttpRequest): Promise<HttpResponse> => route(request, shown);
    const secret = environment.webhookSecret;
    const inbox = { secret, store, clock, log, metrics, app: slug, wake };
    const server =
      role === 'all' && webhookThread !== null && isFile(environment.store)
        ? await startWebhookThread(
            webhookThread,
            { environment, app: slug },
            { metrics, wake, answer: ask, log },
          )
        : await startServer(environment, {
            webhook: role === 'worker' ? null : (request, response) => receive(request, response, inbox),
            answer: ask,
            log,
          });
    const send = async (jobs: readonly NewJobOf[]): Promise<void> => {
      await queue.send(jobs);
      wake();
    };
    const schedule = worker && (await startSchedule(regulars, { clock, log, send }));
    log.info({ app: slug, url: server.url, role }, 'serving');
    return {
      url: server.url,
      store,
      queue,
      idle: async () => worker?.idle(),
      async stop() {
        await server.close();
        await schedule?.stop();
        await worker?.stop();
        await histories.save();
        await store.close();
        log.info('stopped');
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
