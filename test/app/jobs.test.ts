import { describe, expect, test } from 'vitest';
import { everywhere, newJob, readJob } from '../../src/app/jobs.ts';
import { type Job, type NewJob, UnreadableJob } from '../../src/ports/queue.ts';
import { home, runApp } from './run-app.ts';

const at = { repository: 'acme/app', installation: 7 };
/** A job as a store holds it. */
const stored = (job: Pick<NewJob, 'kind' | 'data'> & Partial<NewJob>): Job => ({
  ...at,
  key: 'acme/app',
  priority: 0,
  notBefore: 0,
  id: '1',
  attempts: 0,
  createdAt: 1_000,
  ...job,
});

describe('a job that an older version stored', () => {
  const number = 5;
  test.each<[kind: string, key: string, data: NewJob['data'], today: ReturnType<typeof newJob>]>([
    ['catch-up', 'catch-up', { atStart: true }, newJob('catch-up', everywhere, { atStart: true })],
    ['digests', 'digests', {}, newJob('schedule-digests', everywhere, {})],
    ['learnings', 'learnings', {}, newJob('schedule-learning', everywhere, {})],
    ['relateds', 'relateds', {}, newJob('schedule-related', everywhere, {})],
    ['install', 'acme/app', {}, newJob('install', at, {})],
    ['install', 'acme/app', { since: null }, newJob('install', at, { since: null })],
    ['uninstall', 'acme/app', {}, newJob('uninstall', at, {})],
    ['rename', 'acme/app', { from: 'acme/old' }, newJob('rename', at, { from: 'acme/old' })],
    ['settings', 'acme/app', {}, newJob('read-settings', at, {})],
    ['fill-gaps', 'acme/app:gaps', {}, newJob('fill-gaps', at, {})],
    ['sync', 'acme/app:sync', {}, newJob('sync', at, {})],
    ['sync-related', 'related:b/c', { related: 'b/c' }, newJob('sync-related', at, { related: 'b/c' })],
    ['sweep', 'acme/app:sweep', {}, newJob('poll-reactions', at, {})],
    ['brake', 'acme/app:brake', {}, newJob('publish-pause-issue', at, {})],
    ['digest', 'acme/app:digest', {}, newJob('publish-digest', at, {})],
    ['learn', 'acme/app:learn', {}, newJob('learn-from-verdicts', at, {})],
    ['triage', 'acme/app#5', { number }, newJob('triage', at, { number })],
    [
      'triage',
      'acme/app#5',
      { number, action: 'labeled', sender: 'a', label: null, bot: false, from: 'b/c', fromNumber: 3 },
      newJob('triage', at, {
        number,
        action: 'labeled',
        sender: 'a',
        label: null,
        bot: false,
        from: 'b/c',
        fromNumber: 3,
      }),
    ],
    ['comment', 'acme/app#5', { number, comment: 9 }, newJob('comment', at, { number, comment: 9 })],
    [
      'comment-deleted',
      'acme/app#5',
      { number, comment: 9, sender: 'a' },
      newJob('comment-deleted', at, { number, comment: 9, sender: 'a' }),
    ],
    [
      'forget',
      'acme/app#5',
      { number, to: 'b/c', toNumber: 3 },
      newJob('forget-issue', at, { number, to: 'b/c', toNumber: 3 }),
    ],
    ['check', 'acme/app#5', { number }, newJob('check-pages', at, { number })],
    ['close', 'acme/app#5', { number }, newJob('close', at, { number })],
    ['tally', 'acme/app#5', { number }, newJob('count-reports', at, { number })],
  ])(
    'of kind %s, key %s and data %o is understood, and excludes its like of today',
    (kind, key, data, today) => {
      const read = readJob(stored({ kind, key, data }));
      expect(read).toEqual({ ...stored({ kind: today.kind, key, data }), data: today.data });
      expect(today.key).toBe(key);
    },
  );
});

test.each<[Pick<NewJob, 'kind' | 'data'>, string]>([
  [{ kind: 'constructor', data: {} }, 'there is no kind of job "constructor" in this version'],
  [
    { kind: 'close', data: { number: 'five' } },
    'data.number of a job "close": Invalid input: expected number, received string',
  ],
  [
    { kind: 'sync-related', data: {} },
    'data.related of a job "sync-related": Invalid input: expected string, received undefined',
  ],
])('%o is refused with a line that says what is wrong', (job, line) => {
  expect(() => readJob(stored(job))).toThrow(new UnreadableJob(line));
});

test('jobs under former names are done; one that nobody understands waits for a person at once', async () => {
  const run = await runApp();
  const { queue, store } = run.app();
  const { number } = run.double.openIssue({ repository: home, title: 'It is broken', author: 'reporter' });
  await run.settle();
  expect(await store.issueState(home, number)).not.toBeNull();
  const { installation } = (await store.repository(home)) ?? { installation: null };
  const job = { repository: home, key: `${home}#${number}`, installation, priority: 5, notBefore: 0 };
  await queue.send([
    { ...job, kind: 'forget', data: { number } },
    { ...job, kind: 'forget', data: {}, key: home },
  ]);
  await run.settle();
  expect(await store.issueState(home, number)).toBeNull();
  expect(await queue.dead()).toMatchObject([
    { kind: 'forget', attempts: 0, error: expect.stringMatching(/^data\.number of a job "forget": [^\n]+$/) },
  ]);
  await run.stop();
});
