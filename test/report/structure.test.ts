import { describe, expect, test } from 'vitest';
import { readReport } from '../../src/report/index.ts';

const read = (body: string, templates: readonly string[] = []) =>
  readReport({ title: 'It fails', body }, templates);
const words = (body: string, regions: readonly { start: number; end: number }[]) =>
  regions.map(({ start, end }) => body.slice(start, end));

const form = `### Preflight Checklist

- [x] I have searched [existing issues](https://github.com/a/b/issues) and this is new
- [X] This is a single bug report

### What's Wrong?

The server stays red.

# A Heading Of My Own

More words.

### Error Messages/Logs

\`\`\`shell
Error: connect ECONNREFUSED 127.0.0.1:8123
\`\`\`

### Steps to Reproduce

1. Start it
2. Look

### Last Working Version

_No response_

### Operating System

macOS

### Additional Information

<!-- anything else -->
None
`;

describe('issue forms', () => {
  const report = read(form);

  test('questions are sections that outrank the headings of an answer', () => {
    expect(report.sections.map(({ slug, from, empty }) => [slug, from, empty])).toEqual([
      ['preflight-checklist', 'form', true],
      ['whats-wrong', 'form', false],
      ['a-heading-of-my-own', 'heading', false],
      ['error-messages-logs', 'form', false],
      ['steps-to-reproduce', 'form', false],
      ['last-working-version', 'form', true],
      ['operating-system', 'form', false],
      ['additional-information', 'form', true],
    ]);
    const wrong = report.sections[1];
    expect(form.slice(wrong?.start, wrong?.end)).toContain('More words.');
  });

  test('the words of the form are no prose', () => {
    expect(words(form, report.prose)).toEqual([
      'The server stays red.',
      'A Heading Of My Own',
      'More words.',
      'Start it',
      'Look',
      'macOS',
    ]);
  });

  test('a filled form is a bug report by its questions', () => expect(report.kind).toBe('bug'));

  test('the same with all white space flattened to blanks, at the same words', () => {
    const flat = form.replace(/\s+/g, ' ').trim();
    const flattened = read(flat);
    expect(flattened.sections.map(({ slug, from, empty }) => [slug, from, empty])).toEqual(
      report.sections.map(({ slug, from, empty }) => [slug, from, empty]),
    );
    expect(
      words(
        flat,
        flattened.code.filter(({ inline }) => !inline),
      ),
    ).toEqual(['Error: connect ECONNREFUSED 127.0.0.1:8123']);
    expect(words(flat, flattened.prose)).toContain('The server stays red.');
    expect(flattened.errors.map(({ normalised }) => normalised)).toEqual(
      report.errors.map(({ normalised }) => normalised),
    );
  });

  test('carriage returns change nothing', () => {
    const body = form.replaceAll('\n', '\r\n');
    const report = read(body);
    expect(report.sections).toHaveLength(8);
    expect(words(body, report.prose)).toContain('The server stays red.');
  });

  test('a fence pasted into a fenced answer does not swallow the questions that follow', () => {
    const body = form.replace('Error: connect', '```bash\nError: connect').replace(':8123\n', ':8123\n```\n');
    expect(read(body).sections.map(({ slug }) => slug)).toContain('operating-system');
    expect(read(body).facts.map(({ value }) => value)).toContain('macOS');
  });

  test('questions nobody knows are known by their layout', () => {
    const body = '### Which widget?\n\nThe big one\n\n### Colour\n\n_No response_\n';
    expect(read(body).sections.map(({ from, empty }) => [from, empty])).toEqual([
      ['form', false],
      ['form', true],
    ]);
  });
});

