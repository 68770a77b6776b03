import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createTestClock } from '../clock.ts';
import { reports, threads } from '../demo/reports.ts';
import { home, openNumbered, ours, type RunningApp, runApp } from './run-app.ts';

/** A report of the OAuth failure, as its title and body. */
const known = { title: reports[0]?.title ?? '', body: reports[0]?.body ?? '' };
const signatureLabel = 'signature:mcp-oauth-needs-authentication';

let run: RunningApp;
const open = (given: { title: string; body?: string | null; author?: string; labels?: string[] }): number =>
  run.double.openIssue({ repository: home, author: 'reporter', ...given }).number;
const labelsOf = (number: number): string[] => run.double.issue(home, number).labels.map(({ name }) => name);
const at = (number: number) => ({ repository: home, number });
/** Calls that change something. */
const writes = () =>
  run.double.calls.filter(
    ({ method, route }) => method !== 'GET' && !/access_tokens|graphql/.test(route ?? ''),
  );

beforeAll(async () => {
  const clock = createTestClock();
  run = await runApp({
    clock,
    before: (double) => {
      for (const { number, title, duplicateOf } of threads) {
        openNumbered(double, number, { repository: home, title, body: 'Tracked here.', author: 'first' });
        if (duplicateOf !== undefined)
          double.closeIssue(at(number), {
            by: 'a-maintainer',
            reason: 'duplicate',
            duplicateOf: at(duplicateOf),
          });
      }
      // GitHub counts in whole seconds; what was there before is older than the installation.
      clock.advance(60_000);
    },
  });
  run.double.setRole(home, 'maintainer', 'triage', 'read');
  // People here refuse more than a repository's would: the brake stays off.
  await run.app().store.put(`resumed:${home}`, Number.MAX_SAFE_INTEGER);
});
afterAll(() => run.stop());
afterEach(() => {
  expect(run.double.deviations).toEqual([]);
  run.double.clearFaults();
});

describe('a known failure', () => {
  test('gets one comment with lines, fixes, the open root and a way out, and its labels in one call', async () => {
    run.double.resetCalls();
    const number = open(known);
    await run.settle();
    const [comment = '', ...more] = ours(run.double, home, number);
    expect(more).toEqual([]);
    expect(comment).toMatch(/^<!-- signpost v1 app=signpost -->\n/);
    for (const part of [
      'stuck on "Needs authentication"',
      '**Try this first**',
      '#46140',
      '/signpost not-this',
      '<details>',
    ])
      expect(comment).toContain(part);
    expect(labelsOf(number)).toEqual(expect.arrayContaining([signatureLabel, 'area:auth', 'area:mcp']));
    expect(writes().map(({ method, route }) => `${method} ${route}`)).toEqual([
      'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
      'POST /repos/{owner}/{repo}/issues/{issue_number}/labels',
    ]);
  });

  test('costs at most three reads and two writes; an unknown issue one read and none', async () => {
    run.double.resetCalls();
    open(known);
    await run.settle();
    const reads = run.double.calls.filter(({ method, route }) => method === 'GET' || route === '/graphql');
    expect(reads.length).toBeLessThanOrEqual(3);
    expect(writes()).toHaveLength(2);
    run.double.resetCalls();
    open({ title: 'Please add a dark theme', body: 'It is bright here.' });
    await run.settle();
    expect(run.double.calls).toHaveLength(1);
  });

  test('leaves the reporter\u2019s words without effect: nobody is notified, nothing is referenced', async () => {
    const title =
      'MCP OAuth: authentication successful @octocat, still stuck on needs authentication #1 https://github.com/a/b/issues/2';
    const number = open({ title, body: known.body.replace('@octocat', 'nobody') });
    await run.settle();
    const byUs = run.double.mentions.filter(({ comment }) => comment?.app != null);
    expect(ours(run.double, home, number)).toHaveLength(1);
    expect(byUs).toEqual([]);
    // The double sees cross-references as GitHub does: only the open root has one from here.
    const referenced = run.double
      .issue(home, 60260)
      .events.filter(({ kind, source }) => kind === 'cross-referenced' && source?.number === number);
    expect(referenced).toEqual([]);
  });

  test('is edited in place when an edit changes the finding, and taken back in words when none is left', async () => {
    const number = open(known);
    await run.settle();
    const [first] = ours(run.double, home, number);
    run.double.editIssue(at(number), {
      title: 'API Error: 529 Overloaded',
      body: 'Every prompt ends in:\n\n```\nAPI Error: 529 {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n```',
      by: 'reporter',
    });
    await run.settle();
    const second = ours(run.double, home, number);
    expect(second).toHaveLength(1);
    expect(second[0]).not.toBe(first);
    expect(second[0]).toContain('529');
    expect(labelsOf(number)).not.toContain(signatureLabel);
    run.double.editIssue(at(number), {
      title: 'Dark theme, please',
      body: 'It is bright here.',
      by: 'reporter',
    });
    await run.settle();
    const third = ours(run.double, home, number);
    expect(third).toHaveLength(1);
    expect(third[0]).toContain('Taken back');
    expect(labelsOf(number)).toEqual([]);
  });

  test('is taken back by the reporter\u2019s /signpost not-this, with the labels, and stays so after an edit', async () => {
    const number = open({ ...known, author: 'someone' });
    await run.settle();
    run.double.label(at(number), ['bug'], 'maintainer');
    run.double.comment(at(number), 'hm\n\n/signpost not-this', 'someone');
    await run.settle();
    expect(ours(run.double, home, number)[0]).toContain('Taken back');
    // What the finding brought is gone; the platform is a fact of the report, and people's labels are theirs.
    expect(labelsOf(number).sort()).toEqual(['bug', 'platform:macos']);
    run.double.editIssue(at(number), { body: `${known.body}\n\nMore words.`, by: 'someone' });
    await run.settle();
    expect(ours(run.double, home, number)).toHaveLength(1);
    expect(ours(run.double, home, number)[0]).toContain('Taken back');
  });

  test('is not taken back by a stranger, nor by a quoted command', async () => {
    const number = open(known);
    await run.settle();
    const said = ours(run.double, home, number);
    run.double.comment(at(number), '/signpost not-this', 'stranger');
    run.double.comment(
      at(number),
      '> /signpost not-this\n\n```\n/signpost not-this\n```\nI was told to write `/signpost not-this`.',
      'reporter',
    );
    await run.settle();
    expect(ours(run.double, home, number)).toEqual(said);
  });
});

