import { describe, expect, test } from 'vitest';
import { readReport, referencesOf } from '../../src/report/index.ts';

const namedIn = (body: string, title = 'It fails', templates: string[] = []): string[] =>
  referencesOf(readReport({ title, body }, templates), '').map(
    ({ number, repository }) => `${repository}#${number}`,
  );

describe('the issues that a report names', () => {
  test.each([
    ['Like #12, but on Windows.', ['#12']],
    ['(see #7) and GH-8: both', ['#7', '#8']],
    ['the same as acme/tool#31?', ['acme/tool#31']],
    ['https://github.com/acme/tool/issues/5#issuecomment-9', ['acme/tool#5']],
    ['http://git.example.org/acme/tool/pull/6 did it', ['acme/tool#6']],
    ['[earlier](https://github.com/acme/tool/discussions/4).', ['acme/tool#4']],
    ['#1, #2 and #3', ['#1', '#2', '#3']],
  ])('%s', (body, named) => {
    expect(namedIn(body)).toEqual(named);
  });

  test.each([
    ['a colour', 'The text is #123abc on #fff.'],
    ['an entity', 'It&#39;s broken.'],
    ['part of a word', 'C#7 and issue#8 and foo-#9'],
    ['a fragment of another address', 'https://example.org/page#12'],
    ['a frame in code', '```\n#0 0x1 in main\n#1 0x2 in start\n```'],
    ['inline code', 'prints `#12` twice'],
  ])('%s is none', (_, body) => {
    expect(namedIn(body)).toEqual([]);
  });

  test('also in the title, and not in what a template says', () => {
    expect(namedIn('It broke.', 'Crash, again (#40)')).toEqual(['#40']);
    expect(
      namedIn('Read #99 before you write.\n\nIt broke like #41.', undefined, [
        'Read #99 before you write.\n',
      ]),
    ).toEqual(['#41']);
  });

  test('a long run of what looks like the beginning of one costs nothing', () => {
    const started = performance.now();
    namedIn(`${'a/'.repeat(50_000)}#1 ${'https://a/b/'.repeat(20_000)}`);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
