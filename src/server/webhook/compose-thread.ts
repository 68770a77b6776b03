import { parentPort, workerData } from 'node:worker_threads';
import { verifySignature } from '../../adapters/github/signature.ts';
import { openSqlite } from '../../adapters/open/open-sqlite.ts';
import type { Clock } from '../../ports/clock.ts';
import { createLog } from '../../process/log.ts';
import type { HttpHandler, HttpResponse } from '../http/message.ts';
import { startHttpServer } from '../http/server.ts';
import { receiveDelivery, type WebhookPorts } from './receive-delivery.ts';
import type { WebhookThreadCommand, WebhookThreadEvent, WebhookThreadTask } from './webhook-thread.ts';

type Post = (event: WebhookThreadEvent) => void;

/**
 * Wires what the thread of `startWebhookThread` runs: the HTTP server and an inbox of its own. Requests for
 * something to read are passed on to the other thread.
 */
export async function composeWebhookThread(clock: Clock): Promise<void> {
  const { app, environment }: WebhookThreadTask = workerData.task;
  const port = parentPort;
  if (port === null) throw new Error('only a thread takes deliveries in for another');
  const post: Post = (event) => port.postMessage(event);
  const log = createLog(environment.logLevel);
  const { store } = await openSqlite({ path: environment.store, clock, role: 'tool' });
  const { handle, settle } = createForwarder(post);
  const inbox: WebhookPorts = {
    verify: (body, signature) => verifySignature(body, signature, environment.webhookSecret),
    store,
    clock,
    log,
    app,
    metrics: { delivered: (status, milliseconds) => post({ kind: 'answered', status, milliseconds }) },
    onAccepted: () => post({ kind: 'accepted' }),
  };
  const server = await startHttpServer(environment, {
    receiveWebhook: (request, response) => receiveDelivery(request, response, inbox),
    handle,
    log,
  });
  port.on('message', async (command: WebhookThreadCommand) => {
    if (command.kind === 'response') return settle(command.id, command.response);
    await server.close();
    await store.close();
    port.close();
  });
  post({ kind: 'listening', url: server.url });
}

/**
 * Passes requests on and waits for their responses; `null` is a failure, of which the other thread says why.
 */
function createForwarder(post: Post): {
  readonly handle: HttpHandler;
  readonly settle: (id: number, response: HttpResponse | null) => void;
} {
  const pending = new Map<number, (response: HttpResponse | null) => void>();
  let lastId = 0;
  return {
    async handle(request) {
      lastId += 1;
      const id = lastId;
      const response = await new Promise<HttpResponse | null>((resolve) => {
        pending.set(id, resolve);
        post({ kind: 'request', id, request });
      });
      if (response === null) throw new Error('the other thread could not answer; it says why');
      return response;
    },
    settle(id, response) {
      pending.get(id)?.(response);
      pending.delete(id);
    },
  };
}
