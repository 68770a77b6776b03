import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { home, ours, type RunningApp, runApp } from './run-app.ts';

let run: RunningApp;
const at = (number: number) => ({ repository: home, number });
const open = (given: { title: string; body: string }): number =>
  run.double.openIssue({ repository: home, author: 'reporter', ...given }).number;
const labelsOf = (number: number): string[] => run.double.issue(home, number).labels.map(({ name }) => name);
/** Put together at run time: no scanner should find a key in this file. */
const key = `ghp_${'aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dF3hJ5'.slice(0, 36)}`;

beforeAll(async () => {
  run = await runApp({ config: 'mode: advise\nsecrets: { label: invalid }\n' });
});
afterAll(async () => {
  expect(run.double.deviations).toEqual([]);
  await run.stop();
});

describe('what is missing', () => {
  const vague = {
    title: '[BUG] I get an error on every prompt',
    body: 'I get an error on every prompt. Please fix.',
  };

  test('is asked for in the one comment; an edit that brings it takes comment and label back', async () => {
    const number = open(vague);
    await run.settle();
    const [comment = ''] = ours(run.double, home, number);
    expect(comment).toContain('still missing');
    expect(comment).toContain('**The version**');
    expect(labelsOf(number)).toEqual(['needs-info']);
    run.double.editIssue(at(number), {
      body: 'On every prompt, right after `claude -p hello`:\n\n```\nError: socket hang up\n```\n\nClaude Code 2.1.200, Windows 11.',
      by: 'reporter',
    });
    await run.settle();
    expect(ours(run.double, home, number)).toHaveLength(1);
    expect(ours(run.double, home, number)[0]).toContain('nothing is missing any more');
    expect(labelsOf(number)).not.toContain('needs-info');
  });

  test('reads our comment once: the list that has the reply has it, too', async () => {
    const number = open(vague);
    await run.settle();
    run.double.resetCalls();
    run.double.editIssue(at(number), { body: 'On every prompt, on Windows 11.', by: 'reporter' });
    await run.settle();
    const reads = run.double.calls.filter(
      ({ method, route }) => method === 'GET' && /comments/.test(route ?? ''),
    );
    expect(reads.map(({ route }) => route)).toEqual(['/repos/{owner}/{repo}/issues/{issue_number}/comments']);
    const edits = run.double.calls.filter(
      ({ method, route }) => method === 'PATCH' && /comments/.test(route ?? ''),
    );
    expect(edits).toHaveLength(1);
  });

  test('comes off by a reply that brings it', async () => {
    const number = open(vague);
    await run.settle();
    expect(labelsOf(number)).toContain('needs-info');
    run.double.comment(
      at(number),
      'Sorry! After `claude -p hello`:\n\n```\nError: socket hang up\n```\nClaude Code 2.1.200 on macOS 15.5.',
      'reporter',
    );
    await run.settle();
    expect(labelsOf(number)).not.toContain('needs-info');
  });

  test('is not asked of wishes and questions', async () => {
    const numbers = [
      open({ title: '[FEATURE] A dark theme', body: 'Please.' }),
      open({ title: 'How do I change the model?', body: 'I could not find it.' }),
    ];
    await run.settle();
    for (const number of numbers) expect(ours(run.double, home, number)).toEqual([]);
  });
});

describe('a credential', () => {
  test('in an issue is warned of without naming it, and stands nowhere that we keep', async () => {
    const number = open({
      title: 'Clone fails',
      body: `I ran \`git clone https://x:${key}@github.com/a/b\` and it failed with \`fatal: 403\` on 2.1.3, Linux.`,
    });
    await run.settle();
    const [comment = ''] = ours(run.double, home, number);
    expect(comment).toContain('revoke it now');
    expect(comment).not.toContain(key);
    expect(comment).not.toMatch(/github-token|body \d|line \d/);
    expect(labelsOf(number)).toContain('invalid');
    const kept = JSON.stringify([
      await run.app().store.ledger({ repository: home, number }),
      await run.app().store.issueState(home, number),
    ]);
    expect(kept).not.toContain(key);
  });

  test('in a comment is warned of as well', async () => {
    const number = open({ title: 'Please add a dark theme', body: 'It is bright.' });
    await run.settle();
    expect(ours(run.double, home, number)).toEqual([]);
    run.double.comment(at(number), `My token is ${key}, can you try it?`, 'helper');
    await run.settle();
    expect(ours(run.double, home, number)[0]).toContain('revoke it now');
  });

  test('beside a command leads to one triage, which follows both', async () => {
    const number = open({ title: 'Please add a light theme', body: 'It is dark.' });
    await run.settle();
    run.double.resetCalls();
    run.double.comment(at(number), `My token is ${key}.\n\n/signpost help`, 'reporter');
    await run.settle();
    const [comment = ''] = ours(run.double, home, number);
    expect(comment).toContain('revoke it now');
    expect(comment).toContain('`/signpost recheck`');
    // Once for the command, once for the triage.
    const reads = run.double.calls.filter(
      ({ method, path }) => method === 'GET' && path.endsWith(`/issues/${number}`),
    );
    expect(reads).toHaveLength(2);
  });
});

describe('labels', () => {
  test('follow the form: a chosen operating system is not a guess', async () => {
    const number = open({
      title: 'Window is blank',
      body: '### What happened?\n\nThe window stays blank.\n\n### Version\n\n2.1.200\n\n### Operating System\n\nmacOS\n\n### Terminal\n\niTerm2',
    });
    await run.settle();
    expect(labelsOf(number)).toContain('platform:macos');
  });

  test('that a maintainer takes away stay away', async () => {
    const number = open({
      title: 'Window is blank',
      body: '### What happened?\n\nThe window stays blank.\n\n### Operating System\n\nmacOS',
    });
    await run.settle();
    run.double.unlabel(at(number), 'platform:macos', 'maintainer');
    run.double.editIssue(at(number), {
      body: '### What happened?\n\nThe window stays blank for minutes.\n\n### Operating System\n\nmacOS',
      by: 'reporter',
    });
    await run.settle();
    expect(labelsOf(number)).not.toContain('platform:macos');
  });
});
