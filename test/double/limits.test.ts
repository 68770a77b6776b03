import { expect, test } from 'vitest';
import { path, refusal, repo, setting } from './client.ts';
import { createStillClock } from './still-clock.ts';

const issue = { ...path, issue_number: 1 };
const second = 1_000;
const minute = 60 * second;

async function busy(primaryLimit?: number) {
  const clock = createStillClock();
  const given = await setting({
    clock,
    validate: 'off',
    ...(primaryLimit && { primaryLimit }),
  });
  given.double.openIssue({ repository: repo, title: 'One' });
  return {
    ...given,
    clock,
    comment: () => given.bot.rest.issues.createComment({ ...issue, body: 'Again.' }),
  };
}

test('80 comments a minute, then a secondary limit that says when to come back', async () => {
  const { comment, clock } = await busy();
  for (let n = 0; n < 80; n++) {
    await comment();
    clock.advance(500);
  }
  const refused = await comment().catch((error: unknown) => error);
  expect(refused).toMatchObject({ status: 403, response: { headers: { 'retry-after': '20' } } });
  expect(String(refused)).toContain('secondary rate limit');
  clock.advance(20 * second);
  expect(await refusal(comment())).toBe(0);
});

test('500 comments an hour', async () => {
  const { comment, clock } = await busy();
  for (let n = 0; n < 500; n++) {
    await comment();
    clock.advance(second);
  }
  expect(await refusal(comment())).toBe(403);
  clock.advance(60 * minute - 500 * second);
  expect(await refusal(comment())).toBe(0);
});

test('900 points a minute: one a read, five a write', async () => {
  const { bot, clock } = await busy();
  const label = () => bot.rest.issues.addLabels({ ...issue, labels: ['bug'] });
  for (let n = 0; n < 100; n++) await label();
  for (let n = 0; n < 400; n++) await bot.rest.issues.get(issue);
  expect(await refusal(bot.rest.issues.get(issue))).toBe(429);
  clock.advance(minute);
  expect(await refusal(bot.rest.issues.get(issue))).toBe(0);
});

test('the primary limit is counted in the headers, and a 304 is free', async () => {
  const { bot, clock } = await busy(3);
  const { headers } = await bot.rest.issues.get(issue);
  expect([headers['x-ratelimit-limit'], headers['x-ratelimit-remaining']]).toEqual(['3', '2']);
  const known = { headers: { 'if-none-match': String(headers.etag) } };
  for (let n = 0; n < 5; n++)
    expect(
      await refusal(bot.request('GET /repos/{owner}/{repo}/issues/{issue_number}', { ...issue, ...known })),
    ).toBe(304);
  const { data } = await bot.rest.rateLimit.get();
  expect(data.rate.remaining).toBe(2);
  for (let n = 0; n < 2; n++) await bot.rest.issues.get(issue);
  const refused = await bot.rest.issues.get(issue).catch((error: unknown) => error);
  expect(refused).toMatchObject({ status: 403, response: { headers: { 'x-ratelimit-remaining': '0' } } });
  clock.advance(data.rate.reset * second - clock.now());
  expect(await refusal(bot.rest.issues.get(issue))).toBe(0);
});

test('an issue that changed has another ETag', async () => {
  const { bot, double } = await busy();
  const { headers } = await bot.rest.issues.get(issue);
  double.label({ repository: repo, number: 1 }, 'bug', 'maintainer');
  const known = { headers: { 'if-none-match': String(headers.etag) } };
  expect((await bot.rest.issues.get({ ...issue, ...known })).data.labels).toHaveLength(1);
});

test('100 requests at once', async () => {
  const { bot, double, clock } = await busy();
  double.fault({ kind: 'slow', ms: second, match: { path: /comments/ } });
  const list = () => refusal(bot.rest.issues.listComments(issue));
  const all = Array.from({ length: 105 }, list);
  while (double.calls.length < 5) await new Promise((resolve) => setTimeout(resolve, 5));
  clock.advance(second);
  const statuses = await Promise.all(all);
  expect(statuses.filter((status) => status === 403)).toHaveLength(5);
  expect(statuses.filter((status) => status === 0)).toHaveLength(100);
});
