import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { quote } from '../../src/decide/index.ts';
import {
  boundsOf,
  type DigestInput,
  type KnownFailure,
  noGroups,
  renderCsv,
  renderJson,
  renderMarkdown,
  summarise,
} from '../../src/digest/index.ts';
import type { IssueState } from '../../src/model/issue-state.ts';
import type { LedgerEntry } from '../../src/model/ledger.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { compareVersions } from '../../src/report/index.ts';
import type { SomeState } from '../issue-states.ts';
import { entry, finding, repository, stateOf } from './ledger.ts';

const week = '2026-W47';
const zone = 'UTC';
const { from: start } = boundsOf(week, zone);
const [minute, hour] = [60_000, 3_600_000];
const day = 24 * hour;
const options = { week, zone, thresholds: { signature: 0.9, duplicate: 0.9 }, compareVersions } as const;

function page(title: string, given: Partial<KnownFailure> = {}): KnownFailure {
  return { title, category: 'account-auth', url: null, fixedIn: null, root: null, ...given };
}

const unknown = { groups: noGroups, commonMessages: new Map(), proposed: new Set<number>() };

function input(given: Partial<DigestInput>): DigestInput {
  const nothing = { memories: [], entries: [], verdicts: [], failures: new Map(), unknown, waiting: [] };
  return { repository, ...nothing, ...given };
}

/** Issues with one failure each: `[number, days after the week's start, signature, memory]`. */
function history(rows: readonly (readonly [number, number, string | null, SomeState?])[]): {
  memories: IssueState[];
  entries: LedgerEntry[];
} {
  return {
    memories: rows.map(([number, days, , given]) => stateOf(number, start + days * day, given)),
    entries: rows.map(([number, days, id]) =>
      entry(number, start + days * day + minute, { findings: id === null ? [] : [finding('signature', id)] }),
    ),
  };
}

