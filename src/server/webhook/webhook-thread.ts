import { Worker } from 'node:worker_threads';
import type { Logger } from '../../ports/log.ts';
import type { Metrics } from '../../ports/metrics.ts';
import type { Environment } from '../../process/environment.ts';
import type { HttpRequest, HttpResponse } from '../http/message.ts';
import type { Listening } from '../http/server.ts';

/** What the thread is told. */
export interface WebhookThreadData {
  readonly environment: Environment;
  /** The App's slug. */
  readonly app: string;
}

/** From the thread. */
export type WebhookThreadEvent =
  | { readonly kind: 'open'; readonly url: string }
  | { readonly kind: 'delivered'; readonly status: number; readonly milliseconds: number }
  | { readonly kind: 'work' }
  | { readonly kind: 'asked'; readonly id: number; readonly question: HttpRequest };

/** To the thread. */
export type WebhookThreadCommand =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: HttpResponse | null }
  | { readonly kind: 'close' };

export interface WebhookThreadPorts {
  readonly metrics: Pick<Metrics, 'delivered'>;
  /** A delivery was written: there is work. */
  readonly wake: () => void;
  /** What there is to read, it has from here. */
  readonly answer: (request: HttpRequest) => Promise<HttpResponse>;
  readonly log: Logger;
}

/**
 * Node's cache of compiled code is off in a thread until it is asked for, and what strips types takes 25 MB. Plain
 * JavaScript, so that it is on before the first TypeScript file is read.
 */
const start = `
  const { workerData } = require('node:worker_threads');
  const { enableCompileCache, flushCompileCache } = require('node:module');
  enableCompileCache();
  import(workerData.module).then(() => flushCompileCache());
`;
/** A small nursery: with the usual one, a thread that handles 200 deliveries a second keeps 40 MB of garbage. */
const resourceLimits = { maxYoungGenerationSizeMb: 3 };

/**
 * Takes deliveries in on a thread of its own, with a connection of its own to the SQLite file: while this thread reads a
 * report, collects garbage or waits for the disk, deliveries are acknowledged all the same.
 *
 * @param module what the thread runs, a file URL; it finds its task in `workerData.task`
 */
export async function startWebhookThread(
  module: URL,
  task: WebhookThreadData,
  ports: WebhookThreadPorts,
): Promise<Listening> {
  const workerData = { module: module.href, task };
  const thread = new Worker(start, { eval: true, workerData, resourceLimits });
  const order = (what: WebhookThreadCommand): void => thread.postMessage(what);
  const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
  let closing = false;
  const url = await new Promise<string>((resolve, reject) => {
    let died = reject;
    thread.on('error', (error: Error) => died(error));
    thread.on('exit', (code) => closing || died(new Error(`the thread for deliveries ended with ${code}`)));
    thread.on('message', (news: WebhookThreadEvent) => {
      if (news.kind === 'delivered') ports.metrics.delivered(news.status, news.milliseconds);
      else if (news.kind === 'work') ports.wake();
      else if (news.kind === 'asked')
        ports.answer(news.question).then(
          (answer) => order({ kind: 'answer', id: news.id, answer }),
          (error: unknown) => {
            ports.log.error({ err: error }, 'a request failed');
            order({ kind: 'answer', id: news.id, answer: null });
          },
        );
      else {
        // Nobody can deliver any more: the process ends, for whoever runs it to start it again.
        died = (error) => {
          ports.log.fatal({ err: error }, 'the thread for deliveries died');
          throw error;
        };
        resolve(news.url);
      }
    });
  });
  return {
    url,
    async close() {
      closing = true;
      order({ kind: 'close' });
      await ended;
    },
  };
}
