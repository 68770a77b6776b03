import { createHmac, randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { afterEach, expect, it } from 'vitest';
import { openSqlite } from '../../../src/adapters/open/index.ts';
import { createLog } from '../../../src/process/log.ts';
import { createMetrics } from '../../../src/process/metrics.ts';
import { text } from '../../../src/server/http/message.ts';
import { startWebhookThread } from '../../../src/server/webhook/webhook-thread.ts';
import { fastClock, sqliteBackend } from '../../adapters/store/backends.ts';

const module = new URL('../../../src/server/webhook/thread-main.ts', import.meta.url);
const secret = 'a secret of the test';
const clock = fastClock(1);
const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function open() {
  const backend = sqliteBackend();
  endings.push(() => backend.destroy());
  const path = backend.address[1];
  const { store, queue } = await openSqlite({ path, clock });
  endings.push(() => store.close());
  const metrics = createMetrics();
  let accepted = 0;
  const environment = {
    appId: 1,
    privateKey: '',
    webhookSecret: secret,
    githubUrl: 'http://127.0.0.1:9',
    store: path,
    host: '127.0.0.1',
    port: 0,
    logLevel: 'silent',
    pagesUrl: null,
    worker: null,
  };
  const server = await startWebhookThread(
    module,
    { environment, app: 'signpost' },
    {
      metrics,
      log: createLog('silent'),
      onAccepted: () => {
        accepted += 1;
      },
      handle: async (request) => {
        if (request.path === '/broken') throw new Error('this cannot be answered');
        return text(200, JSON.stringify(request));
      },
    },
  );
  endings.push(() => server.close());
  return { server, metrics, queue, store, accepted: () => accepted };
}

function payload(number: number): { body: string; headers: Record<string, string> } {
  const body = JSON.stringify({
    action: 'opened',
    issue: { number, user: { login: 'ann', type: 'User' } },
    repository: { full_name: 'acme/app' },
    sender: { login: 'ann', type: 'User' },
    installation: { id: 7 },
  });
  const headers = {
    'x-github-event': 'issues',
    'x-github-delivery': randomUUID(),
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  };
  return { body, headers };
}

it('takes a delivery in, once, and tells of the work', async () => {
  const { server, metrics, queue, accepted } = await open();
  const { body, headers } = payload(1);
  const send = (more: object = {}) =>
    fetch(`${server.url}/api/github/webhooks`, { method: 'POST', body, headers: { ...headers, ...more } });
  expect(await (await send()).text()).toBe('accepted\n');
  expect(await (await send()).text()).toBe('known already\n');
  expect((await send({ 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` })).status).toBe(401);
  expect(await queue.fetch(9)).toMatchObject([{ kind: 'triage', key: 'acme/app#1', installation: 7 }]);
  expect(accepted()).toBe(1);
  const shown = await metrics.registry.metrics();
  expect(shown).toContain('signpost_deliveries_total{status="202"} 2');
  expect(shown).toContain('signpost_deliveries_total{status="401"} 1');
});

it('acknowledges while the other thread is busy', async () => {
  const { server, queue } = await open();
  const busy = new Int32Array(new SharedArrayBuffer(4));
  // Whoever delivers has a thread as well, and says how long it took once we listen again.
  const sender = new Worker(
    `const { parentPort, workerData: { url, body, headers } } = require('node:worker_threads');
     parentPort.once('message', async () => {
       const began = performance.now();
       const { status } = await fetch(url, { method: 'POST', body, headers });
       parentPort.postMessage({ status, took: performance.now() - began });
     });`,
    { eval: true, workerData: { url: `${server.url}/`, ...payload(2) } },
  );
  endings.push(() => sender.terminate());
  const answered = new Promise((resolve) => sender.once('message', resolve));
  sender.postMessage('go');
  Atomics.wait(busy, 0, 0, 2_000);
  const { status, took } = (await answered) as { status: number; took: number };
  expect(status).toBe(202);
  expect(took).toBeLessThan(1_500);
  expect((await queue.depth()).waiting).toBe(1);
});

it('has what there is to read from the other thread', async () => {
  const { server } = await open();
  const read = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${server.url}${path}`, init);
    return { status: response.status, body: await response.text() };
  };
  expect(await read('/healthz?a=1?2')).toEqual({
    status: 200,
    body: '{"path":"/healthz","query":"a=1?2","local":true}\n',
  });
  expect((await read('/', { headers: { 'x-forwarded-for': '10.0.0.1' } })).body).toContain('"local":false');
  expect((await read('/healthz', { method: 'DELETE' })).status).toBe(405);
  expect((await read('/broken')).status).toBe(500);
  expect((await read('/healthz')).status).toBe(200);
});

it('answers what it has begun before it closes, and takes nothing in any more', async () => {
  const { server, queue } = await open();
  const sent = Array.from({ length: 20 }, (_, n) => {
    const { body, headers } = payload(10 + n);
    return fetch(`${server.url}/`, { method: 'POST', body, headers }).then(
      ({ status }) => status,
      () => 0,
    );
  });
  await sent[0];
  await server.close();
  const accepted = (await Promise.all(sent)).filter((status) => status === 202).length;
  expect(accepted).toBeGreaterThan(0);
  expect((await queue.depth()).waiting).toBe(accepted);
  await expect(fetch(server.url)).rejects.toThrow();
});

it('says why it cannot open', async () => {
  const { server } = await open();
  const { port } = new URL(server.url);
  const environment = { store: '/nowhere/at/all.db', host: '127.0.0.1', port: Number(port) };
  const task = { app: 'signpost', environment: { ...environment, logLevel: 'silent' } } as never;
  const ports = {
    metrics: createMetrics(),
    log: createLog('silent'),
    onAccepted: () => {},
    handle: async () => text(200, ''),
  };
  await expect(startWebhookThread(module, task, ports)).rejects.toThrow('/nowhere/at/all.db');
});
