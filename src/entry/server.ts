import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../ports/clock.ts';
import type { Queue } from '../ports/queue.ts';
import type { Environment } from './environment.ts';
import { type LivePorts, serveLive } from './live.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import { receive, type WebhookPorts } from './webhook.ts';

export interface ServerPorts {
  /** Null: this process takes no deliveries in. */
  readonly webhook: WebhookPorts | null;
  readonly live: LivePorts;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** `/` as well, because that is what the set-up page registers. */
const webhookPaths = new Set(['/api/github/webhooks', '/']);

/** Our own HTTP server: webhooks, `/healthz`, `/metrics`, and for this machine the maintainers' page at `/`. Port 0 takes any free one. */
export async function startServer(
  { host, port }: Pick<Environment, 'host' | 'port'>,
  ports: ServerPorts,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    route(request, response, ports).catch((error: unknown) => {
      ports.log.error({ err: error }, 'a request failed');
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end();
    });
  });
  // A webhook is small and GitHub gives up after ten seconds; whoever is slower is not GitHub.
  server.requestTimeout = 30_000;
  server.headersTimeout = 10_000;
  server.maxRequestsPerSocket = 10_000;
  // Longer than proxies keep a connection to us: one that we close just as they use it again loses a delivery.
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

async function route(request: IncomingMessage, response: ServerResponse, ports: ServerPorts): Promise<void> {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  if (webhookPaths.has(path) && request.method === 'POST') {
    if (ports.webhook === null) return say(response, 404, 'a worker: webhooks go to the web process');
    return receive(request, response, ports.webhook);
  }
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return say(response, 405, 'only GET and, for webhooks, POST');
  if (path === '/') return serveLive(request, response, ports.live);
  if (path === '/healthz') {
    const { oldest, waiting, dead } = await ports.queue.depth();
    const waitingFor = oldest === null ? 0 : Math.max(0, ports.clock.now() - oldest) / 1000;
    return say(
      response,
      200,
      JSON.stringify({ status: 'ok', waiting, dead, oldestSeconds: waitingFor }),
      'application/json',
    );
  }
  if (path === '/metrics') {
    ports.metrics.queue(await ports.queue.depth(), ports.clock.now());
    const { registry } = ports.metrics;
    return say(response, 200, await registry.metrics(), registry.contentType);
  }
  return say(response, 404, 'nothing here; webhooks go to /api/github/webhooks');
}

function say(
  response: ServerResponse,
  status: number,
  text: string,
  type = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff' });
  response.end(`${text}\n`);
}
