import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '../../ports/log.ts';
import type { Environment } from '../../process/environment.ts';
import { type HttpHandler, type HttpResponse, text } from './message.ts';

export interface HttpServerPorts {
  /** Takes a delivery in and answers it. Null: this process takes none. */
  readonly receiveWebhook: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | null;
  /** Answers GET and HEAD. */
  readonly handle: HttpHandler;
  readonly log: Logger;
}

export interface HttpServer {
  /** `http://host:port` */
  readonly url: string;
  /** Takes no more requests; resolves when every one that came was answered. */
  close(): Promise<void>;
}

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const localNames = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;
/** `/` as well, because that is what the set-up page registers. */
const webhookPaths = new Set(['/api/github/webhooks', '/']);

/** Starts our own HTTP server: webhooks, and what there is to read. Port 0 takes any free one. */
export async function startHttpServer(
  { host, port }: Pick<Environment, 'host' | 'port'>,
  ports: HttpServerPorts,
): Promise<HttpServer> {
  const server = createServer((request, response) => {
    dispatch(request, response, ports).catch((error: unknown) => {
      ports.log.error({ err: error }, 'a request failed');
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end();
    });
  });
  // A webhook is small and GitHub gives up after ten seconds; whoever is slower is not GitHub.
  server.requestTimeout = 30_000;
  server.headersTimeout = 10_000;
  server.maxRequestsPerSocket = 10_000;
  // Longer than proxies keep a connection to us: one that we close just as they use it again loses a
  // delivery.
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
        // Also those that become idle only now: a kept connection would hold up the stop for as long as it
        // may be kept.
        const sweeping = setInterval(() => server.closeIdleConnections(), 20);
        server.close(() => {
          clearInterval(sweeping);
          resolve();
        });
      }),
  };
}

/** Gives a webhook to its receiver and anything else that may be read to the handler. */
async function dispatch(
  request: IncomingMessage,
  response: ServerResponse,
  { handle, receiveWebhook }: HttpServerPorts,
): Promise<void> {
  const { path, query } = splitUrl(request.url ?? '/');
  if (webhookPaths.has(path) && request.method === 'POST') {
    if (receiveWebhook !== null) return receiveWebhook(request, response);
    return send(response, text(404, 'a worker: webhooks go to the web process'));
  }
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return send(response, text(405, 'only GET and, for webhooks, POST'));
  send(response, await handle({ path, query, local: isLocal(request) }));
}

function splitUrl(url: string): { readonly path: string; readonly query: string } {
  const end = url.indexOf('?');
  return end < 0 ? { path: url, query: '' } : { path: url.slice(0, end), query: url.slice(end + 1) };
}

function send(response: ServerResponse, { body, headers, status }: HttpResponse): void {
  response.writeHead(status, headers);
  response.end(body);
}

/**
 * The connection comes from this machine, the browser was told a local name (no page elsewhere can make it
 * ask), and no proxy passed the request on.
 */
function isLocal({ headers, socket }: IncomingMessage): boolean {
  const passedOn = 'forwarded' in headers || 'x-forwarded-for' in headers || 'x-real-ip' in headers;
  return loopback.has(socket.remoteAddress ?? '') && localNames.test(headers.host ?? '') && !passedOn;
}
