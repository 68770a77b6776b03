import { describe, expect, test } from 'vitest';
import { decide, type Situation } from '../../src/decide/index.ts';
import { reportCountPart } from '../../src/decide/report-count.ts';
import type { CountedReport } from '../../src/model/counted-report.ts';
import type { Action, Plan } from '../../src/model/plan.ts';
import { issue, issueState, known, now, pump, settings, situation, spoken } from './situations.ts';

const report = (
  number: number,
  version: string | null = '1.0',
  platform: string | null = 'Linux',
): CountedReport => ({ number, version, platform });
const reports = (count: number): CountedReport[] => Array.from({ length: count }, (_, n) => report(n + 1));
const one = [report(7)];

describe('the count of reports', () => {
  test('of one', () => {
    expect(reportCountPart(one)).toBe(
      [
        '<!-- signpost ledger: the reports that were pointed to this thread, counted; edited in place -->',
        '',
        '**One report points here.** This comment is kept up to date; each report adds its version and platform, and nothing else is posted.',
        '',
        '<details><summary>By version and platform, with links</summary>',
        '',
        '| Version | Reports |',
        '| --- | ---: |',
        '| `1.0` | 1 |',
        '',
        '| Platform | Reports |',
        '| --- | ---: |',
        '| `Linux` | 1 |',
        '',
        '- `1.0`, `Linux`: #7',
        '',
        '</details>',
      ].join('\n'),
    );
  });

  test('of several: the most frequent first, equal ones by name, the newest link first', () => {
    const text = reportCountPart([
      report(1, '2.0'),
      report(5, '1.0', null),
      report(3, '3.0'),
      report(9, null, 'macOS'),
      report(4, '3.0'),
      report(2, '1|0', null),
    ]);
    expect(text.split('\n').slice(2)).toEqual([
      '**6 reports point here.** This comment is kept up to date; each report adds its version and platform, and nothing else is posted.',
      '',
      '<details><summary>By version and platform, with links</summary>',
      '',
      '| Version | Reports |',
      '| --- | ---: |',
      '| `3.0` | 2 |',
      '| `1.0` | 1 |',
      '| `1/0` | 1 |',
      '| `2.0` | 1 |',
      '| `not said` | 1 |',
      '',
      '| Platform | Reports |',
      '| --- | ---: |',
      '| `Linux` | 3 |',
      '| `not said` | 2 |',
      '| `macOS` | 1 |',
      '',
      '- `3.0`, `Linux`: #4, #3',
      '- `1.0`, `no platform`: #5',
      '- `1|0`, `no platform`: #2',
      '- `2.0`, `Linux`: #1',
      '- `no version`, `macOS`: #9',
      '',
      '</details>',
    ]);
  });

  test('cuts long words of reports', () => {
    const text = reportCountPart([report(1, 'v'.repeat(41), 'p'.repeat(40))]);
    expect(text).toContain(`| \`${'v'.repeat(39)}…\` | 1 |`);
    expect(text).toContain(`\n- \`${'v'.repeat(39)}…\`, \`${'p'.repeat(40)}\`: #1\n`);
  });

  test('links the 300 newest, and counts the others', () => {
    const links = (count: number): string => reportCountPart(reports(count)).split('\n\n').at(-2) ?? '';
    expect(links(300)).toMatch(/^- `1\.0`, `Linux`: #300, #299, .*, #2, #1$/);
    expect(links(302)).toMatch(/^- `1\.0`, `Linux`: #302, #301, .*, #4, #3\n- and 2 earlier$/);
    expect(reportCountPart(reports(302))).toContain('| `1.0` | 302 |');
  });

  test('names 30 versions, and counts the others together', () => {
    const versions = (count: number): string[] =>
      reportCountPart([
        report(1, '10'),
        ...Array.from({ length: count }, (_, n) => report(n + 2, `${n + 10}`)),
      ])
        .split('\n\n')[3]
        ?.split('\n') ?? [];
    expect(versions(30).slice(2, 4)).toEqual(['| `10` | 2 |', '| `11` | 1 |']);
    expect(versions(30).slice(31)).toEqual(['| `39` | 1 |']);
    expect(versions(32).slice(31)).toEqual(['| `39` | 1 |', '| others | 2 |']);
  });
});

const config = settings({ ledger: { onRoot: true } });
const plan = (given: Partial<Situation> = {}): Plan =>
  decide(situation({ config, reportCount: one, ...given }));
const words = ({ actions }: Plan): string =>
  actions.flatMap((action) => (action.kind === 'comment' ? [action.body] : [])).join();
const why = '1 report points here, and ledger.on-root is set';
const counted: Action = {
  kind: 'comment',
  body: `${reportCountPart(one)}\n\n<details><summary>Why this comment</summary>\n\n- ${why}\n\n</details>\n\nNot your problem? Reply \`/signpost not-this\` and this is taken back.`,
  because: why,
};
const old = issue({ createdAt: now - 200_000_000 });
const closed = issue({ state: 'closed' });
const locked = issue({ locked: true });
const standing = issueState({ comment: spoken, findingKeys: ['ledger:root'], ledgerOnly: true });
const breaker = { all: 'braked', findings: new Map() };

describe('the count on a root', () => {
  test('stands beside what else is said', () => {
    const made = plan({ findings: [known] });
    expect(made).not.toHaveProperty('ledgerOnly');
    expect(words(made)).toMatch(/^\*\*This looks like a known failure/);
    expect(words(made)).toContain(`\n\n${reportCountPart(one)}\n\n<details><summary>Why this comment`);
    expect(made.actions[0]?.because).toMatch(/^signature pump-exploded, .*; 1 report points here, and/);
  });

  test.each<[string, Partial<Situation>]>([
    ['was opened before the installation', { issue: old }],
    ['was answered by a maintainer', { answered: true }],
  ])('is the only word of ours where it %s', (_, given) => {
    const made = plan({ findings: [known], ...given });
    expect(made.actions[0]).toEqual(counted);
    expect(made.actions.slice(1).map(({ kind }) => kind)).toEqual(['add-labels']);
    expect(made).toMatchObject({ ledgerOnly: true, withheld: [] });
  });

  test('says how many', () => {
    expect(plan({ reportCount: reports(2) }).actions[0]?.because).toBe(
      '2 reports point here, and ledger.on-root is set',
    );
  });

  test('stays the only word where it was, and adds to what else was said', () => {
    const alone = plan({ findings: [known], state: standing });
    expect(alone.actions[0]).toEqual(counted);
    expect(alone.ledgerOnly).toBe(true);
    const beside = plan({ findings: [known], state: { ...standing, ledgerOnly: false }, issue: old });
    expect(words(beside)).toMatch(/^\*\*This looks like a known failure/);
    expect(words(beside)).toContain(reportCountPart(one));
    expect(beside).not.toHaveProperty('ledgerOnly');
  });

  test.each<[string, Partial<Situation>]>([
    ['nobody asked for it', { config: settings() }],
    ['nothing is counted', { reportCount: null }],
    ['no report points to it', { reportCount: [] }],
    ['it is to be left alone', { state: issueState({ ignored: true }) }],
    ['a person took the count away', { state: issueState({ feedback: { refused: ['ledger:root'] } }) }],
    ['it is closed', { issue: closed }],
    ['it is locked', { issue: locked }],
    ['the brake is on', { breaker }],
    ['the limit is reached', { recentComments: 60 }],
  ])('is not written where %s', (_, given) => {
    expect(plan(given)).toEqual({ actions: [], withheld: [] });
  });

  test.each<[string, Partial<Situation>]>([
    ['another thing was refused', { state: issueState({ feedback: { refused: ['signature:x'] } }) }],
    ['one more comment may be written', { recentComments: 59 }],
    ['it stands, and the brake is on', { state: standing, breaker }],
    ['it stands, and the limit is reached', { state: standing, recentComments: 60 }],
    ['it stands, and the root is old', { state: standing, issue: old }],
  ])('is written where %s', (_, given) => {
    expect(plan(given)).toMatchObject({ actions: [counted], withheld: [] });
  });

  test.each<[string, Partial<Situation>]>([
    ['closed', { issue: closed }],
    ['locked', { issue: locked }],
  ])('is not brought up to date on one that is %s', (state, given) => {
    expect(plan({ state: standing, ...given })).toEqual({
      actions: [],
      withheld: [`the issue is ${state}: would comment, because ${why}`],
      ledgerOnly: true,
    });
  });

  test('is taken back with the last report, and nothing is said in its place', () => {
    const gone = { kind: 'retract', body: 'No report points here any more.' };
    const because = 'no report points here any more';
    expect(plan({ state: standing, reportCount: [] })).toEqual({
      actions: [{ ...gone, because }],
      withheld: [],
    });
    const failing = plan({ state: standing, reportCount: [], findings: [known] });
    expect(failing.actions[0]).toEqual({ ...gone, because });
  });

  test('answers a command beside it, and takes nothing for the answer that is none', () => {
    const asked = {
      ...standing,
      notice: 'help' as const,
      feedback: { ...standing.feedback, refused: ['signature:x'] },
    };
    const made = plan({ state: asked, issue: old });
    expect(words(made)).toMatch(/^<details open><summary>Commands/);
    expect(words(made)).toContain(reportCountPart(one));
    expect(words(made)).toContain('Why this comment');
    expect(words(made)).not.toContain('Taken back');
  });

  test('is taken back in other words where it was not alone', () => {
    const both = issueState({ comment: spoken, findingKeys: ['ledger:root', `signature:${pump.id}`] });
    expect(plan({ state: both, reportCount: [] }).actions[0]?.because).toBe('the finding no longer holds');
  });
});
