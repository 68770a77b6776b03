import { describe, expect, it } from 'vitest';
import { readLabelled } from '../../bench/labels-data.ts';
import { findMissing, formatMissing, requiredItems } from '../../src/classify/index.ts';
import type { Config } from '../../src/model/config.ts';
import type { Report } from '../../src/model/report.ts';
import { presentDetails, readReport } from '../../src/report/index.ts';
import { absentOnReading } from './missing-read.ts';

const settings: Config['missing'] = {
  bug: ['message', 'command', 'version', 'platform'],
  feature: [],
  question: [],
  label: 'needs-info',
};

function missingOf(report: Report, missing = settings): string[] {
  return findMissing(report, requiredItems(report, missing), presentDetails(report)).map(({ id }) => id);
}

function bug(body: string, title = '[BUG] It crashes'): Report {
  return readReport({ title, body });
}

describe('what is missing in a failure report', () => {
  it('is all that is in neither text nor form', () => {
    expect(missingOf(bug('It crashes all the time.'))).toEqual(['message', 'command', 'version', 'platform']);
    expect(missingOf(bug('')).sort()).toEqual(['command', 'message', 'platform', 'version']);
  });

  it.each([
    ['prose', 'With 2.1.4 on my MacBook, `tool build` says "cannot open the lock file" and crashes.'],
    [
      'a list',
      '- Version: 2.1.4\n- Platform: darwin\n\n1. run `tool build`\n\n```\nError: cannot open the lock file\n```',
    ],
    [
      'a trace with paths',
      'tool 2.1.4\n```\nTypeError: x is undefined\n    at run (/Users/me/tool.js:1:2)\n```',
    ],
    ['a picture', '2.1.4 on Windows, crashes when I open a file ![it](https://example.com/a.png)'],
  ])('is nothing where it was given in %s', (_, body) => {
    expect(missingOf(bug(body))).toEqual([]);
  });

  it('is no message where none is spoken of', () => {
    const report = bug(
      'The second window opens on the wrong screen. 2.1.4, Linux.',
      '[BUG] Window in the wrong place',
    );
    expect(missingOf(report)).toEqual([]);
    expect(missingOf(bug('It crashes without any error message. 2.1.4, Linux, when I press Enter.'))).toEqual(
      [],
    );
  });

  it('takes the version of a system for no version of the program', () => {
    expect(missingOf(bug('`tool build` prints "cannot open the file". macOS 15.5.1'))).toEqual(['version']);
  });

  it.each([
    ['a wish', '[FEATURE] Dark mode', 'The window hurts my eyes. Please add a dark mode.'],
    ['a wish in the form of a bug', '[BUG] Add a dark mode', "### What's Wrong?\n\nNo dark mode.\n"],
    ['a question', 'How do I change the colours?', 'I did not find it.'],
    ['a change for somebody', 'fix: the trigger fails on many rows', '## Problem\n\nIt fails.'],
  ])('is nothing in %s', (_, title, body) => {
    expect(missingOf(readReport({ title, body }))).toEqual([]);
  });

  it('is what the settings name for the kind of issue', () => {
    const wish = readReport({ title: '[FEATURE] Dark mode', body: 'Please add a dark mode.' });
    expect(missingOf(wish, { ...settings, feature: ['platform'] })).toEqual(['platform']);
    expect(missingOf(bug('It crashes all the time.'), { ...settings, bug: ['platform'] })).toEqual([
      'platform',
    ]);
  });

  it('is nothing that the form did not ask for', () => {
    const form =
      '### What happened?\n\nIt crashes when I press Enter.\n\n### Impact\n\nHigh\n\n### Version\n\n2.1.4\n';
    expect(missingOf(bug(form))).toEqual([]);
    expect(missingOf(bug(`${form}\n### Operating System\n\n_No response_\n`))).toEqual(['platform']);
  });
});

describe('the words in which it is asked for', () => {
  const body =
    '### What happened?\n\nIt crashes when I press Enter.\n\n### Impact\n\nHigh\n\n### Which version, @all?\n\n_No response_\n\n### Operating System\n\n_No response_\n';
  const form = ['What happened?', 'Impact', 'Which version, @all?', 'Operating System']
    .map((label) => `  - type: input\n    attributes:\n      label: "${label}"\n`)
    .join('');
  const report = readReport({ title: '[BUG] It crashes', body }, [
    `name: Bug\ndescription: A bug\nbody:\n${form}`,
  ]);
  const missing = findMissing(report, ['version', 'platform'], presentDetails(report));

  it('are those of the form, with nobody notified by them', () => {
    expect(formatMissing(missing, report)).toMatch(
      /^- \*\*Which version, all\?\*\*: .*`--version`.*\n- \*\*Operating System\*\*: /,
    );
  });

  it('say how to get it as the pack or the repository says', () => {
    expect(formatMissing(missing, report, { version: 'what `tool about` prints' })).toContain(
      '**: what `tool about` prints\n',
    );
  });

  it('point at the question that was left open', () => {
    const [version] = missing;
    expect(version?.evidence).toMatchObject([{ field: 'section:which-version-all' }]);
    expect(version?.evidence[0]?.text).toBe(
      body.slice(version?.evidence[0]?.start, version?.evidence[0]?.end),
    );
  });

  it('are none where nothing is missing', () => {
    expect(formatMissing([], report)).toBe('');
  });
});

describe('on real issues', () => {
  const data = readLabelled();
  const letters: Readonly<Record<string, string>> = {
    message: 'm',
    command: 'c',
    version: 'v',
    platform: 'p',
  };

  it.skipIf(data === null)('asks for what is absent, and seldom', () => {
    const all = [...data!.train, ...data!.test].map(({ number, report }) => ({
      number,
      asked: missingOf(report),
    }));
    const read = all.filter(({ number }) => number in absentOnReading);
    const asks = read.flatMap(({ number, asked }) => asked.map((item) => ({ number, item })));
    const wrong = asks.filter(({ number, item }) => !absentOnReading[number]?.includes(letters[item]!));
    expect(read).toHaveLength(100);
    expect(asks.length).toBeGreaterThan(5);
    // One wish among 700 that is laid out as a failure: 13579.
    expect(wrong.filter(({ number }) => number !== 13579)).toEqual([]);
    expect(all.filter(({ asked }) => asked.length > 0).length).toBeLessThanOrEqual(70);
  });
});
