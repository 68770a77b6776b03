import type { Octokit } from '@octokit/rest';
import { expect, test } from 'vitest';
import { at, path, repo, setting } from './client.ts';
import { createContract, readSlice } from './contract.ts';
import type { Double } from './double.ts';
import { startReceiver } from './receiver.ts';
import { routes } from './routes/index.ts';
import { webhookNames } from './webhook-names.ts';

/** Everything that people can do, so that every webhook is sent. */
function live(double: Double): void {
  const { number } = double.openIssue({ repository: repo, title: 'One', body: 'Broken.', labels: ['bug'] });
  const two = at(double.openIssue({ repository: repo, title: 'Two', body: 'See #1.', author: 'ann' }).number);
  double.editIssue(two, { title: 'Two!', body: 'Other.' });
  const comment = double.comment(two, 'Same here.', 'bob');
  double.editComment(comment, 'Same here!');
  double.deleteComment(comment);
  double.label(two, ['fresh', 'BUG'], 'maintainer');
  double.unlabel(two, 'fresh', 'maintainer');
  double.closeIssue(two, { by: 'maintainer', reason: 'duplicate', duplicateOf: at(number) });
  double.addRepository('acme/other');
  double.install('acme/other');
  const three = double.openIssue({ repository: repo, title: 'Three' });
  double.transfer(at(three.number), 'acme/other', 'maintainer');
  double.deleteIssue(at(double.openIssue({ repository: repo, title: 'Four' }).number), 'maintainer');
  double.addLabel(repo, 'needs', 'More of it');
  double.renameLabel(repo, 'needs', 'needs-info');
  double.deleteLabel(repo, 'needs-info');
  double.setFile(repo, '.github/signatures/a.md', 'A page.\n');
  const files = { '.github/signatures/b.md': 'Another.\n' };
  const pull = at(double.openPullRequest({ repository: repo, title: 'A page', files }).number);
  double.pushToPullRequest(pull, { '.github/signatures/b.md': 'Better.\n' });
  double.editIssue(pull, { title: 'A better page' });
  double.label(pull, 'bug', 'maintainer');
  double.unlabel(pull, 'bug', 'maintainer');
  for (const where of [two, pull]) {
    if (where === pull) double.closeIssue(where, { by: 'ann' });
    double.reopenIssue(where, 'maintainer');
    double.assign(where, ['bob'], 'maintainer');
    double.assign(where, [], 'maintainer');
    double.milestone(where, 'v1', 'maintainer');
    double.milestone(where, null, 'maintainer');
    double.lock(where, 'maintainer', 'spam');
    double.unlock(where, 'maintainer');
  }
  double.comment(pull, 'Looks good.', 'bob');
  double.renameRepository('acme/other', 'others');
  double.takeOut('acme/others');
  const installation = double.install('acme/others');
  double.suspend(installation);
  double.unsuspend(installation);
  double.deleteRepository('acme/others');
}

