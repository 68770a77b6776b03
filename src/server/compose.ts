import { extname } from 'node:path';
import type { Logger } from 'pino';
import { systemClock } from '../adapters/clock.ts';
import { type AppConnection, connectAsApp } from '../adapters/github/connect-app.ts';
import { verifySignature } from '../adapters/github/signature.ts';
import { isFile, openStores, type Stores } from '../adapters/open/index.ts';
import { readShippedPacks } from '../adapters/packs/read-packs.ts';
import { runInThread } from '../adapters/threads/run-in-thread.ts';
import { catchUpEvery } from '../app/catch-up/deliveries.ts';
import type { Services } from '../app/context.ts';
import { digestsEvery } from '../app/digests/weekly.ts';
import { createDispatcher } from '../app/dispatch.ts';
import { relatedEvery } from '../app/history/sync-related.ts';
import { everywhere, type NewJobOf, newJob } from '../app/jobs.ts';
import { learningEvery } from '../app/learning/learn-from-verdicts.ts';
import type { Clock } from '../ports/clock.ts';
import type { Queue } from '../ports/queue.ts';
import type { Store } from '../ports/store.ts';
import type { Environment } from '../process/environment.ts';
import { createMetrics, type PublishedMetrics } from '../process/metrics.ts';
import { createRateLimiter } from '../process/rate-limiter.ts';
import { createHistoryCache } from '../repository/histories.ts';
import { createKnowledgeBase, type KnowledgeBase } from '../repository/knowledge-base.ts';
import { createModelCache } from '../repository/model-registry.ts';
import { createSettingsCache } from '../repository/settings.ts';
import { readAppIdentity } from './app-identity.ts';
import type { HttpHandler } from './http/message.ts';
import { createRoutes } from './http/routes.ts';
import { type HttpServer, startHttpServer } from './http/server.ts';
import { type PeriodicJob, startSchedule } from './schedule.ts';
import { warmUp } from './warm-up.ts';
import { receiveDelivery, type WebhookPorts } from './webhook/receive-delivery.ts';
import { startWebhookThread } from './webhook/webhook-thread.ts';
import { startWorker } from './worker.ts';

/** The App, while it runs. */
export interface App {
  /** Where webhooks are taken in: `http://host:port`. */
  readonly url: string;
  readonly store: Store;
  readonly queue: Queue;
  /** Resolves when there is no work that could be done now. */
  idle(): Promise<void>;
  /** Takes nothing in any more, finishes the jobs that run, closes the store. */
  stop(): Promise<void>;
}

/** What a process does: take deliveries in, work them off, or both. */
export type Role = 'all' | 'web' | 'worker';

export interface AppOptions {
  readonly environment: Environment;
  readonly knowledgeBase: KnowledgeBase;
  readonly clock: Clock;
  readonly log: Logger;
  /** Default `all`; the other two share a PostgreSQL. */
  readonly role?: Role;
  /**
   * Module of a thread that takes deliveries in, where one process does all with a SQLite file, so that no
   * answer waits for other work; default null: they are taken in between the rest.
   */
  readonly webhookThread?: URL | null;
  /**
   * Work that is due by itself; default: the catch-up, the digests, learning from verdicts, related
   * repositories.
   */
  readonly periodicJobs?: readonly PeriodicJob[];
}

const defaultPeriodicJobs: readonly PeriodicJob[] = [
  // Every worker sends one at its start as well, because it may have been away.
  { every: catchUpEvery, job: (atStart) => newJob('catch-up', everywhere, { atStart }) },
  { every: digestsEvery, job: () => newJob('schedule-digests', everywhere, {}) },
  { every: learningEvery, job: () => newJob('schedule-learning', everywhere, {}) },
  { every: relatedEvery, job: () => newJob('schedule-related', everywhere, {}) },
];

/** `.ts` in a checkout, `.js` once built. */
const threadModule = new URL(`webhook/thread-main${extname(import.meta.url)}`, import.meta.url);

