import { expect, test } from 'vitest';
import { at, path, refusal, repo, setting } from './client.ts';
import { createStillClock } from './still-clock.ts';

const issue = { ...path, issue_number: 1 };

test('labels: any spelling is the same one, an unknown name is made, at most 100', async () => {
  const { double, bot } = await setting();
  double.openIssue({ repository: repo, title: 'One', labels: ['BUG'] });
  const add = (...labels: string[]) => bot.rest.issues.addLabels({ ...issue, labels });
  expect((await add('Bug', 'fresh')).data.map(({ name }) => name)).toEqual(['bug', 'fresh']);
  expect((await bot.rest.issues.getLabel({ ...path, name: 'FRESH' })).data.color).toBe('ededed');
  expect(await refusal(add('x'.repeat(51)))).toBe(422);
  await add(...Array.from({ length: 98 }, (_, n) => `label-${n}`));
  expect(await refusal(add('one too many'))).toBe(422);
  expect(await refusal(bot.rest.issues.removeLabel({ ...issue, name: 'never set' }))).toBe(404);
  expect(await refusal(bot.rest.issues.createLabel({ ...path, name: 'Bug' }))).toBe(422);
});

test('lists: open ones by default, pull requests among them, by what changed since', async () => {
  const clock = createStillClock();
  const { double, bot } = await setting({ clock });
  const start = clock.now();
  for (const title of ['Old', 'Closed', 'Touched']) double.openIssue({ repository: repo, title });
  double.closeIssue(at(2), { by: 'maintainer' });
  clock.advance(60_000);
  double.openPullRequest({ repository: repo, title: 'A pull' });
  double.comment(at(3), 'Still there.', 'ann');
  const list = async (given: object) =>
    (await bot.rest.issues.listForRepo({ ...path, ...given })).data.map(({ title }) => title);
  expect(await list({})).toEqual(['A pull', 'Touched', 'Old']);
  expect(await list({ state: 'all', direction: 'asc' })).toEqual(['Old', 'Closed', 'Touched', 'A pull']);
  const since = new Date(start + 30_000).toISOString();
  expect(await list({ since, state: 'all' })).toEqual(['A pull', 'Touched']);
});

test('a comment has a body, of 65,536 characters at most', async () => {
  const { double, bot } = await setting();
  double.openIssue({ repository: repo, title: 'One' });
  const comment = (body: string) => refusal(bot.rest.issues.createComment({ ...issue, body }));
  expect([await comment(' '), await comment('x'.repeat(65_537)), await comment('x'.repeat(65_536))]).toEqual([
    422, 422, 0,
  ]);
});

test('reactions: one of a kind and account, one by one taken back by those who gave it', async () => {
  const { double, bot, as } = await setting();
  double.openIssue({ repository: repo, title: 'One' });
  const comment_id = double.comment(at(1), 'Hm.', 'ann').id;
  const react = () => bot.rest.reactions.createForIssueComment({ ...path, comment_id, content: 'eyes' });
  const first = await react();
  expect([first.status, (await react()).status]).toEqual([201, 200]);
  const reaction = { ...path, comment_id, reaction_id: first.data.id };
  expect(await refusal(as('ann').rest.reactions.deleteForIssueComment(reaction))).toBe(404);
  expect((await bot.rest.issues.getComment({ ...path, comment_id })).data.reactions).toMatchObject({
    eyes: 1,
    total_count: 1,
  });
  expect(await refusal(bot.rest.reactions.deleteForIssueComment(reaction))).toBe(0);
});

test('texts notify and cross-reference, but not from code, comments or behind a zero-width space', async () => {
  const { double, bot } = await setting();
  for (const title of ['One', 'Two']) double.openIssue({ repository: repo, title, author: 'ann' });
  const says = (body: string) => double.comment(at(2), body, 'bob');
  const notified = () => double.mentions.map(({ account }) => account.login);
  const referenced = () =>
    double.issue(repo, 1).events.filter(({ kind }) => kind === 'cross-referenced').length;

  says('`@ann` and `#1`, <!-- @ann #1 -->\n\n```\n@ann #1\n```\n\n@\u200bann #\u200b1 x@ann.org a/b@ann');
  expect([notified(), referenced()]).toEqual([[], 0]);
  for (const text of ['@ann', '&#64;ann', '&#x40;ann', '&commat;ann', '(@Ann)']) says(text);
  expect(notified()).toEqual(['ann', 'ann', 'ann', 'ann', 'ann']);
  says('Compare acme/widgets#1 and https://github.com/acme/widgets/issues/1');
  says('Also &#35;1');
  expect(referenced()).toBe(1);
  const timeline = await bot.rest.issues.listEventsForTimeline(issue);
  expect(timeline.data.map(({ event }) => event)).toEqual(['cross-referenced']);
});

test('a proposal: a branch, a file on it, one pull request', async () => {
  const { double, as } = await setting();
  const { git, repos, pulls } = as('maintainer').rest;
  const { object } = (await git.getRef({ ...path, ref: 'heads/main' })).data;
  await git.createRef({ ...path, ref: 'refs/heads/page', sha: object.sha });
  const content = Buffer.from('A page.\n').toString('base64');
  const file = { ...path, path: '.github/signatures/a.md', message: 'A page', content, branch: 'page' };
  await repos.createOrUpdateFileContents(file);
  expect(await refusal(repos.createOrUpdateFileContents(file))).toBe(422);
  const given = { ...path, title: 'A page', head: 'page', base: 'main' };
  const { number } = (await pulls.create(given)).data;
  expect(await refusal(pulls.create(given))).toBe(422);
  expect((await pulls.list({ ...path, head: 'acme:page' })).data).toHaveLength(1);
  const files = (await pulls.listFiles({ ...path, pull_number: number })).data;
  expect(files).toMatchObject([
    { filename: '.github/signatures/a.md', status: 'added', patch: '@@ -0,0 +1,1 @@\n+A page.' },
  ]);
  expect(await refusal(repos.getContent({ ...path, path: '.github/signatures' }))).toBe(404);
  expect((await repos.getContent({ ...path, path: '.github/signatures', ref: 'page' })).data).toHaveLength(1);
  expect(double.issue(repo, number).pull).not.toBeNull();
});

test('the App is made from a manifest once per code', async () => {
  const { double } = await setting();
  const url = `${double.url}/app-manifests/${double.manifestCode()}/conversions`;
  const answer = await fetch(url, { method: 'POST' });
  expect(await answer.json()).toMatchObject({ id: double.app.id, pem: double.app.privateKey });
  expect((await fetch(url, { method: 'POST' })).status).toBe(404);
});

test('a hostile text of 256 KiB takes no time', async () => {
  const { double } = await setting();
  const started = performance.now();
  for (const part of ['`', '`a ', '`` ` ', '```\n', '<!--', '@a', '&#64;', 'a/', '.', '#1 '])
    double.openIssue({ repository: repo, title: 'Much', body: part.repeat(262_144 / part.length) });
  expect(performance.now() - started).toBeLessThan(5_000);
});
