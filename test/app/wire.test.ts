import { createHmac, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, runApp } from './run-app.ts';

let run: RunningApp;
beforeAll(async () => {
  run = await runApp();
});
afterAll(() => run.stop());

interface Sent {
  readonly body: string | Buffer;
  readonly event?: string;
  readonly guid?: string;
  readonly signature?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Posts a delivery, signed as GitHub signs unless told otherwise. */
function deliver({
  body,
  event = 'issues',
  guid = randomUUID(),
  signature,
  headers = {},
}: Sent): Promise<{ status: number; text: string }> {
  const signed =
    signature ?? `sha256=${createHmac('sha256', run.double.app.webhookSecret).update(body).digest('hex')}`;
  return new Promise((resolve, reject) => {
    const sent = request(
      `${run.app().url}/api/github/webhooks`,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-github-event': event,
          'x-github-delivery': guid,
          'x-hub-signature-256': signed,
          ...headers,
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const payload = (over: Record<string, unknown> = {}): string =>
  JSON.stringify({
    action: 'opened',
    issue: { number: 1, user: { login: 'a', type: 'User' } },
    repository: { full_name: 'acme/tool' },
    sender: { login: 'a', type: 'User' },
    installation: { id: 1 },
    ...over,
  });

describe('a delivery', () => {
  test.each(['', 'sha256=', `sha256=${'0'.repeat(64)}`, 'sha1=abc', `sha256=${'Z'.repeat(64)}`])(
    'with the signature "%s" is a 401 and leaves nothing behind',
    async (signature) => {
      const before = await run.app().queue.depth();
      expect((await deliver({ body: payload(), signature })).status).toBe(401);
      expect(await run.app().queue.depth()).toEqual(before);
    },
  );

  test('signed with the secret "development" is refused', async () => {
    const signature = `sha256=${createHmac('sha256', 'development').update(payload()).digest('hex')}`;
    expect((await deliver({ body: payload(), signature })).status).toBe(401);
  });

  test('over 25 MB is a 413, announced or not', async () => {
    const big = Buffer.alloc(25 * 1024 * 1024 + 1, 32);
    expect((await deliver({ body: big, signature: `sha256=${'0'.repeat(64)}` })).status).toBe(413);
    const chunked = await deliver({
      body: big,
      signature: `sha256=${'0'.repeat(64)}`,
      headers: { 'transfer-encoding': 'chunked' },
    });
    expect(chunked.status).toBe(413);
  });

  test.each([
    '5',
    'null',
    '[]',
    '"text"',
    '{}',
    'not json',
    '',
    '{"action":"opened","issue":{}}',
    payload({ issue: { number: 'one' } }),
    payload({ issue: { number: -1 } }),
    payload({ repository: { full_name: '../../etc' } }),
  ])('signed, but holding %s, is a 400 and no crash', async (body) => {
    expect((await deliver({ body })).status).toBe(400);
    expect((await fetch(`${run.app().url}/healthz`)).status).toBe(200);
  });

  test('of an event that nobody subscribed to is ignored', async () => {
    expect(await deliver({ body: '5', event: 'constructor' })).toMatchObject({
      status: 202,
      text: 'ignored\n',
    });
    expect(await deliver({ body: '{}', event: 'star' })).toMatchObject({ status: 202, text: 'ignored\n' });
  });

  test('without a GUID or with a strange event name is a 400', async () => {
    expect((await deliver({ body: payload(), guid: '../x' })).status).toBe(400);
    expect((await deliver({ body: payload(), event: 'Issues!' })).status).toBe(400);
  });

  test('that comes again with its GUID is taken in once', async () => {
    const guid = randomUUID();
    expect((await deliver({ body: payload(), guid })).text).toBe('accepted\n');
    expect((await deliver({ body: payload(), guid })).text).toBe('known already\n');
  });
});

describe('the server', () => {
  test('tells health and metrics, and nothing else', async () => {
    await run.settle();
    expect(await (await fetch(`${run.app().url}/healthz`)).json()).toMatchObject({ status: 'ok' });
    const metrics = await (await fetch(`${run.app().url}/metrics`)).text();
    expect(metrics).toMatch(/signpost_deliveries_total\{status="401"\} \d+/);
    expect((await fetch(`${run.app().url}/probot`)).status).toBe(404);
    expect((await fetch(`${run.app().url}/healthz`, { method: 'DELETE' })).status).toBe(405);
  });
});