describe('an issue that is left in peace', () => {
  test('is a pull request, one of a bot, one of ours', async () => {
    run.double.resetCalls();
    open({ ...known, author: 'dependabot[bot]' });
    open({ ...known, author: run.double.app.bot });
    run.double.openPullRequest({ repository: home, ...known, author: 'reporter' });
    await run.settle();
    expect(writes()).toEqual([]);
  });

  test('was opened before Signpost was installed', async () => {
    run.double.editIssue(at(46140), { ...known, by: 'first' });
    await run.settle();
    expect(ours(run.double, home, 46140)).toEqual([]);
  });

  test('is locked, or closed, or answered by a maintainer, when it is seen: labels only', async () => {
    // No delivery arrives until people have acted: what counts is the issue as it is when the work is done.
    const url = `${run.app().url}/api/github/webhooks`;
    run.double.sendWebhooksTo(null);
    const [locked, closed, answered] = [open(known), open(known), open(known)];
    run.double.lock(at(locked), 'maintainer');
    run.double.closeIssue(at(closed), { by: 'maintainer' });
    run.double.comment(at(answered), 'I know this one, wait.', 'maintainer');
    run.double.sendWebhooksTo(url);
    for (const number of [locked, closed, answered])
      run.double.editIssue(at(number), { body: `${known.body}\n`, by: 'reporter' });
    await run.settle();
    for (const number of [locked, closed, answered]) {
      expect(ours(run.double, home, number)).toEqual([]);
      expect(labelsOf(number)).toContain(signatureLabel);
    }
  });

  test('had our comment deleted by a person: it never comes back', async () => {
    const number = open(known);
    await run.settle();
    const [mine] = run.double.issue(home, number).comments;
    run.double.deleteComment(mine?.id ?? 0, 'maintainer');
    await run.settle();
    run.double.editIssue(at(number), { body: `${known.body}\n\nStill there.`, by: 'reporter' });
    await run.settle();
    expect(ours(run.double, home, number)).toEqual([]);
  });
});

describe('people\u2019s labels', () => {
  test('that a person took away are not set again', async () => {
    const number = open(known);
    await run.settle();
    run.double.unlabel(at(number), 'area:mcp', 'maintainer');
    run.double.editIssue(at(number), { body: `${known.body}\n\nMore.`, by: 'reporter' });
    await run.settle();
    expect(labelsOf(number)).not.toContain('area:mcp');
  });

  test('that a person set stay when our finding goes', async () => {
    const number = open({ ...known, labels: ['area:auth', 'has repro'] });
    await run.settle();
    run.double.editIssue(at(number), { title: 'Other', body: 'Other.', by: 'reporter' });
    await run.settle();
    expect(labelsOf(number).sort()).toEqual(['area:auth', 'has repro']);
  });
});

describe('an issue that goes away', () => {
  test('is forgotten when it is deleted or transferred', async () => {
    run.double.addRepository('anthropics/elsewhere');
    const [deleted, moved] = [open(known), open(known)];
    await run.settle();
    run.double.deleteIssue(at(deleted), 'maintainer');
    run.double.transfer(at(moved), 'anthropics/elsewhere', 'maintainer');
    await run.settle();
    for (const number of [deleted, moved]) {
      expect(await run.app().store.issueState(home, number)).toBeNull();
      expect(await run.app().store.ledger({ repository: home, number })).toEqual([]);
    }
  });
});

test('what was done is counted for Prometheus', async () => {
  run = await runApp();
  open(known);
  await run.settle();
  const metrics = await (await fetch(`${run.app().url}/metrics`)).text();
  const value = (name: string): number =>
    Number(
      metrics
        .split('\n')
        .find((line) => line.startsWith(`signpost_${name} `))
        ?.split(' ')
        .at(-1) ?? -1,
    );
  expect(value('triages_total{outcome="found"}')).toBe(1);
  expect(value('findings_total{kind="signature"}')).toBeGreaterThan(0);
  expect(value('actions_total{kind="POST /repos/{owner}/{repo}/issues/{issue_number}/labels"}')).toBe(1);
  expect(metrics).toMatch(/^signpost_github_calls_total\{route="[^"]+",status="20\d"\} \d+$/m);
  expect(metrics).toMatch(/^signpost_budget_left\{installation="\d+"\} \d+$/m);
  expect(value('queue_age_seconds')).toBe(0);
  expect(value('jobs{state="dead"}')).toBe(0);
});
