import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { configJsonSchema, defaultConfig, readConfig } from '../../src/config/index.ts';
import { printProblem } from '../../src/model/problem.ts';

const file = '.github/signpost.yml';
const problems = (text: string) => readConfig(file, text).problems.map(printProblem);

describe('settings', () => {
  test('observe by default, and with an empty file', () => {
    expect(defaultConfig.mode).toBe('observe');
    expect(readConfig(file, '')).toEqual({ config: defaultConfig, problems: [] });
  });

  test('read what the documentation shows', () => {
    const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync('docs/settings.md', 'utf8')) ?? [];
    expect(readConfig(file, example)).toEqual({ config: defaultConfig, problems: [] });
  });

  test('turn units into numbers', () => {
    const { config } = readConfig(
      file,
      'close: { after: 2w, at-most: 7 per day }\nlimits: { comments: 9 per hour }\ndigest: { on: Friday 16:30 Europe/Berlin }\n',
    );
    expect(config.close).toMatchObject({ after: 14 * 86_400_000, atMostPerDay: 7 });
    expect(config.limits.commentsPerHour).toBe(9);
    expect(config.digest.on).toEqual({ weekday: 5, hour: 16, minute: 30, zone: 'Europe/Berlin' });
  });

  test('with a mistake count as none: silent, never louder', () => {
    expect(readConfig(file, 'mode: advise\nloud: true\n').config).toBe(defaultConfig);
  });

  test.each([
    ['mode: loud', `${file}:1:7: mode is "loud" (expected one of observe, advise, act)`],
    [
      'mode: advise\nloud: 1',
      `${file}:2:1: unknown key "loud" (expected a key of the documentation; remove it or mend its spelling)`,
    ],
    ['comment: { at: 2 }', `${file}:1:16: comment.at is 2 (expected at most 1)`],
    [
      'close:\n  after: 3 days',
      `${file}:2:10: close.after is "3 days" (expected a duration such as 90m, 12h, 3d or 2w)`,
    ],
    [
      'digest: { on: someday }',
      `${file}:1:15: digest.on is "someday" (expected a weekday, a time and a time zone, such as "monday 09:00 UTC")`,
    ],
    [
      'digest: { on: monday 09:00 Mars/Olympus }',
      `${file}:1:15: digest.on is "monday 09:00 Mars/Olympus" (expected a weekday, a time and a time zone, such as "monday 09:00 UTC")`,
    ],
    ['5', `${file}:1:1: the document is 5 (expected a mapping)`],
  ])('%j is told with its place', (text, line) => {
    expect(problems(text)).toEqual([line]);
  });

  test('that are not YAML are one line with its place', () => {
    expect(problems('mode: [a\n')).toEqual([
      expect.stringMatching(/^\.github\/signpost\.yml:\d+:\d+: not YAML: /),
    ]);
  });

  test('have a JSON Schema for editors that is kept current: npm run settings-schema', () => {
    expect(JSON.parse(readFileSync('docs/settings.schema.json', 'utf8'))).toEqual(configJsonSchema());
  });
});
