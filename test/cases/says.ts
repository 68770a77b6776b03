import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import { home } from '../app/run-app.ts';
import type { Case } from './case.ts';
import { day, known, knownOtherwise, root } from './stage.ts';

const peers = 'test/app/peers.test.ts';

/** Finding, labelling, talking, running. */
export const otherCases: readonly Case[] = [
  { id: '1', what: 'labels are never replaced', coveredBy: peers },
  { id: '3', what: 'numbers and URLs in somebody\u2019s text are no links', coveredBy: peers },
  {
    id: '4, 23, 27, 30',
    what: 'candidates come from the store, not from pages of a list',
    coveredBy: 'test/app/reactions.test.ts',
  },
  { id: '8', what: 'our comment is known by its marker and author, not by its prose', coveredBy: peers },
  { id: '13', what: 'an issue is not its own duplicate', coveredBy: peers },
  {
    id: '14',
    what: 'doubled and reordered deliveries leave one comment, which follows edits',
    coveredBy: peers,
  },
  { id: '16', what: 'a phrase is the whole phrase', coveredBy: peers },
  { id: '17', what: 'the comment gives its reasons', coveredBy: peers },
  {
    id: '19, 79523, 66189, 87545',
    what: 'no label says duplicate without a link beside it',
    async play(stage) {
      const number = stage.open({ title: 'A', body: 'It hangs.' });
      await stage.settle();
      stage.double.fault({
        match: { method: 'POST', path: /\/comments$/ },
        times: 1,
        kind: 'status',
        status: 422,
      });
      await stage.say(number, `/signpost duplicate #${root}`, 'maintainer');
      ok(!stage.labels(number).includes('possible-duplicate') || stage.comment(number).includes(`#${root}`));
    },
  },
  {
    id: '20',
    what: 'an early comment cancels nothing',
    async play(stage) {
      const number = stage.open(known);
      stage.double.comment(stage.at(number), 'Anybody else?', 'passer-by');
      await stage.settle();
      match(stage.comment(number), /known failure/);
    },
  },
  { id: '24', what: 'a 404 is no answer and no error', coveredBy: peers },
  {
    id: '25',
    what: 'the newest events count, not the first hundred',
    cannot: 'marks are asked for from the end (`last:`)',
  },
  {
    id: '31',
    what: 'an empty answer is not parsed as JSON',
    cannot: 'answers are read through shapes; 204 has none',
  },
  {
    id: '33, 11678, 11673',
    what: 'what GitHub refuses is written to the ledger, and what fails is tried again, not shown green',
    async play(stage) {
      stage.double.fault({
        match: { method: 'POST', path: /\/labels$/ },
        times: 1,
        kind: 'status',
        status: 422,
      });
      const number = stage.open(known);
      await stage.settle();
      const entries = await stage.run.app().store.ledger({ repository: home, number });
      ok(entries.some(({ plan }) => plan.withheld.some((line) => line.startsWith('GitHub refused'))));
    },
  },
  {
    id: '3943',
    what: 'a refused comment does not come back after an edit',
    async play(stage) {
      const number = stage.open(known);
      await stage.settle();
      await stage.say(number, '/signpost not-this', 'reporter');
      for (let edit = 0; edit < 3; edit += 1)
        stage.double.editIssue(stage.at(number), { body: `${known.body}\n${edit}`, by: 'reporter' });
      await stage.settle();
      match(stage.comment(number), /Taken back/);
    },
  },
  {
    id: '16433',
    what: 'template text is not content',
    options: {
      files: {
        '.github/ISSUE_TEMPLATE/bug.md':
          '---\nname: Bug\n---\nSays "Needs authentication" after OAuth completes? Authentication successful, but stuck on needs authentication?\n',
      },
    },
    async play(stage) {
      const number = stage.open({
        title: 'Dark theme',
        body: 'Says "Needs authentication" after OAuth completes? Authentication successful, but stuck on needs authentication?\n\nPlease add a dark theme.',
      });
      await stage.settle();
      doesNotMatch(stage.comment(number), /known failure/);
    },
  },
  {
    id: '270',
    what: 'bots are not answered',
    async play(stage) {
      const number = stage.open(known);
      await stage.settle();
      const before = stage.double.calls.length;
      stage.double.comment(stage.at(number), '/signpost help', 'all-helpers[bot]');
      await stage.settle();
      equal(stage.double.calls.length, before);
    },
  },
  {
    id: '521',
    what: 'a credential in a report is pointed out, and never repeated',
    async play(stage) {
      const token = `ghp_${'a1B2c3D4e5'.repeat(4).slice(0, 36)}`;
      const number = stage.open({ title: 'Login fails', body: `I use GITHUB_TOKEN=${token}` });
      await stage.settle();
      match(stage.comment(number), /credential/);
      ok(!stage.comment(number).includes(token.slice(4)));
    },
  },
  {
    id: 'SIM undo',
    what: 'a stranger undoes nothing',
    async play(stage) {
      const number = stage.open(known);
      await stage.settle();
      const [comment, labels] = [stage.comment(number), stage.labels(number)];
      for (const command of [
        'not-this',
        'ignore',
        'pause',
        'reopen',
        `duplicate #${root}`,
        'not-duplicate',
        'recheck',
      ])
        stage.double.comment(stage.at(number), `/signpost ${command}`, 'stranger');
      await stage.settle();
      deepEqual([stage.comment(number), stage.labels(number)], [comment, labels]);
    },
  },
  { id: 'SIM link', what: 'another repository\u2019s issue is written out', coveredBy: peers },
  { id: 'SPY null', what: 'a null body is an empty one', coveredBy: peers },
  { id: 'SPY writes', what: 'writes are awaited', coveredBy: peers },
  { id: 'words', what: 'no word closes or locks an issue', coveredBy: peers },
  { id: 'shell', what: 'no text of others reaches a shell', coveredBy: peers },
  {
    id: 'brake',
    what: 'two refusals of a page stop its comments until a person resumes',
    async play(stage) {
      for (let refused = 0; refused < 2; refused += 1) {
        const number = stage.open(known);
        await stage.settle();
        await stage.say(number, '/signpost not-this', 'reporter');
      }
      // Told in other words, or it would be a duplicate of the two before.
      const braked = stage.open(knownOtherwise);
      await stage.settle();
      equal(stage.comment(braked), '');
      await stage.say(braked, '/signpost resume', 'maintainer');
      const number = stage.open(knownOtherwise);
      await stage.settle();
      match(stage.comment(number), /known failure/);
    },
  },
  {
    id: 'reaction',
    what: 'a thumbs down is found without an event, and counts as a refusal',
    async play(stage) {
      const number = stage.open(known);
      await stage.settle();
      const ours = stage.double.issue(home, number).comments.find(({ app }) => app !== null);
      ok(ours);
      stage.double.react(ours, '-1', 'reporter');
      await stage.pass(day);
      const memory = await stage.run.app().store.issueState(home, number);
      deepEqual(memory?.feedback.verdicts.map(({ kind, signal }) => [kind, signal])[0], [
        'refused',
        'reaction',
      ]);
    },
  },
];
