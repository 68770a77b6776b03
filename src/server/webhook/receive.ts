import type { IncomingMessage, ServerResponse } from 'node:http';
import { verifySignature } from '../../adapters/github/signature.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/log.ts';
import type { Metrics } from '../../ports/metrics.ts';
import type { Store } from '../../ports/store.ts';
import { parseEvent } from './read-event.ts';

/** GitHub's own limit for a payload. */
const largestBody = 25 * 1024 * 1024;

export interface WebhookPorts {
  /** The webhook secret. */
  readonly secret: string;
  readonly store: Pick<Store, 'accept'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Pick<Metrics, 'delivered'>;
  /** The App's slug. */
  readonly app: string;
  /** Called after a delivery was written: there is work. */
  readonly wake: () => void;
}

/**
 * Takes in one delivery: caps the body while reading, checks the signature, writes identifiers and jobs to the inbox,
 * and answers. The work is done later. 202 accepted or ignored, 400 malformed, 401 not signed by GitHub, 413 too large,
 * 503 when the inbox cannot be written (GitHub keeps it, the catch-up asks for it again).
 */
export async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  ports: WebhookPorts,
): Promise<void> {
  const started = ports.clock.now();
  const guid = header(request, 'x-github-delivery');
  const event = header(request, 'x-github-event');
  const log = ports.log.child({
    delivery: /^[\w-]{1,64}$/.test(guid) ? guid : 'unreadable',
    event: event.slice(0, 40),
  });
  const answer = (status: number, text: string): void => {
    ports.metrics.delivered(status, ports.clock.now() - started);
    response.writeHead(status, {
      'content-type': 'text/plain; charset=utf-8',
      ...(status === 413 ? { connection: 'close' } : {}),
    });
    response.end(`${text}\n`);
  };

  const body = await readBody(request);
  if (body === 'too large') {
    log.warn('refused: body over 25 MB');
    answer(413, 'the body is over 25 MB');
    return;
  }
  if (body === 'cut') return;
  if (body === '') {
    answer(400, 'the body is empty');
    return;
  }
  const signature = header(request, 'x-hub-signature-256');
  if (!/^sha256=[0-9a-f]{64}$/.test(signature) || !(await verifySignature(body, signature, ports.secret))) {
    log.warn('refused: wrong or missing signature');
    answer(401, 'the signature is missing or wrong');
    return;
  }
  if (!/^[\w-]{1,64}$/.test(guid) || !/^[a-z_]{1,40}$/.test(event)) {
    log.warn('refused: X-GitHub-Delivery or X-GitHub-Event is missing or malformed');
    answer(400, 'X-GitHub-Delivery or X-GitHub-Event is missing or malformed');
    return;
  }
  const intake = parseEvent(parse(body), { event, guid, receivedAt: started, app: ports.app });
  if (intake.kind === 'malformed') {
    log.warn({ why: intake.why }, 'refused: not what the schema says');
    answer(400, 'the payload is not what GitHub\u2019s schema says');
    return;
  }
  if (intake.kind === 'ignored') {
    log.debug({ why: intake.why }, 'ignored');
    answer(202, 'ignored');
    return;
  }
  const { delivery, jobs } = intake;
  try {
    const fresh = await ports.store.accept(delivery, jobs);
    log.info(
      { repository: delivery.repository, issue: delivery.number, action: delivery.action, fresh },
      fresh ? 'accepted' : 'known already',
    );
    answer(202, fresh ? 'accepted' : 'known already');
    if (fresh) ports.wake();
  } catch (error) {
    log.error({ err: error }, 'the inbox could not be written');
    answer(503, 'not accepted; deliver it again');
  }
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}

/** Reads at most 25 MB; what comes after is not kept. */
function readBody(request: IncomingMessage): Promise<string | 'too large' | 'cut'> {
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
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('error', () => resolve('cut'));
    request.on('aborted', () => resolve('cut'));
  });
}

/** Undefined where it is not JSON: no event's schema takes that. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
