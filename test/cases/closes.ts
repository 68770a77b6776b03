import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import { home } from '../app/run-app.ts';
import type { Case } from './case.ts';
import { acting, day, hour, known, root, type Stage } from './stage.ts';

/** The announced close never comes, whatever happens in this many days. */
async function staysOpen(stage: Stage, number: number): Promise<void> {
  await stage.pass(8 * day);
  equal(stage.state(number), 'open');
}

const closes = (stage: Stage, number: number) =>
  stage.double.calls.filter(({ method, path }) => method === 'PATCH' && path.endsWith(`/issues/${number}`))
    .length;

/** Closing: where bots hurt most. */
export const closeCases: readonly Case[] = [
  {
    id: '2, 19267, 23143',
    what: 'no two issues are closed onto each other',
    config: acting,
    async play(stage) {
      const [a, b] = [
        stage.open({ title: 'A', body: 'It hangs.' }),
        stage.open({ title: 'B', body: 'It hangs.' }),
      ];
      await stage.settle();
      await stage.addComment(a, `/signpost duplicate #${b}`, 'maintainer');
      await stage.addComment(b, `/signpost duplicate #${a}`, 'maintainer');
      await stage.pass(8 * day);
      ok([stage.state(a), stage.state(b)].includes('open'));
    },
  },
  {
    id: '2, 20282, 40842, 16650, 49306',
    what: 'nothing is closed onto an issue that was closed or locked meanwhile',
    config: acting,
    async play(stage) {
      const [a, b] = [await stage.announced(), await stage.announced({ body: 'Another start.' })];
      stage.double.lock(stage.at(root), 'maintainer');
      await staysOpen(stage, a);
      equal(stage.state(b), 'open');
    },
  },
  {
    id: '46572, 66135, 35265',
    what: 'a reply that says it is another problem keeps it open, at once and for good',
    config: acting,
    async play(stage) {
      const number = await stage.announced();
      await stage.addComment(
        number,
        'NOT A DUPLICATE. This is different because there is no proxy.',
        'reporter',
      );
      doesNotMatch(stage.comment(number), /will be closed/);
      await staysOpen(stage, number);
    },
  },
  {
    id: '79146, 6',
    what: 'anybody\u2019s thumbs down on the comment keeps it open',
    config: acting,
    async play(stage) {
      const number = await stage.announced();
      const ours = stage.double.issue(home, number).comments.find(({ app }) => app !== null);
      ok(ours);
      stage.double.react(ours, '-1', 'passer-by');
      await staysOpen(stage, number);
    },
  },
  {
    id: '87647, 10',
    what: 'a label that forbids it, set after the announcement, keeps it open',
    config: acting,
    async play(stage) {
      const number = await stage.announced();
      stage.double.label(stage.at(number), 'has repro', 'maintainer');
      await staysOpen(stage, number);
    },
  },
  {
    id: '26',
    what: 'an issue that somebody is assigned to is not closed',
    config: acting,
    async play(stage) {
      const number = await stage.announced();
      stage.double.assign(stage.at(number), ['maintainer'], 'maintainer');
      await staysOpen(stage, number);
    },
  },
  {
    id: '10b',
    what: 'a milestone, or more thumbs up than the limit, keep it open',
    config: acting,
    async play(stage) {
      const [a, b] = [await stage.announced(), await stage.announced({ body: 'Other.' })];
      stage.double.milestone(stage.at(a), 'v3', 'maintainer');
      for (let person = 0; person < 6; person += 1) stage.double.react(stage.at(b), '+1', `person-${person}`);
      await staysOpen(stage, a);
      equal(stage.state(b), 'open');
    },
  },
  {
    id: '6173, 22605, 12',
    what: 'the reporter reopens with one command, and it is not closed again; nothing is locked',
    config: acting,
    async play(stage) {
      const number = await stage.announced();
      await stage.pass(4 * day);
      equal(stage.state(number), 'closed');
      equal(stage.double.issue(home, number).locked, false);
      await stage.addComment(number, '/signpost reopen', 'reporter');
      await staysOpen(stage, number);
    },
  },
  {
    id: '54344',
    what: 'a reopen by a person is final',
    config: acting,
    async play(stage) {
      const number = await stage.announced();
      await stage.pass(4 * day);
      stage.double.reopenIssue(stage.at(number), 'maintainer');
      await stage.settle();
      await staysOpen(stage, number);
    },
  },
  {
    id: '68077',
    what: 'nothing is closed without a warning with its date, and not before it',
    config: acting,
    async play(stage) {
      const number = await stage.announced();
      match(
        stage.comment(number),
        /will be closed as a duplicate of #46140 on \d{4}-\d\d-\d\d \d\d:\d\d UTC/,
      );
      await stage.pass(2 * day + 20 * hour);
      equal(stage.state(number), 'open');
      await stage.pass(day);
      equal(stage.state(number), 'closed');
    },
  },
  {
    id: '10c',
    what: 'the comment is edited before the close, and at most so many are closed a day',
    config: 'mode: act\nclose: { at: 0.9, after: 3d, at-most: 1 per day }\n',
    async play(stage) {
      const numbers = [
        await stage.announced(),
        await stage.announced({ body: 'B.' }),
        await stage.announced({ body: 'C.' }),
      ];
      await stage.pass(3 * day + hour);
      const closed = numbers.filter((number) => stage.state(number) === 'closed');
      equal(closed.length, 1);
      const number = closed[0] ?? 0;
      const calls = stage.double.calls.filter(({ method }) => method === 'PATCH').map(({ path }) => path);
      const close = calls.findIndex((path) => path.endsWith(`/issues/${number}`));
      ok(calls.slice(0, close).some((path) => path.includes('/comments/')));
      await stage.pass(3 * day);
      equal(numbers.filter((one) => stage.state(one) === 'closed').length, 3);
    },
  },
  {
    id: '11',
    what: 'closed with reason duplicate and its target',
    config: acting,
    async play(stage) {
      const number = await stage.announced({ labels: ['bug'] });
      await stage.pass(4 * day);
      const issue = stage.double.issue(home, number);
      equal(issue.stateReason, 'duplicate');
      equal(issue.duplicateOf?.number, root);
      ok(stage.labels(number).includes('bug'));
    },
  },
  {
    id: '7',
    what: '"Yes, same here" is no protest, and a bot\u2019s comment says nothing',
    config: acting,
    async play(stage) {
      const number = await stage.announced();
      await stage.addComment(number, 'Yes, same here.', 'reporter');
      await stage.addComment(number, 'Thank you for your report! This is not a duplicate.', 'helper[bot]');
      await stage.pass(4 * day);
      equal(stage.state(number), 'closed');
    },
  },
  {
    id: '7b',
    what: 'an edited issue gets the whole time of grace again',
    config: acting,
    async play(stage) {
      const number = await stage.announced();
      await stage.pass(2 * day);
      stage.double.editIssue(stage.at(number), { body: 'Now with more details.', by: 'reporter' });
      await stage.pass(2 * day);
      equal(stage.state(number), 'open');
      await stage.pass(2 * day);
      equal(stage.state(number), 'closed');
    },
  },
  {
    id: 'advise',
    what: 'nothing is closed in advise, however sure',
    async play(stage) {
      const number = stage.open({ title: 'A', body: 'It hangs.' });
      await stage.settle();
      await stage.addComment(number, `/signpost duplicate #${root}`, 'maintainer');
      doesNotMatch(stage.comment(number), /will be closed/);
      await staysOpen(stage, number);
      equal(closes(stage, number), 0);
    },
  },
  {
    id: '9',
    what: 'an error of GitHub while closing ends nothing: the close comes, once',
    config: acting,
    async play(stage) {
      const number = await stage.announced();
      stage.double.fault({
        match: { method: 'PATCH', path: /issues\/\d+$/ },
        times: 1,
        kind: 'status',
        status: 502,
      });
      await stage.pass(4 * day);
      equal(stage.state(number), 'closed');
      equal(stage.double.issue(home, number).events.filter(({ kind }) => kind === 'closed').length, 1);
    },
  },
  {
    id: '22',
    what: 'the App\u2019s own token is used: no warning depends on a workflow that never starts',
    cannot: 'it needs no second workflow: comment, labels and close are calls of the App itself',
  },
  {
    id: '28',
    what: 'one "+1" does not block for ever',
    cannot: 'thumbs up are counted against `close.unless.thumbs-up`',
  },
  {
    id: '29',
    what: 'nobody is told to open a new issue',
    config: acting,
    async play(stage) {
      const number = await stage.announced();
      await stage.pass(4 * day);
      doesNotMatch(stage.comment(number), /new issue/i);
    },
  },
  {
    id: '32',
    what: 'nothing is locked, so nothing is said about locks',
    cannot: 'the App has no call that locks',
  },
  {
    id: '5',
    what: 'a protest among hundreds of comments is heard',
    config: acting,
    async play(stage) {
      const number = await stage.announced();
      stage.double.sendWebhooksTo(null);
      stage.double.comment(stage.at(number), 'This is a different problem.', 'reporter');
      for (let i = 0; i < 120; i += 1) stage.double.comment(stage.at(number), 'helper line', 'helper[bot]');
      stage.double.sendWebhooksTo(`${stage.run.app().url}/api/github/webhooks`);
      await staysOpen(stage, number);
    },
  },
  {
    id: '169665',
    what: 'nobody is sent to a locked thread',
    async play(stage) {
      for (const number of [root, 60260, 65408]) stage.double.lock(stage.at(number), 'maintainer');
      const number = stage.open(known);
      await stage.settle();
      doesNotMatch(stage.comment(number), /Open thread:/);
      match(stage.comment(number), /No open thread tracks this/);
    },
  },
  {
    id: '18507',
    what: 'closing leaves every label of people',
    config: acting,
    async play(stage) {
      const number = await stage.announced({ labels: ['bug', 'question'] });
      await stage.pass(4 * day);
      equal(stage.state(number), 'closed');
      deepEqual(
        stage.labels(number).filter((label) => label === 'bug' || label === 'question'),
        ['bug', 'question'],
      );
    },
  },
];
