/** Defects of other bots (by the number they have in our survey of them) that must not exist here. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reports } from '../demo/reports.ts';
import { home, openNumbered, ours, type RunningApp, runApp } from './run-app.ts';

const known = { title: reports[0]?.title ?? '', body: reports[0]?.body ?? '' };
const elsewhere = 'acme/tool';

let run: RunningApp;
const open = (given: {
  title: string;
  body?: string | null;
  labels?: string[];
  repository?: string;
}): number => run.double.openIssue({ repository: home, author: 'reporter', ...given }).number;
const at = (number: number, repository = home) => ({ repository, number });
const labelsOf = (number: number): string[] => run.double.issue(home, number).labels.map(({ name }) => name);
const calls = (method: string, path: RegExp) =>
  run.double.calls.filter((call) => call.method === method && path.test(call.path));

beforeAll(async () => {
  run = await runApp({
    others: { [elsewhere]: 'mode: advise\n' },
    before: (double) => {
      for (const number of [46140, 60260, 65408])
        openNumbered(double, number, { repository: home, title: 'Tracked', body: null, author: 'first' });
    },
  });
  run.double.setRole(home, 'maintainer', 'triage', 'read');
});
afterAll(async () => {
  expect(run.double.deviations).toEqual([]);
  await run.stop();
});

describe('labels', () => {
  test('1: are never replaced: no PUT, no PATCH with labels, and those of people stay', async () => {
    run.double.resetCalls();
    const number = open({ ...known, labels: ['has repro', 'bug'] });
    await run.settle();
    run.double.editIssue(at(number), { title: 'Other', body: 'Other', by: 'reporter' });
    await run.settle();
    expect(labelsOf(number).sort()).toEqual(['bug', 'has repro']);
    expect(calls('PUT', /labels/)).toEqual([]);
    expect(calls('PATCH', /issues\/\d+$/)).toEqual([]);
  });

  test('19: none is set without the comment that explains it', async () => {
    run.double.fault({
      match: { method: 'POST', path: /\/comments$/ },
      times: 1,
      kind: 'status',
      status: 422,
    });
    const number = open(known);
    await run.settle();
    expect(ours(run.double, home, number)).toEqual([]);
    expect(labelsOf(number)).toEqual([]);
  });
});

describe('links', () => {
  test('3: come from what is known, never from a number or URL in somebody\u2019s text', async () => {
    const number = open({
      ...known,
      body: `Like #1 and https://github.com/other/project/issues/7 and other/project#9.\n\n${known.body}`,
    });
    await run.settle();
    const [comment = ''] = ours(run.double, home, number);
    const outside = comment.replace(/`[^`\n]*`/g, '');
    expect([...outside.matchAll(/#(\d+)/g)].map(([, found]) => found)).toEqual(['46140']);
    expect(outside).not.toContain('other/project');
  });

  test('13: the issue itself and repeats are no thread to point to', async () => {
    const inside = await runApp({});
    // The first known report of the failure is being opened now: there is no older one.
    openNumbered(inside.double, 46140, { repository: home, ...known, author: 'first' });
    await inside.settle();
    const [comment = ''] = ours(inside.double, home, 46140);
    expect(comment).not.toMatch(/Open thread:/);
    expect(comment).toContain('this issue is the place for it');
    await inside.stop();
  });

  test('24: a thread that is not there (404) is no answer and no error', async () => {
    const bare = await runApp({});
    const { number } = bare.double.openIssue({ repository: home, ...known, author: 'reporter' });
    await bare.settle();
    expect(ours(bare.double, home, number)).toHaveLength(1);
    expect(await bare.app().queue.dead()).toEqual([]);
    await bare.stop();
  });

  test('of another repository are written out, with the state read there; never a bare number', async () => {
    const number = open({ ...known, repository: elsewhere });
    await run.settle();
    const [comment = ''] = ours(run.double, elsewhere, number);
    expect(comment).toContain(`${home}#46140`);
    expect(comment.replaceAll(`${home}#`, '').replace(/`[^`\n]*`/g, '')).not.toMatch(/#\d/);
  });
});

describe('our own comment', () => {
  test('5: is found among hundreds, and so is a maintainer\u2019s answer', async () => {
    const other = await runApp({});
    other.double.setRole(home, 'maintainer', 'triage', 'read');
    const { number } = other.double.openIssue({ repository: home, ...known, author: 'reporter' });
    const quiet = other.double.openIssue({
      repository: home,
      title: 'Later',
      body: 'to be edited',
      author: 'reporter',
    }).number;
    await other.settle();
    other.double.sendWebhooksTo(null);
    for (let i = 0; i < 230; i += 1) other.double.comment(at(number), `noise ${i}`, `person-${i % 7}`);
    for (let i = 0; i < 130; i += 1) other.double.comment(at(quiet), `noise ${i}`, 'stranger');
    other.double.comment(at(quiet), 'Looking into it.', 'maintainer');
    other.double.sendWebhooksTo(`${other.app().url}/api/github/webhooks`);
    // The store remembers nothing any more: the comment is found by its marker.
    await other.app().store.forgetIssue(home, number);
    other.double.editIssue(at(number), { body: `${known.body}\nmore`, by: 'reporter' });
    other.double.editIssue(at(quiet), { ...known, by: 'reporter' });
    await other.settle();
    expect(ours(other.double, home, number)).toHaveLength(1);
    expect(ours(other.double, home, quiet)).toEqual([]);
    await other.stop();
  });

  test('8: is known by marker and author, not by its prose', async () => {
    const number = open({ title: 'Something else', body: 'Nothing known.' });
    const copied = open(known);
    await run.settle();
    const [text = ''] = ours(run.double, home, copied);
    run.double.comment(at(number), text, 'copycat');
    run.double.editIssue(at(number), { ...known, by: 'reporter' });
    await run.settle();
    const bodies = run.double.issue(home, number).comments.map(({ body, author }) => [author.login, body]);
    expect(bodies[0]).toEqual(['copycat', text]);
    expect(bodies).toHaveLength(2);
  });

  test('14: stays one when deliveries come twice, late and out of order, and follows an edit', async () => {
    run.double.disturbDeliveries({ doubled: 0.5, reordered: 0.5 });
    const numbers = Array.from({ length: 12 }, () => open(known));
    for (const number of numbers)
      run.double.editIssue(at(number), { body: `${known.body}\nagain`, by: 'reporter' });
    await run.settle();
    run.double.disturbDeliveries({});
    for (const number of numbers) expect(ours(run.double, home, number)).toHaveLength(1);
  });

  test('17: gives its reasons, the same that the ledger holds', async () => {
    const number = open(known);
    await run.settle();
    const [entry] = await run.app().store.ledger({ repository: home, number });
    const because = entry?.plan.actions.find(({ kind }) => kind === 'comment')?.because ?? 'none';
    expect(because).toMatch(/needs-authentication, \d\d %/);
    expect(ours(run.double, home, number)[0]).toContain(because);
  });
});

describe('reading', () => {
  test('16: a phrase is the whole phrase, not its first word', async () => {
    const number = open({
      title: 'Authentication page is ugly',
      body: 'Authentication could look nicer. Could the server list be sorted?',
    });
    await run.settle();
    expect(ours(run.double, home, number)).toEqual([]);
  });

  test('a null body is an empty one', async () => {
    const number = open({ title: known.title, body: null });
    await run.settle();
    const [entry] = await run.app().store.ledger({ repository: home, number });
    expect(entry?.number).toBe(number);
    expect(await run.app().queue.dead()).toEqual([]);
  });

  test('no word closes or locks an issue', async () => {
    const number = open({
      title: 'money, crypto, urgent, spam',
      body: `Close this. Lock this. ${known.body}`,
    });
    await run.settle();
    expect(run.double.issue(home, number)).toMatchObject({ state: 'open', locked: false });
  });
});

describe('people', () => {
  test('without rights undo nothing: a stranger\u2019s command changes nothing', async () => {
    const number = open(known);
    await run.settle();
    const before = ours(run.double, home, number);
    run.double.comment(at(number), '/signpost not-this', 'stranger');
    await run.settle();
    expect(ours(run.double, home, number)).toEqual(before);
  });
});

describe('running', () => {
  test('writes are awaited: a stop in the middle of work finishes it', async () => {
    const other = await runApp({});
    other.double.fault({ match: { method: 'POST', path: /\/comments$/ }, kind: 'slow', ms: 60_000 });
    const { number } = other.double.openIssue({ repository: home, ...known, author: 'reporter' });
    await other.double.settled();
    await new Promise((resolve) => setTimeout(resolve, 150));
    await other.stop();
    expect(ours(other.double, home, number)).toHaveLength(1);
  });

  test('no text of others reaches a shell or an evaluator', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const guilty = sources.filter((name) =>
      /\beval\(|new Function\(|node:vm|\bexec(Sync)?\(|\bspawn(Sync)?\(|shell: true/.test(code(name)),
    );
    const runs = sources.filter((name) => code(name).includes('node:child_process'));
    expect(sources.length).toBeGreaterThan(40);
    expect(guilty).toEqual([]);
    // git, without a shell, with arguments of its own: the committed pages to compare with.
    expect(runs).toEqual(['cli/commands/backtest.ts']);
    function code(name: string): string {
      return readFileSync(`src/${name}`, 'utf8').replace(/\.exec\(/g, '');
    }
  });
});
