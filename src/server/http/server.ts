import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '../../ports/log.ts';
import type { Environment } from '../../process/environment.ts';
import { type HttpRequest, type HttpResponse, text } from './message.ts';

export interface ServerPorts {
  /** Takes a delivery in and answers it. Null: this process takes none. */
  readonly webhook: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | null;
  /** What there is to read. */
  readonly answer: (request: HttpRequest) => Promise<HttpResponse>;
  readonly log: Logger;
}

/** What listens: for a process, or for the part of it that takes deliveries in. */
export interface Listening {
  /** `http://host:port` */
  readonly url: string;
  /** Resolves when every request was answered. */
  close(): Promise<void>;
}

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const localNames = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;
/** `/` as well, because that is what the set-up page registers. */
const webhookPaths = new Set(['/api/github/webhooks', '/']);

/** Our own HTTP server: webhooks, and what there is to read. Port 0 takes any free one. */
export async function startServer(
  { host, port }: Pick<Environment, 'host' | 'port'>,
  ports: ServerPorts,
): Promise<Listening> {
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
        // Also those that become idle only now: a kept connection would hold up the stop for as long as it may be kept.
        const sweeping = setInterval(() => server.closeIdleConnections(), 20);
        server.close(() => {
          clearInterval(sweeping);
          resolve();
        });
      }),
  };
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  { answer, webhook }: ServerPorts,
): Promise<void> {
  const url = request.url ?? '/';
  const end = url.indexOf('?');
  const [path, query] = end < 0 ? [url, ''] : [url.slice(0, end), url.slice(end + 1)];
  if (webhookPaths.has(path) && request.method === 'POST') {
    if (webhook !== null) return webhook(request, response);
    return say(response, text(404, 'a worker: webhooks go to the web process'));
  }
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return say(response, text(405, 'only GET and, for webhooks, POST'));
  say(response, await answer({ path, query, local: isLocal(request) }));
}

function say(response: ServerResponse, { body, headers, status }: HttpResponse): void {
  response.writeHead(status, headers);
  response.end(body);
}

/** The connection comes from this machine, the browser was told a local name (no page elsewhere can make it ask), and no proxy passed the request on. */
function isLocal({ headers, socket }: IncomingMessage): boolean {
  const passedOn = 'forwarded' in headers || 'x-forwarded-for' in headers || 'x-real-ip' in headers;
  return loopback.has(socket.remoteAddress ?? '') && localNames.test(headers.host ?? '') && !passedOn;
}
