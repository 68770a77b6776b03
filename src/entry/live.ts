import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import { livePage } from './digests.ts';
import type { Repositories } from './repositories.ts';

export interface LivePorts {
  readonly store: Store;
  readonly repositories: Repositories;
  readonly clock: Clock;
}

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const localNames = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/**
 * The maintainers' page at `/`, for this machine only: the connection comes from it, the browser was told a local name (no
 * page elsewhere can make it ask), and no proxy passed the request on. Others come through a tunnel.
 */
export async function serveLive(
  request: IncomingMessage,
  response: ServerResponse,
  { clock, repositories, store }: LivePorts,
): Promise<void> {
  const { headers, socket } = request;
  const passedOn = 'forwarded' in headers || 'x-forwarded-for' in headers || 'x-real-ip' in headers;
  if (!loopback.has(socket.remoteAddress ?? '') || !localNames.test(headers.host ?? '') || passedOn) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('nothing here\n');
    return;
  }
  const rows = await store.repositories();
  const asked = new URL(request.url ?? '/', 'http://localhost').searchParams.get('repository');
  const row =
    rows.find(({ repository }) => repository === asked) ??
    (asked === null && rows.length === 1 ? rows[0] : undefined);
  const known = row && (await repositories.known(row.repository));
  const page =
    row && known
      ? await livePage(row.repository, known, store, clock.now())
      : choice(rows.map(({ repository }) => repository));
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
  });
  response.end(page);
}

/** Names of repositories hold letters, digits, dots, dashes and underscores only: nothing to escape. */
function choice(repositories: readonly string[]): string {
  const links = repositories
    .filter((name) => /^[\w.-]+\/[\w.-]+$/.test(name))
    .map((name) => `<li><a href="/?repository=${name}">${name}</a></li>`);
  const list =
    links.length > 0 ? `<ul>${links.join('')}</ul>` : '<p>The App is not installed anywhere yet.</p>';
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Signpost</title></head><body><main><h1>Signpost</h1>${list}</main></body></html>`;
}