describe('summarise', () => {
  it('counts distinct reports and reporters of the week, and compares with the four weeks before', () => {
    const { memories, entries } = history([
      [1, -28, 'a'],
      [2, -20, 'a'],
      [3, -1, 'a'],
      [4, 0, 'a', { author: 'Twice' }],
      [5, 3, 'a', { author: 'twice' }],
      [6, 6.99, 'a'],
      [7, 7, 'a'],
      [8, 1, 'b'],
      [9, 1, null],
    ]);
    const digest = summarise(input({ memories, entries, failures: new Map([['a', page('A')]]) }), options);
    expect(digest.issues).toEqual({ reports: 5, reporters: 4, recognised: { reports: 4, reporters: 3 } });
    expect(digest.failures.map(({ id, mean, reporters, reports }) => [id, reports, reporters, mean])).toEqual(
      [
        ['a', 3, 2, 0.75],
        ['b', 1, 1, 0],
      ],
    );
    expect(digest.trend).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 4]);
    expect(digest.failures[0]).toMatchObject({ firstSeen: start - 28 * day, lastSeen: start + 6.99 * day });
  });

  it('takes the last word of the ledger, above the bar, that nobody refused', () => {
    const memories = [
      stateOf(1, start),
      stateOf(2, start),
      stateOf(3, start, { feedback: { refused: ['signature:a'] } }),
    ];
    const entries = [
      entry(1, start, { findings: [finding('signature', 'a')] }),
      entry(1, start + hour, { findings: [finding('signature', 'b')] }),
      entry(2, start, { findings: [finding('signature', 'a', 0.89)] }),
      entry(3, start, { findings: [finding('signature', 'a')] }),
    ];
    const { failures } = summarise(input({ memories, entries }), options);
    expect(failures.map(({ id, reports }) => [id, reports])).toEqual([['b', 1]]);
  });

  it('names a version or platform only where it stands out', () => {
    const on = (platform: string, version: string) => ({ facts: { platform, version } });
    const { memories, entries } = history([
      ...[1, 2, 3, 4].map((number) => [number, 1, 'a', on('Windows 11', '2.1.0')] as const),
      ...[5, 6, 7, 8, 9].map((number) => [number, 1, 'b', on('macOS 15', '2.1.0')] as const),
    ]);
    const { failures } = summarise(input({ memories, entries }), options);
    expect(failures.map(({ notable }) => notable)).toEqual([
      [{ fact: 'platform', value: 'macOS 15', with: 5, of: 5 }],
      [{ fact: 'platform', value: 'Windows 11', with: 4, of: 4 }],
    ]);
  });

  it('finds reports from a version that has the fix', () => {
    const { memories, entries } = history([
      [1, 1, 'a', { facts: { version: '2.0.9' } }],
      [2, 1, 'a', { facts: { version: '2.0.10' } }],
      [3, 1, 'a'],
    ]);
    const failures = new Map([['a', page('A', { fixedIn: '2.0.10' })]]);
    const { regressions } = summarise(input({ memories, entries, failures }), options);
    expect(regressions.map(({ number }) => number)).toEqual([2]);
  });

  it('keeps Signpost’s own record', () => {
    const said = (number: number, kind: Verdict['kind'], at: number): Verdict => {
      return {
        repository,
        number,
        finding: number === 3 ? `duplicate:${repository}#1` : 'signature:a',
        kind,
        at,
      };
    };
    const comment = (number: number, after: number, refused: readonly string[] = []) =>
      stateOf(number, start + hour, {
        feedback: { refused },
        comment: { id: number, at: start + hour + after },
        findingKeys: ['signature:a'],
      });
    const memories = [comment(1, 4000), comment(2, 10_000, ['signature:a']), stateOf(3, start - 9 * day)];
    const calls = [{ route: 'PATCH /repos/{owner}/{repo}/issues/{issue_number}', status: 200 }];
    const entries = [entry(3, start + hour, { calls }), entry(2, start - day, { calls })];
    const verdicts = [
      said(1, 'refused', start + hour),
      said(1, 'confirmed', start + 2 * hour),
      said(2, 'contradicted', start + 2 * hour),
      said(3, 'refused', start + 3 * hour),
      said(2, 'confirmed', start - 20 * day),
    ];
    const { duplicates, record } = summarise(input({ memories, entries, verdicts }), options);
    expect(record).toEqual({
      comments: 2,
      vetoes: 1,
      medianDelay: 7000,
      writes: 1,
      week: { confirmed: 1, refused: 2, precision: 1 / 3 },
      twelveWeeks: { confirmed: 1, refused: 2, precision: 1 / 3 },
    });
    expect(duplicates).toMatchObject({ confirmed: 0, refused: 1, closed: 1, reopened: 1 });
  });
});

const evil = [
  '<script>alert(1)</script>',
  '```mermaid\nxychart-beta\ntitle "x"',
  'a | b \\| c',
  '@everyone see #12 and acme/tool#13',
  'x'.repeat(1024),
  '[click](javascript:alert(1)) <img src=x onerror=alert(1)>',
  '=HYPERLINK("http://evil")',
  '`` ` ```` \u202e\u0000',
];

