import { describe, expect, it } from 'vitest';
import { readPage } from '../../src/knowledge/index.ts';
import { printProblem } from '../../src/model/problem.ts';
import { frontMatter, pack, page } from './pages.ts';

const problems = (text: string | Uint8Array) => readPage('pump.md', text, pack).problems.map(printProblem);
const spoiled = (from: string | RegExp, to: string) => page(frontMatter('pump').replace(from, to));

describe('a page', () => {
  it('becomes a signature with its sections, its pack and the defaults', () => {
    const { signature, problems: none } = readPage('pump.md', page(frontMatter('pump')), pack);
    expect(none).toEqual([]);
    expect(signature).toMatchObject({
      id: 'pump',
      aliases: [],
      fixedIn: null,
      threads: [12, 34],
      match: { all: [{ text: 'pump exploded' }] },
      samples: {
        matches: [{ text: 'the pump exploded at noon' }],
        differs: [{ text: 'all is calm', why: 'nothing exploded' }],
      },
      pack,
      path: 'pump.md',
    });
    expect(signature?.sections.map(({ heading }) => heading)).toContain('Quick fixes');
    expect(signature?.sections[0]?.markdown).toBe('Some help.');
  });

  it('may come with a byte order mark and CRLF', () => {
    const text = `\ufeff${page(frontMatter('pump'))}`.replaceAll('\n', '\r\n');
    expect(readPage('pump.md', new TextEncoder().encode(text), pack).signature?.id).toBe('pump');
  });

  it('does not take a heading inside a fence for a section', () => {
    const text = page(frontMatter('pump')).replace('Some help.', '```\n## Not a section\n```');
    expect(readPage('pump.md', text, pack).signature?.sections.map(({ heading }) => heading)).not.toContain(
      'Not a section',
    );
  });

  it.each([
    ['wrong YAML', spoiled('labels: [bug]', 'labels: [bug'), /^pump\.md:\d+:\d+: not YAML/],
    ['an unknown key', spoiled('labels:', 'lables:'), /^pump\.md:5:1: unknown key "lables"/],
    [
      'an unknown key of a rule',
      spoiled('text: pump exploded', '{ text: pump, inn: title }'),
      /^pump\.md:9:21: unknown key "inn"/,
    ],
    [
      'a rule of no kind',
      spoiled('text: pump exploded', 'texxt: pump'),
      /^pump\.md:9:7: .*expected one of the keys all, any, none, text, regex, near/,
    ],
    [
      'an unknown scope',
      spoiled('text: pump exploded', '{ text: pump, in: body }'),
      /^pump\.md:9:25: .*body.*expected title, prose, code, errors or section:/,
    ],
    [
      'look-ahead',
      spoiled('text: pump exploded', "regex: 'pump(?=s)'"),
      /^pump\.md:9:14: .*look-ahead at character 5, which RE2 does not have/,
    ],
    [
      'a back-reference',
      spoiled('text: pump exploded', "regex: '(pump) \\1'"),
      /back-reference at character 8/,
    ],
    ['a regex that does not compile', spoiled('text: pump exploded', "regex: 'pump('"), /does not compile/],
    [
      'a regex without a literal',
      spoiled('text: pump exploded', "regex: '\\w+ \\d+'"),
      /no fixed text that must occur/,
    ],
    [
      'a regex with one free branch',
      spoiled('text: pump exploded', "regex: 'pump|\\d+'"),
      /no fixed text that must occur/,
    ],
    [
      'too many repeats',
      spoiled('text: pump exploded', "regex: 'pump.{0,101}x'"),
      /repeats 101 times \(expected at most 100\)/,
    ],
    [
      'rules that need no text',
      spoiled('  all:\n    - text', '  none:\n    - text'),
      /^pump\.md:8:3: .*hit nearly every report/,
    ],
    [
      'a text in quotes of which nothing is left',
      spoiled('text: pump exploded', "text: '**'"),
      /at least one letter or digit/,
    ],
    [
      'a category that does not exist',
      spoiled('local-runtime', 'weather'),
      /^pump\.md:4:11: category is "weather" \(expected one of account-auth/,
    ],
    ['a thread that is no number', spoiled('[12, 34]', "['#12']"), /^pump\.md:6:11: threads\.0 is "#12"/],
    [
      'a version that YAML reads as a number',
      spoiled('labels:', 'fixed-in: 2.1\nlabels:'),
      /^pump\.md:5:11: fixed-in is 2\.1/,
    ],
    ['a missing section', page(frontMatter('pump'), ['Quick fixes']), /the section "Prevention" is missing/],
    [
      'an empty section',
      page(frontMatter('pump')).replace('Some help.', ''),
      /the section "What this error means" is empty/,
    ],
    ['no front matter', '# A page\n', /^pump\.md:1:1: the page has no front matter/],
    ['front matter without an end', '---\nid: pump\n', /^pump\.md:1:1: the front matter does not end/],
    [
      'a file of 5 MB',
      'x'.repeat(5_000_000),
      /^pump\.md:1:1: the file is 4883 KiB long \(expected at most 256 KiB\)/,
    ],
    [
      'bytes that are not UTF-8',
      new Uint8Array([0x2d, 0x2d, 0x2d, 0x0a, 0x69, 0xff, 0xfe]),
      /^pump\.md:2:2: the file is not UTF-8/,
    ],
  ])('with %s is named with its place, and not used', (_, text, expected) => {
    expect(problems(text).join('\n')).toMatch(new RegExp(expected.source, 'm'));
    expect(readPage('pump.md', text, pack).signature).toBeNull();
  });

  it('nested deeper than the stack is a problem like others', () => {
    const deep = spoiled('text: pump exploded', `${'{ all: ['.repeat(12_000)}${']}'.repeat(12_000)}`);
    expect(readPage('pump.md', deep, pack).signature).toBeNull();
  });

  it('of another name than its id is used, with a warning', () => {
    const { signature, problems: found } = readPage('other.md', page(frontMatter('pump')), pack);
    expect(signature?.id).toBe('pump');
    expect(found.map(({ severity }) => severity)).toEqual(['warning']);
  });
});
