import { createHmac } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { at, repo, setting } from './client.ts';
import type { DoubleOptions } from './double.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { createStillClock } from './still-clock.ts';

let receiver: Receiver;

afterEach(() => receiver.close());

async function listening(options: DoubleOptions = {}) {
  const given = await setting(options);
  receiver = await startReceiver();
  given.double.sendWebhooksTo(receiver.url);
  const open = (title: string) => given.double.openIssue({ repository: repo, title });
  const titles = () => receiver.received.map(({ body }) => JSON.parse(body).issue.title);
  return { ...given, open, titles };
}

test('a webhook is signed with the secret and says what it is', async () => {
  const { double, open } = await listening({ webhookSecret: 'hush' });
  open('Größe → 大きさ');
  await double.settled();
  const { headers, body } = receiver.received[0]!;
  expect(headers['x-hub-signature-256']).toBe(
    `sha256=${createHmac('sha256', 'hush').update(body).digest('hex')}`,
  );
  expect(headers['x-github-event']).toBe('issues');
  expect(JSON.parse(body)).toMatchObject({
    action: 'opened',
    issue: { title: 'Größe → 大きさ' },
    repository: { full_name: repo },
  });
});

test('nothing is sent for a repository that the App is not installed on, or to an App that did not subscribe', async () => {
  const { double } = await listening({ events: ['label'] });
  double.addRepository('acme/other');
  double.openIssue({ repository: 'acme/other', title: 'Elsewhere', labels: ['new'] });
  double.openIssue({ repository: repo, title: 'Here', labels: ['new'] });
  await double.settled();
  expect(receiver.received.map(({ name }) => name)).toEqual(['label.created']);
});

test('a failed delivery is listed and redelivered with its GUID', async () => {
  const { double, app, open } = await listening();
  open('Fine');
  await double.settled();
  receiver.status = 500;
  open('Refused');
  await double.settled();
  double.disturbDeliveries({ lost: 1 });
  open('Lost');
  await double.settled();
  const failed = (await app.request('GET /app/hook/deliveries', { status: 'failure' })).data;
  expect(failed.map(({ status_code }) => status_code)).toEqual([502, 500]);
  expect(double.deliveries().map(({ status }) => status)).toEqual([
    'failed to connect to host',
    'Invalid HTTP Response: 500',
    'OK',
  ]);
  receiver.status = 202;
  for (const { id } of failed) await app.rest.apps.redeliverWebhookDelivery({ delivery_id: Number(id) });
  await double.settled();
  const guids = receiver.received.map(({ headers }) => headers['x-github-delivery']);
  expect(guids.slice(-2)).toEqual(failed.map(({ guid }) => guid));
  expect(double.deliveries()[0]).toMatchObject({ redelivery: true, status: 'OK', guid: failed[1]?.guid });
});

test('deliveries are paged by a cursor and forgotten after three days', async () => {
  const clock = createStillClock();
  const { double, app, open } = await listening({ clock });
  for (let n = 0; n < 5; n++) open(`Number ${n}`);
  await double.settled();
  const list = () => app.paginate('GET /app/hook/deliveries', { per_page: 2 });
  expect(await list()).toHaveLength(5);
  expect(double.count()['GET /app/hook/deliveries']).toBe(3);
  clock.advance(3 * 24 * 3_600_000 + 1);
  expect(await list()).toHaveLength(0);
});

test('deliveries can be doubled, reordered, delayed and dropped', async () => {
  const clock = createStillClock();
  const { double, open, titles } = await listening({ clock });
  double.disturbDeliveries({ doubled: 1 });
  open('Twice');
  await double.settled();
  expect(titles()).toEqual(['Twice', 'Twice']);
  expect(new Set(receiver.received.map(({ headers }) => headers['x-github-delivery'])).size).toBe(1);

  receiver.received.length = 0;
  double.disturbDeliveries({ reordered: 1 });
  open('First');
  double.disturbDeliveries({});
  open('Second');
  await double.settled();
  expect(titles().sort()).toEqual(['First', 'Second']);

  receiver.received.length = 0;
  double.disturbDeliveries({ delayed: 1, delay: 60_000 });
  open('Late');
  double.disturbDeliveries({ dropped: 1 });
  open('Never');
  clock.advance(60_000);
  await double.settled();
  expect(titles()).toEqual(['Late']);
  expect(double.deliveries()).toHaveLength(4);
});

test('what is done by the App has the App as its sender', async () => {
  const { double, bot } = await listening();
  double.openIssue({ repository: repo, title: 'One' });
  await bot.rest.issues.createComment({ owner: 'acme', repo: 'widgets', issue_number: 1, body: 'Hello.' });
  double.comment(at(1), 'Thanks.', 'ann');
  await double.settled();
  const comments = receiver.received.filter(({ name }) => name === 'issue_comment.created');
  const seen = comments.map(({ body }) => {
    const { sender, comment } = JSON.parse(body);
    return [sender.type, sender.login, comment.performed_via_github_app?.slug ?? null];
  });
  expect(seen.sort()).toEqual([
    ['Bot', 'signpost[bot]', 'signpost'],
    ['User', 'ann', null],
  ]);
});
