import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, test } from 'vitest';
import { qualify, quote } from '../../src/decide/quote.ts';

const markdown = new MarkdownIt({ html: true, linkify: true });

/** The tokens of a paragraph that quotes this text, inside other words. */
function rendered(text: string) {
  const [inline] = markdown.parse(`before ${quote(text)} after`, {}).filter(({ type }) => type === 'inline');
  return inline?.children ?? [];
}

describe('words of others', () => {
  const hostile = [
    '@octocat',
    '&#64;octocat',
    '#123',
    'https://github.com/a/b/issues/1',
    '<img src=x onerror=alert(1)>',
    '`` ` ``',
    '`',
    '\u202eabc',
    'a\n\n# b',
    '```\n@x\n```',
    '[x](y)',
    '-->',
    '\u0000',
    '\ud800',
  ];

  test.each(hostile)('%j stays one code span', (text) => {
    expect(rendered(text).map(({ type }) => type)).toEqual(['text', 'code_inline', 'text']);
  });

  test('any text stays one bounded code span on one line, without a mention or a reference', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const tokens = rendered(text);
        expect(tokens.map(({ type }) => type)).toEqual(['text', 'code_inline', 'text']);
        const shown = tokens[1]?.content ?? '';
        expect(shown).not.toMatch(/[\n\r]|@[^\u200b\s]|#\d/);
        expect([...shown].length).toBeLessThanOrEqual(112);
      }),
      { numRuns: fc.readConfigureGlobal().numRuns ?? 500 },
    );
  });
});

test.each([
  ['plain', '`plain`'],
  ['', '`  `'],
  ['a `b` c', '``a `b` c``'],
  ['a ``b`` `c` d', '```a ``b`` `c` d```'],
  ['`a', '`` `a ``'],
  ['a`', '`` a` ``'],
  [' \n a \t\r\n b\u202e ', '`a b`'],
  ['@you, x@y @ @', '`@\u200byou, x@\u200by @ @`'],
  ['#1 # 2 #x GH-3 gh-4 GH-x', '`#\u200b1 # 2 #x GH-\u200b3 gh-\u200b4 GH-x`'],
  ['HIGH-5', '`HIGH-5`'],
])('the words %j stand as %j', (text, quoted) => {
  expect(quote(text)).toBe(quoted);
});

test('words of others are as long as was asked, and say that they go on', () => {
  expect(quote('x'.repeat(200), 50)).toBe(`\`${'x'.repeat(49)}…\``);
  expect(quote('x'.repeat(50), 50)).toBe(`\`${'x'.repeat(50)}\``);
});

describe('Markdown of a page', () => {
  test('is told from its code by lines that begin with a fence', () => {
    const fence = '```';
    const foreign = (text: string): string => qualify(text, 'a/pack', 'other/one');
    expect(foreign(`see ${fence} here #1\n${fence}\n#2\n${fence}\n#3`)).toBe(
      `see ${fence} here a/pack#1\n${fence}\n#2\n${fence}\na/pack#3`,
    );
    expect(foreign(`${fence}\ntext ${fence} #2\n${fence}\n#3`)).toBe(
      `${fence}\ntext ${fence} #2\n${fence}\na/pack#3`,
    );
    expect(foreign(`${fence}\ntext ${fence} x\n#5\n${fence}\n#3`)).toBe(
      `${fence}\ntext ${fence} x\n#5\n${fence}\na/pack#3`,
    );
    expect(foreign(`${fence}\nx\n${fence} #4`)).toBe(`${fence}\nx\n${fence} #4`);
  });

  test('names the pack\u2019s repository for a bare number elsewhere, and leaves code and home alone', () => {
    const page = 'See #12 and `#13`.\n\n```sh\n# 14 #15\n```\n(#16)';
    expect(qualify(page, 'acme/tool', 'other/repo')).toBe(
      'See acme/tool#12 and `#13`.\n\n```sh\n# 14 #15\n```\n(acme/tool#16)',
    );
    expect(qualify(page, 'acme/tool', 'Acme/Tool')).toBe(page);
  });

  test('notifies nobody', () => {
    expect(qualify('ask @octocat, run `npx @scope/pkg`', 'a/b', 'a/b')).toBe(
      'ask @\u200boctocat, run `npx @scope/pkg`',
    );
  });
});