/** Every route, once. */
async function callAll(double: Double, bot: Octokit, app: Octokit, person: Octokit): Promise<void> {
  const { issues, reactions, repos, pulls, checks, apps, git, rateLimit } = bot.rest;
  const issue = { ...path, issue_number: 1 };
  await issues.get(issue);
  await issues.listForRepo({ ...path, state: 'all', per_page: 2 });
  await issues.create({ ...path, title: 'New', labels: ['bug'], assignees: ['bob'] });
  await issues.update({ ...issue, title: 'One!' });
  const comment = { ...path, comment_id: (await issues.createComment({ ...issue, body: 'Hm.' })).data.id };
  await issues.listComments(issue);
  await issues.listCommentsForRepo({ ...path, sort: 'updated', since: '2020-01-01T00:00:00Z' });
  await issues.getComment(comment);
  await issues.updateComment({ ...comment, body: 'Hm!' });
  const eyes = (await reactions.createForIssueComment({ ...comment, content: 'eyes' })).data;
  await reactions.listForIssueComment(comment);
  await reactions.deleteForIssueComment({ ...comment, reaction_id: eyes.id });
  const heart = (await reactions.createForIssue({ ...issue, content: 'heart' })).data;
  await reactions.listForIssue({ ...issue, content: 'heart' });
  await reactions.deleteForIssue({ ...issue, reaction_id: heart.id });
  await issues.deleteComment(comment);
  await issues.addLabels({ ...issue, labels: ['made'] });
  await issues.listLabelsOnIssue(issue);
  await issues.removeLabel({ ...issue, name: 'made' });
  await issues.setLabels({ ...issue, labels: ['bug'] });
  await issues.listLabelsForRepo(path);
  await issues.createLabel({ ...path, name: 'other', color: 'aabbcc' });
  await issues.getLabel({ ...path, name: 'OTHER' });
  await issues.listEventsForTimeline({ ...path, issue_number: 2, per_page: 100 });
  await issues.listEventsForTimeline({ ...issue, per_page: 100 });
  await issues.listEvents({ ...path, issue_number: 2, per_page: 100 });
  await issues.lock({ ...issue, lock_reason: 'resolved' });
  await issues.unlock(issue);
  await repos.get(path);
  await repos.getCollaboratorPermissionLevel({ ...path, username: 'bob' });
  await repos.getContent({ ...path, path: 'README.md' });
  await repos.getContent({ ...path, path: '.github' });
  const pull = { ...path, pull_number: 5 };
  const { sha } = (await pulls.get(pull)).data.head;
  await pulls.list(path);
  await pulls.listFiles(pull);
  const run = (await checks.create({ ...path, name: 'Pages', head_sha: sha, status: 'in_progress' })).data;
  const annotation = {
    path: 'a.md',
    start_line: 1,
    end_line: 1,
    annotation_level: 'failure',
    message: 'No.',
  } as const;
  const output = { title: 'One problem', summary: 'In a.md', annotations: [annotation] };
  await checks.update({ ...path, check_run_id: run.id, conclusion: 'failure', output });
  await checks.listForRef({ ...path, ref: sha });
  await apps.listReposAccessibleToInstallation();
  await rateLimit.get();
  await app.rest.apps.getAuthenticated();
  const { id } = (await app.rest.apps.listInstallations()).data[0] ?? { id: 0 };
  await app.rest.apps.createInstallationAccessToken({ installation_id: id, repositories: ['widgets'] });
  await app.rest.apps.getInstallation({ installation_id: id });
  await app.rest.apps.getRepoInstallation(path);
  const [delivery] = (await app.rest.apps.listWebhookDeliveries({ per_page: 3 })).data;
  await app.rest.apps.getWebhookDelivery({ delivery_id: delivery!.id });
  await app.rest.apps.redeliverWebhookDelivery({ delivery_id: delivery!.id });
  await bot.request('POST /app-manifests/{code}/conversions', {
    code: double.manifestCode(),
    headers: { authorization: '' },
  });
  const main = (await git.getRef({ ...path, ref: 'heads/main' })).data;
  await person.rest.git.createRef({ ...path, ref: 'refs/heads/new', sha: main.object.sha });
  const file = {
    path: 'new.md',
    message: 'New',
    content: Buffer.from('New.').toString('base64'),
    branch: 'new',
  };
  await person.rest.repos.createOrUpdateFileContents({ ...path, ...file });
  await person.rest.pulls.create({ ...path, title: 'New', head: 'new', base: 'main' });
}

test('every route and every webhook is as GitHub describes it', async () => {
  const { double, bot, app, as } = await setting();
  const receiver = await startReceiver();
  double.sendWebhooksTo(receiver.url);
  double.addRepository('guest/thing');
  double.uninstall(double.install('guest/thing'));
  live(double);
  await double.settled();
  await callAll(double, bot, app, as('maintainer'));
  await double.settled();
  receiver.close();

  expect(double.deviations).toEqual([]);
  const called = new Set(Object.keys(double.count()));
  expect(
    routes.map(({ method, path: route }) => `${method} ${route}`).filter((name) => !called.has(name)),
  ).toEqual([]);
  const sent = new Set(receiver.received.map(({ name }) => name.replace(/[._]/g, '-')));
  expect(webhookNames.filter((name) => !sent.has(name))).toEqual([]);
  expect(double.deliveries().filter(({ status }) => status !== 'OK')).toEqual([]);
});

test('the calls that count as content-creating are those that GitHub says notify people', () => {
  const { operations } = readSlice();
  const said = Object.keys(operations).filter((name) => operations[name]?.creates);
  const done = routes.filter(({ creates }) => creates).map(({ method, path: route }) => `${method} ${route}`);
  expect(done.sort()).toEqual(said.sort());
});

test('an answer, a request or a webhook that is not as described is refused and written down', async () => {
  const contract = await createContract('all');
  const labels = '/repos/{owner}/{repo}/labels';
  const comments = '/repos/{owner}/{repo}/issues/{issue_number}/comments';
  const label = {
    id: 1,
    node_id: 'L',
    url: 'u',
    name: 'bug',
    color: 'aabbcc',
    default: false,
    description: null,
  };
  contract.check('GET', labels, 200, JSON.stringify([label]));
  expect(contract.deviations).toEqual([]);
  expect(() => contract.check('GET', labels, 200, JSON.stringify([{ ...label, id: '1' }]))).toThrow(
    'must be integer',
  );
  expect(() => contract.check('GET', labels, 202, '[]')).toThrow('no answer 202');
  expect(() => contract.checkRequest('POST', comments, {})).toThrow("required property 'body'");
  expect(() => contract.checkRequest('POST', comments, { body: 'x', boby: 'y' })).toThrow('unknown boby');
  expect(() => contract.checkWebhook('issues', 'opened', { action: 'opened' })).toThrow('issues-opened');
  expect(() => contract.checkWebhook('issues', 'vanished', {})).toThrow('not described');
  expect(contract.deviations).toHaveLength(6);
});

test('a parameter that the double does not know is written down, not ignored', async () => {
  const { double, bot } = await setting();
  await expect(bot.rest.issues.listForRepo({ ...path, milestone: '1' })).rejects.toMatchObject({
    status: 404,
  });
  expect(double.deviations).toEqual([expect.stringContaining('milestone')]);
});
