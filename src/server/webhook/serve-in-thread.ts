import { parentPort, workerData } from 'node:worker_threads';
import { openSqlite } from '../../adapters/open/open-sqlite.ts';
import type { Clock } from '../../ports/clock.ts';
import { createLog } from '../../process/log.ts';
import type { HttpResponse } from '../http/message.ts';
import { startServer } from '../http/server.ts';
import { receive, type WebhookPorts } from './receive.ts';
import type { WebhookThreadCommand, WebhookThreadData, WebhookThreadEvent } from './webhook-thread.ts';

/** What the thread of `openDoor` does: the server, the inbox, and questions passed on. */
export async function serveWebhooksInThread(clock: Clock): Promise<void> {
  const { app, environment }: WebhookThreadData = workerData.task;
  const port = parentPort;
  if (port === null) throw new Error('only a thread serves the door');
  const tell = (news: WebhookThreadEvent): void => port.postMessage(news);
  const log = createLog(environment.logLevel);
  const { store } = await openSqlite({ path: environment.store, clock, role: 'tool' });
  const asked = new Map<number, (answer: HttpResponse | null) => void>();
  let questions = 0;
  const inbox: WebhookPorts = {
    secret: environment.webhookSecret,
    store,
    clock,
    log,
    app,
    metrics: { delivered: (status, milliseconds) => tell({ kind: 'delivered', status, milliseconds }) },
    wake: () => tell({ kind: 'work' }),
  };
  const server = await startServer(environment, {
    webhook: (request, response) => receive(request, response, inbox),
    answer: async (request) => {
      questions += 1;
      const id = questions;
      const answer = await new Promise<HttpResponse | null>((resolve) => {
        asked.set(id, resolve);
        tell({ kind: 'asked', id, question: request });
      });
      if (answer === null) throw new Error('the other thread could not answer; it says why');
      return answer;
    },
    log,
  });
  port.on('message', async (order: WebhookThreadCommand) => {
    if (order.kind === 'answer') {
      asked.get(order.id)?.(order.answer);
      asked.delete(order.id);
      return;
    }
    await server.close();
    await store.close();
    port.close();
  });
  tell({ kind: 'open', url: server.url });
}
