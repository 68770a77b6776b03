import { Worker } from 'node:worker_threads';
import type { Logger } from '../../ports/log.ts';
import type { Metrics } from '../../ports/metrics.ts';
import type { Environment } from '../../process/environment.ts';
import type { HttpHandler, HttpRequest, HttpResponse } from '../http/message.ts';
import type { HttpServer } from '../http/server.ts';

/** What the thread finds in `workerData.task` when it starts. */
export interface WebhookThreadTask {
  readonly environment: Environment;
  /** The App's slug. */
  readonly app: string;
}

/** From the thread. */
export type WebhookThreadEvent =
  | { readonly kind: 'listening'; readonly url: string }
  | { readonly kind: 'answered'; readonly status: number; readonly milliseconds: number }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'request'; readonly id: number; readonly request: HttpRequest };

/** To the thread. */
export type WebhookThreadCommand =
  | { readonly kind: 'response'; readonly id: number; readonly response: HttpResponse | null }
  | { readonly kind: 'close' };

export interface WebhookThreadPorts {
  readonly metrics: Pick<Metrics, 'delivered'>;
  /** Called after a delivery was written: there is work. */
  readonly onAccepted: () => void;
  /** Answers what the thread's server is asked beside webhooks. */
  readonly handle: HttpHandler;
  readonly log: Logger;
}

/**
 * Node's cache of compiled code is off in a thread until it is asked for, and what strips types takes 25 MB.
 * Plain JavaScript, so that it is on before the first TypeScript file is read.
 */
const bootstrap = `
  const { workerData } = require('node:worker_threads');
  const { enableCompileCache, flushCompileCache } = require('node:module');
  enableCompileCache();
  import(workerData.module).then(() => flushCompileCache());
`;
/**
 * A small nursery: with the usual one, a thread that handles 200 deliveries a second keeps 40 MB of garbage.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 3 };

/**
 * Takes deliveries in on a thread of its own, with a connection of its own to the SQLite file: while this
 * thread reads a report, collects garbage or waits for the disk, deliveries are acknowledged all the same.
 * Rejects when the thread cannot open the store or listen; should it die later, the error is thrown into this
 * process.
 *
 * @param module what the thread runs, a file URL
 */
export async function startWebhookThread(
  module: URL,
  task: WebhookThreadTask,
  ports: WebhookThreadPorts,
): Promise<HttpServer> {
  const workerData = { module: module.href, task };
  const thread = new Worker(bootstrap, { eval: true, workerData, resourceLimits });
  const send = (command: WebhookThreadCommand): void => thread.postMessage(command);
  const exited = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
  let closing = false;
  const url = await new Promise<string>((resolve, reject) => {
    let died = reject;
    thread.on('error', (error: Error) => died(error));
    thread.on('exit', (code) => closing || died(new Error(`the thread for deliveries ended with ${code}`)));
    thread.on('message', (event: WebhookThreadEvent) => {
      if (event.kind !== 'listening') return void onEvent(event, send, ports);
      // Nobody can deliver any more: the process ends, for whoever runs it to start it again.
      died = (error) => {
        ports.log.fatal({ err: error }, 'the thread for deliveries died');
        throw error;
      };
      resolve(event.url);
    });
  });
  return {
    url,
    async close() {
      closing = true;
      send({ kind: 'close' });
      await exited;
    },
  };
}

async function onEvent(
  event: Exclude<WebhookThreadEvent, { kind: 'listening' }>,
  send: (command: WebhookThreadCommand) => void,
  { handle, log, metrics, onAccepted }: WebhookThreadPorts,
): Promise<void> {
  if (event.kind === 'answered') return metrics.delivered(event.status, event.milliseconds);
  if (event.kind === 'accepted') return onAccepted();
  try {
    send({ kind: 'response', id: event.id, response: await handle(event.request) });
  } catch (error) {
    log.error({ err: error }, 'a request failed');
    send({ kind: 'response', id: event.id, response: null });
  }
}
