import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Contract } from './contract.ts';
import type { Fault, Faults } from './faults.ts';
import { endure } from './faults.ts';
import type { Caller, Reply, Room, Route } from './http.ts';
import type { Cost } from './limits.ts';
import type { CallRecord } from './records.ts';
import { type Arrived, makeRequest } from './request.ts';
import { createRouter } from './router.ts';
import { Refusal } from './world.ts';

export interface ServerParts {
  readonly room: Room;
  readonly routes: readonly Route[];
  readonly faults: Faults;
  readonly contract: Contract;
  record(call: CallRecord): void;
}

interface Ready {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The HTTP side: reads a request, lets faults and limits have their say, runs the route, checks the answer. */
export function createHttpServer(parts: ServerParts): Server {
  const find = createRouter(parts.routes);
  return createServer((incoming, outgoing) => {
    respond(parts, find, incoming, outgoing).catch((error: unknown) => {
      parts.contract.deviate(`${incoming.method} ${incoming.url}: ${String(error)}`);
      outgoing.writeHead(500).end();
    });
  });
}

async function respond(
  parts: ServerParts,
  find: ReturnType<typeof createRouter>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { room, faults } = parts;
  const { clock } = room.world;
  const { method = 'GET', headers } = incoming;
  const url = new URL(incoming.url ?? '/', 'http://double');
  const body = parse(await readAll(incoming));
  const at = clock.now();
  const path = byName(room, url.pathname);
  const found = find(method, path);
  const befallen = faults.of(method, path);
  const is = (kind: Fault['kind']): boolean => befallen.some((fault) => fault.kind === kind);
  const hiddenFor = is('stale') ? 2_000 : 0;
  const wait = (): Promise<void> => endure(clock, befallen);
  const answer =
    (await spoiled(befallen, wait)) ??
    (await act(parts, { method, url, headers, body, found, hiddenFor }, wait));
  parts.record({
    at,
    method,
    path: url.pathname + url.search,
    route: found?.route.path ?? null,
    status: answer.status,
    body,
    creates: found?.route.creates ?? false,
    faults: befallen.map(({ kind }) => kind),
  });
  if (is('cut') || is('cut-after')) incoming.socket.destroy();
  else send(room, outgoing, answer);
}

/**
 * Runs the route within the limits of who calls, who is there as long as it takes; every refusal becomes GitHub's
 * answer to it.
 */
async function act(parts: ServerParts, arrived: Arrived, wait: () => Promise<void>): Promise<Ready> {
  const { room, contract } = parts;
  const { found, headers, method, url } = arrived;
  const resource = url.pathname === '/graphql' ? 'graphql' : 'core';
  let caller: Caller = { kind: 'anonymous' };
  let leave = (_free: boolean): void => {};
  let ready: Ready;
  try {
    caller = room.tokens.caller(headers.authorization);
    if (!found) throw contract.unknown(`${method} ${url.pathname}`);
    if (url.pathname !== '/rate_limit') leave = room.limits.enter(caller, costOf(found.route, arrived.body));
    await wait();
    const request = makeRequest(room, contract, arrived, found, caller);
    const answer = serialise(await found.route.handle(request));
    contract.check(method, found.route.path, answer.status, answer.body);
    ready = tagged(answer, method, headers['if-none-match']);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    ready = serialise(refusal(error));
  }
  leave(ready.status === 304);
  return { ...ready, headers: { ...room.limits.headers(caller, resource), ...ready.headers } };
}

function serialise({ status, body, headers = {} }: Reply): Ready {
  return { status, body: body === undefined ? '' : JSON.stringify(body), headers };
}

/** With an ETag; 304 when the caller has the same already. */
function tagged(ready: Ready, method: string, known: string | undefined): Ready {
  if (method !== 'GET' || ready.status !== 200) return ready;
  const etag = `W/"${createHash('sha1').update(ready.body).digest('hex')}"`;
  const headers = { ...ready.headers, etag };
  return known === etag ? { status: 304, body: '', headers } : { ...ready, headers };
}

/** GraphQL counts by itself what a query costs beyond the first point. */
function costOf({ path, method, creates = false }: Route, body: unknown): Cost {
  const graphql = path === '/graphql';
  const query = Object(body).query;
  const reads = graphql ? !/^\s*mutation\b/.test(String(query)) : method === 'GET';
  return { resource: graphql ? 'graphql' : 'core', calls: 1, points: reads ? 1 : 5, creates };
}

/** The JSON of a body; the text itself when it is none. */
function parse(raw: Buffer): unknown {
  if (raw.length === 0) return undefined;
  try {
    return JSON.parse(raw.toString());
  } catch {
    return raw.toString();
  }
}

/** `/repositories/{id}/…`, which GitHub's links use, is `/repos/{owner}/{repo}/…`. */
function byName(room: Room, path: string): string {
  const found = /^\/repositories\/(\d+)(\/.*)?$/.exec(path);
  if (!found) return path;
  for (const { id, owner, name } of room.world.repositories.values())
    if (id === Number(found[1])) return `/repos/${owner.login}/${name}${found[2] ?? ''}`;
  return path;
}

function refusal({ status, message, errors, headers }: Refusal): Reply {
  const documentation_url = 'https://docs.github.com/rest';
  return {
    status,
    headers,
    body: { message, ...(errors && { errors }), documentation_url, status: String(status) },
  };
}

/** The answer of a fault that comes in place of the route's; null when the route shall run. */
async function spoiled(befallen: readonly Fault[], wait: () => Promise<void>): Promise<Ready | null> {
  for (const fault of befallen) {
    if (fault.kind !== 'cut' && fault.kind !== 'status') continue;
    await wait();
    if (fault.kind === 'cut') return serialise({ status: 0 });
    const { status, headers, body = { message: `fault ${status}` } } = fault;
    return serialise({ status, body, ...(headers && { headers }) });
  }
  return null;
}

let answers = 0;

function send(room: Room, outgoing: ServerResponse, { status, body, headers }: Ready): void {
  outgoing.writeHead(status, {
    date: new Date(room.world.clock.now()).toUTCString(),
    'content-type': 'application/json; charset=utf-8',
    'x-github-media-type': 'github.v3; format=json',
    'x-github-request-id': `D0B1:${(++answers).toString(16).toUpperCase()}`,
    ...headers,
    ...(body !== '' && { 'content-length': String(Buffer.byteLength(body)) }),
  });
  outgoing.end(body);
}

const mostBytes = 25 * 1_024 * 1_024;

async function readAll(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > mostBytes) throw new Error('request over 25 MB');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
