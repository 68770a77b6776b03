import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/log.ts';
import type { Metrics } from '../../ports/metrics.ts';
import type { Store } from '../../ports/store.ts';
import { type ParsedEvent, parseEvent } from './read-event.ts';

/** GitHub's own limit for a payload, in bytes. */
const largestBody = 25 * 1024 * 1024;

export interface WebhookPorts {
  /** Says whether GitHub signed this body; `signature` is the header `X-Hub-Signature-256`, well formed. */
  readonly verify: (body: string, signature: string) => Promise<boolean>;
  readonly store: Pick<Store, 'accept'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Pick<Metrics, 'delivered'>;
  /** The App's slug. */
  readonly app: string;
  /** Called after a delivery was written and answered: there is work. */
  readonly onAccepted: () => void;
}

type Body = { readonly text: string } | 'too large' | 'aborted';

interface Reply {
  readonly status: number;
  readonly text: string;
  /** There is work that was not there before. */
  readonly fresh?: boolean;
}

/**
 * Takes in one delivery: caps the body while reading, checks the signature, writes identifiers and jobs to
 * the inbox, and answers. The work is done later. 202 accepted or ignored, 400 malformed, 401 not signed by
 * GitHub, 413 too large, 503 when the inbox cannot be written (GitHub keeps it, the catch-up asks for it
 * again).
 */
export async function receiveDelivery(
  request: IncomingMessage,
  response: ServerResponse,
  ports: WebhookPorts,
): Promise<void> {
  const receivedAt = ports.clock.now();
  const body = await readBody(request);
  if (body === 'aborted') return;
  const { fresh = false, status, text } = await accept(request, body, receivedAt, ports);
  ports.metrics.delivered(status, ports.clock.now() - receivedAt);
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    ...(status === 413 ? { connection: 'close' } : {}),
  });
  response.end(`${text}\n`);
  if (fresh) ports.onAccepted();
}

/** Checks what came, in the order in which each check can be trusted, and writes it. */
async function accept(
  request: IncomingMessage,
  body: Exclude<Body, 'aborted'>,
  receivedAt: number,
  ports: WebhookPorts,
): Promise<Reply> {
  const guid = header(request, 'x-github-delivery');
  const event = header(request, 'x-github-event');
  const log = ports.log.child({
    delivery: /^[\w-]{1,64}$/.test(guid) ? guid : 'unreadable',
    event: event.slice(0, 40),
  });
  if (body === 'too large') {
    log.warn('refused: body over 25 MB');
    return { status: 413, text: 'the body is over 25 MB' };
  }
  if (body.text === '') return { status: 400, text: 'the body is empty' };
  const signature = header(request, 'x-hub-signature-256');
  if (!/^sha256=[0-9a-f]{64}$/.test(signature) || !(await ports.verify(body.text, signature))) {
    log.warn('refused: wrong or missing signature');
    return { status: 401, text: 'the signature is missing or wrong' };
  }
  if (!/^[\w-]{1,64}$/.test(guid) || !/^[a-z_]{1,40}$/.test(event)) {
    log.warn('refused: X-GitHub-Delivery or X-GitHub-Event is missing or malformed');
    return { status: 400, text: 'X-GitHub-Delivery or X-GitHub-Event is missing or malformed' };
  }
  const parsed = parseEvent(parseJson(body.text), { event, guid, receivedAt, app: ports.app });
  if (parsed.kind === 'malformed') {
    log.warn({ why: parsed.why }, 'refused: not what the schema says');
    return { status: 400, text: 'the payload is not what GitHub\u2019s schema says' };
  }
  if (parsed.kind === 'ignored') {
    log.debug({ why: parsed.why }, 'ignored');
    return { status: 202, text: 'ignored' };
  }
  return write(parsed, log, ports);
}

async function write(
  { delivery, jobs }: Extract<ParsedEvent, { kind: 'accepted' }>,
  log: Logger,
  { store }: WebhookPorts,
): Promise<Reply> {
  try {
    const fresh = await store.accept(delivery, jobs);
    const text = fresh ? 'accepted' : 'known already';
    const { action, number: issue, repository } = delivery;
    log.info({ repository, issue, action, fresh }, text);
    return { status: 202, text, fresh };
  } catch (error) {
    log.error({ err: error }, 'the inbox could not be written');
    return { status: 503, text: 'not accepted; deliver it again' };
  }
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}

/** Reads at most 25 MB; what comes after is not kept. */
function readBody(request: IncomingMessage): Promise<Body> {
  return new Promise((resolve) => {
    if (Number(request.headers['content-length']) > largestBody) {
      request.resume();
      resolve('too large');
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= largestBody) chunks.push(chunk);
      else resolve('too large');
    });
    request.on('end', () => resolve({ text: Buffer.concat(chunks).toString('utf8') }));
    request.on('error', () => resolve('aborted'));
    request.on('aborted', () => resolve('aborted'));
  });
}

/** Undefined where it is not JSON: no event's schema takes that. */
function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