describe('renderMarkdown', () => {
  it('is three lines for a quiet week', () => {
    const { memories, entries } = history([[1, 1, null]]);
    const text = renderMarkdown(summarise(input({ memories, entries }), options), quote);
    expect(text).toBe(
      '**2026-W47** (2026-11-16 to 2026-11-22, UTC): 1 issue by 1 person, none with a known failure.\n',
    );
    expect(renderMarkdown(summarise(input({}), options), quote)).toContain('no issue was opened');
  });

  it('draws a chart whose range is never empty, and none of nothing', () => {
    const one = history([[1, 1, 'a']]);
    const text = renderMarkdown(
      summarise(input({ ...one, failures: new Map([['a', page('A')]]) }), options),
      quote,
    );
    expect(text).toContain('y-axis "reports" 0 --> 1\n');
    expect(text).toContain('bar [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]\n');
    const none = history([[1, -8, 'a']]);
    expect(renderMarkdown(summarise(input(none), options), quote)).not.toContain('mermaid');
  });

  it.each(evil)('shows %.20j as text wherever it stands', (text) => {
    const facts = { platform: text, version: '3.0.0' };
    const { memories, entries } = history([
      ...[1, 2, 3].map((number) => [number, 1, 'a', { facts }] as const),
      ...[11, 12, 13, 14].map((number) => [number, 6, null, { facts: { version: text } }] as const),
    ]);
    const digest = summarise(
      input({
        memories,
        entries,
        failures: new Map([['a', page(text, { url: 'https://example.org/a|b', fixedIn: '1.0.0' })]]),
        unknown: {
          ...unknown,
          commonMessages: new Map([[11, text]]),
          groups: { groups: [{ name: 11, members: [11, 12, 13, 14] }], loose: [] },
        },
        waiting: [{ what: 'look', number: 1, title: text }],
      }),
      options,
    );
    const markdown = renderMarkdown(digest, quote);
    const html = new MarkdownIt({ html: true }).render(markdown);
    expect(html.match(/language-mermaid/g)).toHaveLength(1);
    expect(html.match(/<(?!\/?(?:p|strong|h3|table|t[hrd]|thead|tbody|code|pre|ul|li|a)\b)/g)).toBeNull();
    expect(
      [...html.matchAll(/<a href="([^"]*)"/g)].every(([, url]) => url === 'https://example.org/a%7Cb'),
    ).toBe(true);
    expect(html.replace(/<(code)\b[\s\S]*?<\/\1>/g, '')).not.toMatch(/@(?=\w)|(?<=\w)#\d/);
    for (const [row] of html.matchAll(/<tr>[\s\S]*?<\/tr>/g)) expect(row.match(/<t[hd]\b/g)).toHaveLength(8);
    expect(Math.max(...markdown.split(/\s/).map((word) => word.length))).toBeLessThan(400);
    expect(JSON.parse(renderJson(digest)).waiting[0].title).toBe(text);
    const csv = readCsv(renderCsv(digest));
    expect(new Set(csv.map((row) => row.length))).toEqual(new Set([5]));
    const written = csv.find(([, section]) => section === 'waiting')?.[4] ?? '';
    expect(written.replace(/^'/, '')).toBe(text);
    expect(written).not.toMatch(/^[=+@-]/);
  });

  it('stays within what an issue holds', () => {
    const rows = Array.from({ length: 400 }, (_, n) => [n + 1, 1, `failure-${n}`] as const);
    const failures = new Map(rows.map(([, , id]) => [id, page('&'.repeat(200))]));
    const waiting = rows.map(([number]) => ({ what: 'look', number, title: '😀'.repeat(300) }));
    const digest = summarise(input({ ...history(rows), failures, waiting }), options);
    const markdown = renderMarkdown(digest, quote);
    expect(Buffer.byteLength(markdown)).toBeLessThan(60_000);
    expect(markdown).toContain('385 failures more');
    expect(markdown).toContain('390 more');
  });
});

function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end === '\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('what was learned from verdicts', () => {
  it('is told of in the week in which the ledger says so, with the way back', () => {
    const learned = (id: number, at: number, line: string): LedgerEntry => ({
      ...entry(id, at),
      number: null,
      plan: { actions: [], withheld: [], learned: [line] },
    });
    const entries = [
      learned(1, start - 1, 'thresholds version 1: before'),
      learned(2, start, 'signatures version 1: leak <b>, from 4 refusals'),
      learned(3, start + 7 * day, 'thresholds version 2: after'),
    ];
    const memories = [stateOf(1, start)];
    const digest = summarise(input({ entries, memories }), options);
    expect(digest.learned).toEqual(['signatures version 1: leak <b>, from 4 refusals']);
    const text = renderMarkdown(digest, quote);
    expect(text).toContain('### Learned from what people said\n\n- signatures version 1: leak');
    expect(text).not.toContain('<b>');
    expect(text).toContain(`\`signpost models rollback ${repository}\``);
    expect(renderCsv(digest)).toContain('learned,,line,');
    expect(JSON.parse(renderJson(digest)).learned).toHaveLength(1);
    expect(renderMarkdown(summarise(input({ memories }), options), quote)).not.toContain('Learned');
  });
});
