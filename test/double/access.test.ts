import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { at, jwt, path, refusal, repo, setting } from './client.ts';
import { createStillClock } from './still-clock.ts';

const issue = { ...path, issue_number: 1 };

test('the App is known by its signature, its id and a time that is now', async () => {
  const { double, client } = await setting();
  const other = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export({
    type: 'pkcs1',
    format: 'pem',
  });
  const now = Math.floor(Date.now() / 1_000);
  const tokens = {
    right: jwt(double),
    'another key': jwt(double, {}, String(other)),
    'another App': jwt(double, { iss: 1 }),
    expired: jwt(double, { exp: now - 1 }),
    'far too long': jwt(double, { exp: now + 3_600 }),
    'not yet': jwt(double, { iat: now + 600 }),
    unsigned: jwt(double).replace(/[^.]+$/, ''),
  };
  const statuses: Record<string, number> = {};
  for (const [name, token] of Object.entries(tokens))
    statuses[name] = await refusal(client(token).rest.apps.getAuthenticated());
  const { right, ...wrong } = statuses;
  expect(right).toBe(0);
  expect(new Set(Object.values(wrong))).toEqual(new Set([401]));
});

test('an installation token reaches its repositories, for an hour, with what was granted', async () => {
  const tokenClock = createStillClock();
  const { double, bot } = await setting({ tokenClock });
  double.addRepository('acme/public');
  double.addRepository('acme/secret', { private: true });
  for (const name of ['acme/public', 'acme/secret', repo])
    double.openIssue({ repository: name, title: 'One' });
  const elsewhere = (name: string) => ({ owner: 'acme', repo: name, issue_number: 1 });

  expect(await refusal(bot.rest.issues.createComment({ ...issue, body: 'Here.' }))).toBe(0);
  expect(await refusal(bot.rest.issues.get(elsewhere('public')))).toBe(0);
  expect(await refusal(bot.rest.issues.createComment({ ...elsewhere('public'), body: 'There.' }))).toBe(403);
  expect(await refusal(bot.rest.issues.get(elsewhere('secret')))).toBe(404);
  const file = { ...path, path: 'a.md', message: 'A', content: 'QQ==' };
  expect(await refusal(bot.rest.repos.createOrUpdateFileContents(file))).toBe(403);

  tokenClock.advance(3_600_000);
  expect(await refusal(bot.rest.issues.get(issue))).toBe(401);
});

test('a token can be made for fewer repositories and rights, not for more', async () => {
  const { double, app, client, installation } = await setting();
  double.addRepository('acme/second');
  double.install('acme/second');
  for (const name of [repo, 'acme/second']) double.openIssue({ repository: name, title: 'One' });
  const make = (given: object) =>
    app.rest.apps.createInstallationAccessToken({ installation_id: installation, ...given });
  const { data } = await make({ repositories: ['second'], permissions: { issues: 'read' } });
  const narrow = client(data.token);
  expect((await narrow.rest.apps.listReposAccessibleToInstallation()).data.total_count).toBe(1);
  const second = { owner: 'acme', repo: 'second', issue_number: 1 };
  expect(await refusal(narrow.rest.issues.createComment({ ...second, body: 'No.' }))).toBe(403);
  expect(await refusal(make({ permissions: { contents: 'write' } }))).toBe(422);
  expect(await refusal(make({ repositories: ['third'] }))).toBe(422);
});

test('a suspended installation is refused until it is not', async () => {
  const { double, bot, app, installation } = await setting();
  double.suspend(installation);
  expect(await refusal(bot.rest.repos.get(path))).toBe(403);
  expect(await refusal(app.rest.apps.createInstallationAccessToken({ installation_id: installation }))).toBe(
    403,
  );
  double.unsuspend(installation);
  expect(await refusal(bot.rest.repos.get(path))).toBe(0);
  double.uninstall(installation);
  expect(await refusal(bot.rest.repos.get(path))).toBe(401);
});

test('people need the right role, and may change what is theirs', async () => {
  const { double, as } = await setting();
  double.openIssue({ repository: repo, title: 'One', author: 'ann' });
  double.setRole(repo, 'tom', 'triage');
  double.setRole(repo, 'eve', 'support', 'read');
  const label = (login: string) => refusal(as(login).rest.issues.addLabels({ ...issue, labels: ['bug'] }));
  expect([await label('ann'), await label('tom'), await label('eve')]).toEqual([403, 0, 403]);
  const close = (login: string) => refusal(as(login).rest.issues.update({ ...issue, state: 'closed' }));
  expect([await close('eve'), await close('ann')]).toEqual([403, 0]);
  const { data } = await as('ann').rest.repos.getCollaboratorPermissionLevel({ ...path, username: 'eve' });
  expect([data.permission, data.role_name]).toEqual(['read', 'support']);
});

test('nobody in particular may read, sixty times an hour', async () => {
  const { double } = await setting();
  double.openIssue({ repository: repo, title: 'One' });
  const url = `${double.url}/repos/${repo}/issues/1`;
  const statuses = [];
  for (let n = 0; n < 61; n++) statuses.push((await fetch(url)).status);
  expect(statuses.slice(0, 60).every((status) => status === 200)).toBe(true);
  expect(statuses[60]).toBe(403);
  expect((await fetch(`${url}/comments`, { method: 'POST', body: '{"body":"x"}' })).status).not.toBe(201);
});

test('what moved redirects, what was deleted is gone, what is locked takes no comment of strangers', async () => {
  const { double, bot, as } = await setting();
  double.addRepository('acme/other');
  double.install('acme/other');
  for (const title of ['Moves', 'Goes', 'Locked'])
    double.openIssue({ repository: repo, title, author: 'ann' });
  const kept = double.comment(at(1), 'Mine too.', 'bob');
  const moved = double.transfer(at(1), 'acme/other', 'maintainer');
  double.deleteIssue(at(2), 'maintainer');
  double.lock(at(3), 'maintainer');

  const { token } = (await bot.auth()) as { readonly token: string };
  const headers = { authorization: `token ${token}` };
  const first = await fetch(`${double.url}/repos/${repo}/issues/1`, { headers, redirect: 'manual' });
  expect(first.status).toBe(301);
  const there = await bot.rest.issues.get(issue);
  expect([there.data.number, there.data.repository_url]).toEqual([
    moved.number,
    `${double.url}/repos/acme/other`,
  ]);
  expect(await refusal(bot.rest.issues.listComments(issue))).toBe(404);
  expect(
    (await bot.rest.issues.getComment({ owner: 'acme', repo: 'other', comment_id: kept.id })).data.body,
  ).toBe(kept.body);
  expect(await refusal(bot.rest.issues.get({ ...path, issue_number: 2 }))).toBe(410);
  expect(await refusal(bot.rest.issues.get({ ...path, issue_number: 9 }))).toBe(404);
  const locked = { ...path, issue_number: 3, body: 'But.' };
  expect(await refusal(as('ann').rest.issues.createComment(locked))).toBe(403);
  expect(await refusal(as('maintainer').rest.issues.createComment(locked))).toBe(0);
  expect(await refusal(bot.rest.issues.createComment(locked))).toBe(0);

  double.renameRepository(repo, 'gadgets');
  expect((await bot.rest.repos.get(path)).data.full_name).toBe('acme/gadgets');
});
