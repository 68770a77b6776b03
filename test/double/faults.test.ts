import { expect, test } from 'vitest';
import { at, path, refusal, repo, setting } from './client.ts';
import { createStillClock } from './still-clock.ts';

const issue = { ...path, issue_number: 1 };
const comments = { method: 'POST', path: `/repos/${repo}/issues/1/comments` };

async function troubled(seed = 1) {
  const clock = createStillClock();
  const given = await setting({ clock, seed });
  given.double.openIssue({ repository: repo, title: 'One' });
  const comment = () => given.bot.rest.issues.createComment({ ...issue, body: 'Here.' });
  const kept = () => given.double.issue(repo, 1).comments.length;
  return { ...given, clock, comment, kept };
}

test('an answer of any status, so many times, with headers, and nothing done', async () => {
  const { double, comment, kept } = await troubled();
  double.fault({ kind: 'status', status: 502, headers: { 'retry-after': '7' }, match: comments, times: 2 });
  const refused = await comment().catch((error: unknown) => error);
  expect(refused).toMatchObject({ status: 502, response: { headers: { 'retry-after': '7' } } });
  expect([await refusal(comment()), kept()]).toEqual([502, 0]);
  expect([await refusal(comment()), kept()]).toEqual([0, 1]);
});

test('a cut connection, before acting and after', async () => {
  const { double, comment, kept } = await troubled();
  double.fault({ kind: 'cut', match: comments, times: 1 });
  expect([await refusal(comment()), kept()]).toEqual([-1, 0]);
  double.fault({ kind: 'cut-after', match: comments, times: 1 });
  expect([await refusal(comment()), kept()]).toEqual([-1, 1]);
  expect(double.calls.map(({ faults, status }) => [...faults, status])).toEqual([
    ['cut', 0],
    ['cut-after', 201],
  ]);
});

test('a comment that lists show two seconds later', async () => {
  const { double, bot, clock, comment } = await troubled();
  double.fault({ kind: 'stale', match: comments });
  const { id } = (await comment()).data;
  const listed = async () => {
    const query = `{ repository(owner: "acme", name: "widgets") { issue(number: 1) { comments(first: 9) { nodes { databaseId } } } } }`;
    const graph = await bot.graphql<{ repository: { issue: { comments: { nodes: unknown[] } } } }>(query);
    return [
      (await bot.rest.issues.listComments(issue)).data.length,
      (await bot.rest.issues.listCommentsForRepo(path)).data.length,
      graph.repository.issue.comments.nodes.length,
    ];
  };
  expect(await listed()).toEqual([0, 0, 0]);
  expect((await bot.rest.issues.getComment({ ...path, comment_id: id })).data.id).toBe(id);
  clock.advance(2_000);
  expect(await listed()).toEqual([1, 1, 1]);
});

test('a slow answer comes when the clock says so', async () => {
  const { double, clock, bot } = await troubled();
  double.fault({ kind: 'slow', ms: 30_000, match: { path: /issues\/1$/ } });
  let answered = false;
  const slow = bot.rest.issues.get(issue).then(() => {
    answered = true;
  });
  await bot.rest.issues.listComments(issue);
  expect(answered).toBe(false);
  clock.advance(30_000);
  await slow;
});

test('a rate befalls the same requests for the same seed', async () => {
  const run = async (seed: number) => {
    const { double, bot } = await troubled(seed);
    const end = double.fault({ kind: 'status', status: 500, rate: 0.5 });
    const statuses = [];
    for (let n = 0; n < 20; n++) statuses.push(await refusal(bot.rest.issues.get(issue)));
    end();
    expect(await refusal(bot.rest.issues.get(issue))).toBe(0);
    return statuses;
  };
  const first = await run(7);
  expect(await run(7)).toEqual(first);
  expect(new Set(first)).toEqual(new Set([0, 500]));
});

test('pages are linked, by an id that survives a rename', async () => {
  const { double, bot } = await troubled();
  for (let n = 0; n < 6; n++) double.comment(at(1), `Number ${n}`, 'bob');
  const all = await bot.paginate(bot.rest.issues.listComments, { ...issue, per_page: 2 });
  expect(all.map(({ body }) => body)).toEqual([0, 1, 2, 3, 4, 5].map((n) => `Number ${n}`));
  expect(double.count()['GET /repos/{owner}/{repo}/issues/{issue_number}/comments']).toBe(3);
});