/**
 * Runs the App on this machine's time, with the shipped pages, warmed up, and a thread for deliveries where
 * one helps.
 */
export async function startApp(environment: Environment, role: Role, log: Logger): Promise<App> {
  const knowledgeBase = createKnowledgeBase(await readShippedPacks(), environment.pagesUrl ?? undefined);
  if (role !== 'web') await warmUp(knowledgeBase);
  return compose({ environment, knowledgeBase, clock: systemClock, log, role, webhookThread: threadModule });
}

/**
 * Wires the App: store, queue, GitHub, worker and server. The only place, but for the thread's own
 * `compose-thread.ts`, that knows which adapter stands at a port. Rejects when the store cannot be opened or
 * GitHub refuses the credentials.
 */
export async function compose(options: AppOptions): Promise<App> {
  const { clock, environment, log } = options;
  const stores = await openStores(environment.store, clock, 'server', {
    worker: environment.worker,
    onError: (error) => log.error({ err: error }, 'the store, in the background'),
  });
  try {
    return await start(options, stores);
  } catch (error) {
    await stores.store.close();
    throw error;
  }
}

async function start(options: AppOptions, stores: Stores): Promise<App> {
  const { clock, log, periodicJobs = defaultPeriodicJobs, role = 'all' } = options;
  const { queue, store } = stores;
  const metrics = createMetrics();
  const github = connect(options, stores, metrics);
  const { slug } = await readAppIdentity(github.app, { clock, log });
  const services = createServices(options, stores, { github, metrics, slug });
  const handle = createDispatcher(services);
  const worker = role === 'web' ? null : startWorker({ queue, handle, clock, log, metrics });
  const wake = (): void => worker?.wake();
  const routes = createRoutes({
    maintainersPage: { store, settings: services.settings, clock },
    queue,
    clock,
    metrics,
  });
  const server = await serve(options, services, routes, wake);
  const send = async (jobs: readonly NewJobOf[]): Promise<void> => {
    await queue.send(jobs);
    wake();
  };
  const schedule = worker && (await startSchedule(periodicJobs, { clock, log, send }));
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
      await services.histories.save();
      await store.close();
      log.info('stopped');
    },
  };
}

function connect(
  { clock, environment, log }: AppOptions,
  { budget }: Stores,
  metrics: PublishedMetrics,
): AppConnection {
  return connectAsApp(environment, clock, log, (installation, priority) =>
    createRateLimiter(installation, priority, { budget, clock, metrics }),
  );
}

/** What every job may use. */
function createServices(
  { clock, knowledgeBase, log }: AppOptions,
  { queue, store }: Stores,
  {
    github,
    metrics,
    slug,
  }: { readonly github: AppConnection; readonly metrics: PublishedMetrics; readonly slug: string },
): Services {
  return {
    store,
    histories: createHistoryCache(store, clock),
    models: createModelCache(store),
    settings: createSettingsCache(store, knowledgeBase),
    send: queue.send,
    waiting: queue.waiting,
    app: github.app,
    slug,
    githubOf: github.asInstallation,
    clock,
    compute: runInThread,
    log,
    metrics,
  };
}

/** Listens: on a thread of its own where one process does all with a SQLite file, else on this one. */
function serve(
  { clock, environment, log, role = 'all', webhookThread = null }: AppOptions,
  { metrics, slug, store }: Services,
  handle: HttpHandler,
  onAccepted: () => void,
): Promise<HttpServer> {
  if (role === 'all' && webhookThread !== null && isFile(environment.store)) {
    const task = { environment, app: slug };
    return startWebhookThread(webhookThread, task, { metrics, onAccepted, handle, log });
  }
  const inbox: WebhookPorts = {
    verify: (body, signature) => verifySignature(body, signature, environment.webhookSecret),
    store,
    clock,
    log,
    metrics,
    app: slug,
    onAccepted,
  };
  return startHttpServer(environment, {
    receiveWebhook:
      role === 'worker' ? null : (request, response) => receiveDelivery(request, response, inbox),
    handle,
    log,
  });
}
