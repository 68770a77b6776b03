import { describe, expect, test } from 'vitest';
import { findSecrets, presentDetails, readReport } from '../../src/report/index.ts';

const size = 256 * 1024;
const fill = (piece: string): string => piece.repeat(Math.ceil(size / piece.length)).slice(0, size);

/** Texts that make naive parsers and patterns take quadratic time or overflow the stack. */
const hostile: Readonly<Record<string, string>> = {
  'nested quotes': fill('>'),
  'nested quotes with blanks': fill('> '),
  'deeper and deeper quotes': Array.from({ length: 700 }, (_, depth) => `${'>'.repeat(depth)} a`).join('\n'),
  brackets: fill('['),
  'closing brackets': fill(']('),
  links: fill('[a](b)'),
  images: fill('![a]('),
  emphasis: fill('*a_ '),
  stars: fill('*'),
  'strong labels': fill('**OS:** '),
  'list items': fill('- '),
  'list items by line': fill('- a\n'),
  'deeper and deeper lists': Array.from({ length: 700 }, (_, depth) => `${' '.repeat(depth * 2)}- a`).join(
    '\n',
  ),
  'ordered items': fill('1. a\n2. b\n'),
  'unclosed fences': fill('```\n```a\n'),
  'one unclosed fence': `\`\`\`\n${fill('a\n')}`,
  'a huge table': fill('| a | b |\n'),
  'a table on one line': `### Table ${fill('| a | b | ')}`,
  'back-ticks': fill('`'),
  'back-ticks of growing length': Array.from({ length: 700 }, (_, length) => '`'.repeat(length)).join(' '),
  'back-ticks by line': fill('- ` a\n'),
  comments: fill('<!--'),
  'empty comments': fill('<!---->'),
  'comments by line': fill('<!-- a -->\n'),
  'comments in a fence': `\`\`\`\n${fill('<!--\n')}`,
  tags: fill('<a href="'),
  'error words': fill('error '),
  'error lines': fill('Error: it failed with code 500\n'),
  'errors in spans': fill('`Error: x y` '),
  'stack frames': fill('    at run (/srv/app/main.js:1:2)\n'),
  'half stack frames': fill('at a.b (('),
  'Rust frames': fill('12: a::b::c '),
  'escaped line ends': `\`\`\`\n${fill('\\n at ')}`,
  headings: fill('# a\n'),
  'headings on one line': fill('### a '),
  'heading marks': fill('#'),
  'heading and blanks': `# a${' '.repeat(size)}b # ${' '.repeat(1000)}x`,
  'known labels': fill('### Steps to Reproduce '),
  'setext headings': fill('a\n=\n'),
  blanks: fill(' '),
  'blank lines': fill('\n'),
  'blanks and line ends': fill('   \n\t'),
  'carriage returns': fill('\r'),
  'key lines': fill('OS: \n'),
  'keys without values': fill('a:a:a:'),
  digits: fill('1'),
  'dotted digits': fill('1.'),
  versions: fill('v1.2.3-rc.1 '),
  'product names': fill('claude code '),
  'system names': fill('macOS '),
  slashes: fill('/'),
  paths: fill('/a/b'),
  'quoted paths': fill('"C:\\\\a'),
  quotes: fill('"'),
  apostrophes: fill("'a"),
  prompts: fill('$ '),
  'shell lines': `\`\`\`sh\n${fill('npm a\n')}`,
  'lone surrogates': fill('\ud800'),
  NULs: fill('\0'),
  'one long word': fill('a'),
  dashes: fill('-'),
  'PEM headers': fill('-----BEGIN PRIVATE KEY-----\n'),
  'key prefixes': fill('sk-ant-'),
  'half tokens': fill('eyJhbGciOi.'),
  assignments: fill('password='),
  'quoted assignments': fill('"api_key":"'),
  URLs: fill('https://a:b@'),
  'bearer headers': fill('Authorization: Bearer '),
  cookies: fill('Cookie: a=b; '),
  base64: fill('QUJD/+9z'),
  'installation tokens': fill('ghs_1_a.'),
  'npm tokens': fill('_authToken='),
  'key names': fill('api_key='),
  'wrapped keys': fill('AAAAAAAAAAAAAAAA\\\n'),
  'half Go frames': fill('a.b(0x'),
  backslashes: fill('\\'),
  'fenced backslashes': `\`\`\`\n${fill('\\')}`,
  'escaped quotes': fill('\\\\"'),
  entities: fill('&#45;'),
  'half entities': fill('&#4'),
  'keys in entities': fill('sk&#45;ant&#45;'),
  'escapes of JSON': fill('\\u0041'),
  'invisible characters': fill('a\u200b'),
  'lists of keys': fill('"approved": ["'),
  'keys of lists': `"approved": [${fill('"a", ')}`,
  'names of values': fill('name: token '),
  'names and no values': fill('name: a_token, '),
  'continued commands': fill('curl \\\n'),
  'recorded cookies': fill('cookies = {a:'),
  'users of URLs': fill('https://aaaaaaaaaaaaaaaaaaaaaaaa'),
  'ids of AWS': fill(`AK${'IA'}ABCDEFGHIJKLMNOP `),
  'commands of HTTPie': fill('http -'),
  'headers without end': fill('x-auth-token-'),
  'codes of logins': fill('?code=aaaaaaaaaaaaaaaaaaaaaaaa&'),
  'wrapped values': `token=${fill('a1B2c3D4e5F6g7H8i9J0a1B2c3D4e5F6g7H8i9J0a1B2c3D4e5F6\n')}`,
  'framed lines': fill('aaaaaaaaaaaa │\n│ '),
  'quoted halves': fill('"a error '),
};

/** Milliseconds of this thread's own work, so that a busy machine fails nothing. */
const worked = (): number => process.threadCpuUsage().user / 1000;

describe('hostile texts of 256 KiB take less than a second of work', () => {
  test.each(Object.entries(hostile))('%s', async (_, body) => {
    const start = worked();
    presentDetails(readReport({ title: body, body }));
    const read = worked() - start;
    await findSecrets({ title: '', body });
    const searched = worked() - start - read;
    expect(read).toBeLessThan(1000);
    expect(searched).toBeLessThan(1000);
  });
});
