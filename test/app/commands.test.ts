import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createTestClock } from '../clock.ts';
import { reports, threads } from '../demo/reports.ts';
import { home, openNumbered, ours, type RunningApp, runApp } from './run-app.ts';

const known = { title: reports[0]?.title ?? '', body: reports[0]?.body ?? '' };
const signatureLabel = 'signature:mcp-oauth-needs-authentication';

let run: RunningApp;
const clock = createTestClock();
const at = (number: number) => ({ repository: home, number });
const open = (given: { title: string; body?: string | null; author?: string }): number =>
  run.double.openIssue({ repository: home, author: 'reporter', ...given }).number;
const labelsOf = (number: number) => run.double.issue(home, number).labels.map(({ name }) => name);
const comment = (number: number) => ours(run.double, home, number)[0] ?? '';
const writeCalls = () =>
  run.double.calls.filter(
    ({ method, route }) => method !== 'GET' && !/access_tokens|graphql/.test(route ?? ''),
  );
async function addComment(number: number, body: string, by: string): Promise<number> {
  const { id } = run.double.comment(at(number), body, by);
  await run.settle();
  return id;
}

beforeAll(async () => {
  run = await runApp({
    clock,
    before: (double) => {
      for (const { number, title } of threads)
        openNumbered(double, number, { repository: home, title, body: 'Tracked.', author: 'first' });
      clock.advance(60_000);
    },
  });
  run.double.setRole(home, 'maintainer', 'triage', 'read');
  // People here refuse more than a repository's would: the brake stays off.
  await run.app().store.put(`resumed:${home}`, Number.MAX_SAFE_INTEGER);
});
afterAll(() => run.stop());
afterEach(() => expect(run.double.deviations).toEqual([]));

describe('a command is answered', () => {
  test('with a thumbs up when it was carried out, and runs once, whatever the comment is edited to', async () => {
    const number = open(known);
    await run.settle();
    const { id } = run.double.comment(at(number), '/signpost not-this', 'reporter');
    await run.settle();
    expect(
      run.double
        .issue(home, number)
        .comments.at(-1)
        ?.reactions.map(({ content }) => content),
    ).toEqual(['+1']);
    const taken = comment(number);
    expect(taken).toContain('Taken back');
    run.double.resetCalls();
    run.double.editComment(id, '/signpost help', 'reporter');
    await run.settle();
    expect(comment(number)).toBe(taken);
    expect(writeCalls()).toEqual([]);
  });

  test('with the list of commands in our one comment: /signpost help', async () => {
    const number = open({ title: 'Please add a dark theme', body: 'It is bright here.' });
    await run.settle();
    const before = ours(run.double, home, number).length;
    await addComment(number, '/signpost help', 'reporter');
    expect(ours(run.double, home, number)).toHaveLength(1);
    expect(comment(number)).toContain('/signpost not-duplicate');
    expect(before).toBeLessThanOrEqual(1);
  });

  test('with one hint when it is misspelt; the mended comment runs', async () => {
    const number = open(known);
    await run.settle();
    const id = await addComment(number, '/signpost signatur x', 'maintainer');
    expect(comment(number)).toContain('There is no such command');
    expect(comment(number)).toContain('Try this first');
    expect(ours(run.double, home, number)).toHaveLength(1);
    run.double.resetCalls();
    await addComment(number, '/signpost foo', 'maintainer');
    expect(writeCalls()).toEqual([]);
    run.double.editComment(id, '/signpost ignore', 'maintainer');
    await run.settle();
    expect(comment(number)).toContain('left alone');
    expect(labelsOf(number)).toEqual([]);
  });

  test('with one confused reaction when it comes from somebody without the right', async () => {
    const number = open(known);
    await run.settle();
    const said = comment(number);
    run.double.resetCalls();
    await addComment(number, '/signpost ignore', 'stranger');
    await addComment(number, '/signpost not-this', 'stranger');
    await addComment(number, '/signpost duplicate #46140', 'reporter');
    expect(writeCalls().map(({ route }) => route)).toEqual([
      'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions'.replace('POST ', ''),
      'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions'.replace('POST ', ''),
    ]);
    expect(comment(number)).toBe(said);
  });
});

describe('somebody with triage rights', () => {
  test('names the known failure, and takes it back', async () => {
    const number = open({ title: 'It does not work', body: 'Nothing happens.' });
    await run.settle();
    await addComment(number, '/signpost signature mcp-oauth-needs-authentication', 'maintainer');
    expect(comment(number)).toContain('named by a maintainer');
    expect(comment(number)).toContain('#46140');
    expect(labelsOf(number)).toContain(signatureLabel);
    await addComment(number, '/signpost not-this', 'maintainer');
    expect(comment(number)).toContain('Taken back');
    expect(labelsOf(number)).toEqual([]);
  });

  test('names the earlier report, which need not be the root, and says that there is none', async () => {
    const earlier = open({ title: 'Crash on start', body: 'Core dumped.', author: 'first' });
    run.double.closeIssue(at(earlier), { by: 'maintainer', reason: 'duplicate', duplicateOf: at(46140) });
    const number = open({ title: 'Boom', body: 'It crashes.' });
    await run.settle();
    await addComment(
      number,
      `/signpost duplicate https://github.com/${home}/issues/${earlier}`,
      'maintainer',
    );
    expect(comment(number)).toContain('#46140');
    expect(labelsOf(number)).toContain('possible-duplicate');
    await addComment(number, '/signpost not-duplicate', 'maintainer');
    expect(labelsOf(number)).not.toContain('possible-duplicate');
    expect(comment(number)).not.toContain('#46140');
  });

  test('is told when the issue that was named does not exist', async () => {
    const number = open({ title: 'Boom', body: 'It crashes.' });
    await run.settle();
    await addComment(number, '/signpost duplicate #999999', 'maintainer');
    expect(labelsOf(number)).not.toContain('possible-duplicate');
    expect(comment(number)).toContain('needs another issue that exists');
  });

  test('stops and starts everything in the repository', async () => {
    const number = open({ title: 'Boom', body: 'It crashes.' });
    await run.settle();
    await addComment(number, '/signpost pause', 'maintainer');
    run.double.resetCalls();
    const during = open(known);
    await run.settle();
    await addComment(during, '/signpost help', 'reporter');
    expect(writeCalls()).toEqual([]);
    await addComment(number, '/signpost resume', 'maintainer');
    expect(run.double.issue(home, number).comments.at(-1)?.reactions).toHaveLength(1);
    run.double.editIssue(at(during), { body: `${known.body}\nmore`, by: 'reporter' });
    await run.settle();
    expect(comment(during)).toContain('Try this first');
  });
});

test('bots, Apps, quotes and code are no commands', async () => {
  const number = open(known);
  await run.settle();
  const said = comment(number);
  run.double.resetCalls();
  await addComment(number, '/signpost not-this', 'helper[bot]');
  await addComment(
    number,
    '> /signpost not-this\n\n    /signpost not-this\n\n~~~\n/signpost not-this\n~~~',
    'maintainer',
  );
  expect(writeCalls()).toEqual([]);
  expect(comment(number)).toBe(said);
});
