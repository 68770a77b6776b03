/** What one answer on the wire means for the caller: nock gives exactly that answer. */
import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { connectAsPerson } from '../../../src/adapters/github/connect-person.ts';
import { GitHubError } from '../../../src/ports/github-error.ts';

const now = 1_800_000_000_000;
const clock = { now: () => now, sleep: async () => {}, yield: async () => {} };
const url = 'https://api.github.test';
const path = '/repos/acme/tool/issues/1';
const github = connectAsPerson('token-of-a-test', url, clock);

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
});
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});

async function failure(): Promise<GitHubError> {
  const error = await github.createComment('acme/tool', 1, 'hello').then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof GitHubError)) throw new Error(`expected a GitHubError, found ${String(error)}`);
  return error;
}

describe('a creating call', () => {
  test.each([
    [
      'a secondary limit with retry-after',
      403,
      { 'retry-after': '30' },
      'You have exceeded a secondary rate limit',
      'limited',
      now + 30_000,
    ],
    ['a 429', 429, {}, 'slow down', 'limited', now + 60_000],
    [
      'an empty primary limit',
      403,
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 120) },
      'API rate limit exceeded',
      'limited',
      now + 120_000,
    ],
    ['missing rights', 403, {}, 'Resource not accessible by integration', 'forbidden', null],
    ['bad credentials', 401, {}, 'Bad credentials', 'forbidden', null],
    ['a refusal', 422, {}, 'Validation Failed', 'refused', null],
    ['an issue that is gone', 410, {}, 'This issue was deleted', 'refused', null],
    ['an error of GitHub', 502, {}, 'Server Error', 'unknown', null],
  ] as const)(
    'that meets %s is made once, and told as that',
    async (_, status, headers, message, kind, retryAt) => {
      nock(url).post(`${path}/comments`).once().reply(status, { message }, headers);
      expect(await failure()).toMatchObject({
        failure: kind,
        status,
        retryAt,
        message: expect.stringContaining(message),
      });
    },
  );

  test('whose connection breaks may have taken effect', async () => {
    nock(url).post(`${path}/comments`).once().replyWithError('socket hang up');
    expect(await failure()).toMatchObject({ failure: 'unknown', status: null });
  });

  test('whose answer is not what GitHub says may have taken effect', async () => {
    nock(url).post(`${path}/comments`).once().reply(201, { id: 'one' });
    expect(await failure()).toMatchObject({ failure: 'unknown' });
  });

  test('never tells the token', async () => {
    nock(url).post(`${path}/comments`).once().reply(500, { message: 'x' });
    const error = await failure();
    expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain('token-of-a-test');
  });
});

describe('a reading call', () => {
  test.each([404, 410])('of what is not there (%i) is null', async (status) => {
    nock(url).get(path).once().reply(status, { message: 'Not Found' });
    expect(await github.issue('acme/tool', 1)).toBeNull();
  });

  test('of an issue that moved away is null here', async () => {
    nock(url)
      .get(path)
      .once()
      .reply(200, {
        number: 4,
        id: 9,
        title: 'moved',
        body: null,
        user: null,
        labels: [],
        state: 'open',
        repository_url: `${url}/repos/acme/elsewhere`,
        created_at: '2026-01-01T00:00:00Z',
      });
    expect(await github.issue('acme/tool', 1)).toBeNull();
  });

  test('of a null body and a deleted account is an empty text by ghost', async () => {
    nock(url)
      .get(path)
      .once()
      .reply(200, {
        number: 1,
        id: 9,
        title: 'a',
        body: null,
        user: null,
        labels: [],
        state: 'open',
        repository_url: `${url}/repos/acme/tool`,
        created_at: '2026-01-01T00:00:00Z',
      });
    expect(await github.issue('acme/tool', 1)).toMatchObject({
      body: '',
      author: { login: 'ghost', bot: false },
    });
  });
});
