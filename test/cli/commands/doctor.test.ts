import nock from 'nock';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { run } from '../../../src/cli/commands/doctor.ts';
import { files } from '../../files.ts';

beforeEach(() => {
  nock.disableNetConnect();
  for (const name of ['APP_ID', 'PRIVATE_KEY', 'PRIVATE_KEY_PATH', 'WEBHOOK_SECRET']) vi.stubEnv(name, '');
  vi.stubEnv('PAGES_URL', 'https://pages.example.org/{pack}/{id}');
});
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
  vi.unstubAllEnvs();
});

async function doctor() {
  const { io, out } = files();
  const code = await run([], { json: true }, io);
  const { checks } = JSON.parse(out.stdout) as {
    checks: { name: string; ok: boolean; found: string; fix: string }[];
  };
  return { code, check: (name: string) => checks.find((one) => one.name === name) };
}

test('names each setting that is missing, with its fix', async () => {
  nock('https://pages.example.org')
    .head(/^\/claude-code\/[\w-]+$/)
    .reply(200);
  const { check, code } = await doctor();
  expect(code).toBe(1);
  for (const name of ['APP_ID', 'PRIVATE_KEY', 'WEBHOOK_SECRET']) {
    expect(check(name)).toMatchObject({ ok: false, found: 'is not set' });
    expect(check(name)?.fix).not.toBe('');
  }
  expect(check('Shipped pages')?.ok).toBe(true);
  expect(check('Links to pages')?.ok).toBe(true);
});

test.each([
  [404, 'answers 404'],
  [null, 'pages.example.org cannot be reached'],
])('says that comments would link pages that are not there (%s)', async (status, why) => {
  if (status !== null) nock('https://pages.example.org').head(/./).reply(status);
  const { check } = await doctor();
  expect(check('Links to pages')).toMatchObject({ ok: false, found: expect.stringContaining(why) });
  expect(check('Links to pages')?.fix).toContain('PAGES_URL');
});