describe('free text', () => {
  test('headings nest by level, bold and colon headings are headings', () => {
    const body =
      'Intro\n\n# Bug\n\n## Details of it\n\none\n\n**Environment**\nLinux\n\nExpected behavior:\nnone of it\n\n## Next\ntwo\n';
    const report = read(body);
    expect(
      report.sections.map(({ slug, start, end }) => [slug, body.slice(start, end).trim().split('\n').at(-1)]),
    ).toEqual([
      ['bug', 'two'],
      ['details-of-it', 'none of it'],
      ['environment', 'Linux'],
      ['expected-behavior', 'none of it'],
      ['next', 'two'],
    ]);
  });

  test('a setext heading, a quote, a nested list, a table', () => {
    const body = 'Title\n=====\n\n> quoted\n> more\n\n- a\n  - b `c d`\n\n| x | y |\n|---|---|\n| 1 | 2 |\n';
    expect(words(body, read(body).prose)).toEqual([
      'Title',
      'quoted\n> more',
      'a',
      'b `c d`',
      '| x | y |\n|---|---|\n| 1 | 2 |',
    ]);
  });

  test('a thousand brackets or quotes are a report too', () => {
    expect(read('> '.repeat(1000)).prose).toHaveLength(0);
    expect(read('['.repeat(1000)).prose).toHaveLength(1);
  });

  test('null and empty', () => {
    const report = readReport({ title: '', body: null });
    expect(report).toMatchObject({
      title: '',
      body: '',
      kind: 'other',
      sections: [],
      prose: [],
      code: [],
      facts: [],
    });
  });

  test('a text past the limits is cut', () => {
    expect(read('a'.repeat(300_000)).body).toHaveLength(256 * 1024);
    expect(read('a\n'.repeat(30_000)).body.split('\n')).toHaveLength(20_000);
  });
});

describe('code', () => {
  test('fences with their language, indented blocks, spans', () => {
    const body =
      'Run `npm i` or ``a `b` c``.\n\n```Bash title\nls\n\ncd\n```\n\n    indented\n    twice\n\n~~~\nopen';
    const { code } = read(body);
    expect(code.map(({ language, inline }) => [language, inline])).toEqual([
      ['', true],
      ['', true],
      ['bash', false],
      ['', false],
      ['', false],
    ]);
    expect(words(body, code)).toEqual(['npm i', 'a `b` c', 'ls\n\ncd', 'indented\n    twice', 'open']);
  });

  test('fences in a list and in a quote', () => {
    const body = '- first\n\n  ```\n  in list\n  ```\n\n> ```\n> in quote\n> ```\n';
    expect(words(body, read(body).code).map((text) => text.trim())).toEqual(['in list', '> in quote']);
  });

  test('an unpaired back-tick opens nothing', () => {
    expect(read('a ` b\n\nc ` d').code).toEqual([]);
  });
});

describe('template text', () => {
  test('comments are nobody’s words, in code they stay', () => {
    const body = 'before <!-- hint\n\nmore --> after\n\n```\n<!-- kept -->\n```\n';
    const report = read(body);
    expect(words(body, report.prose).join(' ')).not.toContain('hint');
    expect(words(body, report.code)).toEqual(['<!-- kept -->']);
  });

  test('a comment that is never closed hides nothing', () => {
    const body = 'before\n\n<!-- oops\n\nError: it broke\n';
    expect(words(body, read(body).errors)).toEqual(['Error: it broke']);
  });

  test('lines of a Markdown template', () => {
    const template = '---\nname: Bug\n---\n## What broke\nPlease write a few words.\n\n## Rig\n- Box: \n';
    const body = '## What broke\nPlease write a few words.\nThe box broke.\n\n## Rig\n- Box: big\n';
    const report = read(body, [template]);
    expect(words(body, report.prose)).toEqual(['The box broke.', 'Box: big']);
    expect(report.sections.map(({ empty }) => empty)).toEqual([false, false]);
  });

  test('labels, placeholders and values of a YAML form', () => {
    const template = `name: Bug
body:
  - type: textarea
    attributes:
      label: Rig in use
      description: What you run it on
      value: |
        Box:
        Tube:
  - type: checkboxes
    attributes:
      label: Oath
      options:
        - label: I solemnly swear
`;
    const body =
      '### Rig in use\n\nBox:\nTube:\n\n### Oath\n\n- [x] I solemnly swear\n\n### My own\n\nwords\n';
    const report = read(body, [template]);
    expect(words(body, report.prose)).toEqual(['My own', 'words']);
    expect(report.sections.map(({ slug, from, empty }) => [slug, from, empty])).toEqual([
      ['rig-in-use', 'form', true],
      ['oath', 'form', false],
      ['my-own', 'heading', false],
    ]);
  });
});
