import { describe, expect, test } from 'vitest';
import {
  decide,
  findingKey,
  flagRegressions,
  primaryFailure,
  publishableFindings,
  resolveRoot,
  type Situation,
} from '../../src/decide/index.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Thread } from '../../src/model/issue.ts';
import type { Root } from '../../src/model/root.ts';
import {
  earlier,
  issue,
  issueState,
  known,
  lacking,
  now,
  pump,
  repository,
  root,
  settings,
  situation,
  spoken,
  thread,
} from './situations.ts';

const day = 86_400_000;
const compareVersions = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const link = findingKey(earlier);
const page = findingKey(known);
const completed = (number: number, given: Partial<Thread> = {}): Thread =>
  thread(number, { state: 'closed', stateReason: 'completed', closedAt: now - day, ...given });
const mended = (given: Partial<Thread> = {}): Root => root(null, { fixed: completed(42, given) });

type Given = Partial<Parameters<typeof flagRegressions>[1]>;
const why = (finding: Finding, given: Given = {}): string | null => {
  const { findings } = flagRegressions([finding], {
    issue: issue(),
    version: '2.1.0',
    signatures: new Map(),
    roots: new Map(),
    compareVersions,
    ...given,
  });
  const [first] = findings;
  return first?.kind === 'regression' ? (first.notes?.at(-1) ?? '') : null;
};

describe('a page that says in which version it was fixed', () => {
  const fixed = (fixedIn: string | null): Given => ({
    signatures: new Map([[pump.id, { ...pump, fixedIn }]]),
  });

  test('is back when it is reported from that version or a later one', () => {
    expect(why(known, fixed('2.1.0'))).toBe('fixed in `2.1.0`, reported on `2.1.0`');
    expect(why(known, fixed('2.0.9'))).toBe('fixed in `2.0.9`, reported on `2.1.0`');
    expect(why(known, fixed('2.1.1'))).toBeNull();
    expect(why(known, { ...fixed('2.0.9'), version: null })).toBeNull();
    expect(why(known, fixed(null))).toBeNull();
    expect(why(known)).toBeNull();
  });

  test('goes by that, whatever became of its thread', () => {
    expect(why(known, { ...fixed('2.1.1'), roots: new Map([[page, mended()]]) })).toBeNull();
  });

  test('keeps what was known of it, and its root under the new name', () => {
    const from = mended();
    const { findings, roots } = flagRegressions([{ ...known, notes: ['before'] }, lacking], {
      ...{ issue: issue(), version: '2.1.0', roots: new Map([[page, from]]), compareVersions },
      signatures: new Map([[pump.id, { ...pump, fixedIn: '2.0.0' }]]),
    });
    expect(findings).toEqual([
      { ...known, kind: 'regression', notes: ['before', 'fixed in `2.0.0`, reported on `2.1.0`'] },
      lacking,
    ]);
    expect(roots.get(`regression:${pump.id}`)).toBe(from);
    expect(roots.get(page)).toBe(from);
    const signatures = new Map([[pump.id, { ...pump, fixedIn: '2.0.0' }]]);
    const fresh = flagRegressions([known], {
      issue: issue(),
      version: '2.1.0',
      signatures,
      roots: new Map(),
      compareVersions,
    });
    expect(fresh.findings[0]?.notes).toEqual(['fixed in `2.0.0`, reported on `2.1.0`']);
  });
});

describe('a thread that was closed as completed', () => {
  const at = (given: Root): Given => ({ roots: new Map([[link, given]]) });

  test('is back when it is reported after that', () => {
    expect(why(earlier, at(mended()))).toBe('#42 was completed on 2026-11-19, reported after that');
    expect(why(earlier, at(mended({ closedAt: null })))).toBeNull();
    expect(why(earlier, at(mended({ closedAt: issue().createdAt })))).toBeNull();
    expect(why(earlier, at(mended({ closedAt: issue().createdAt - 1 })))).not.toBeNull();
    expect(why(known, { roots: new Map([[page, mended()]]) })).not.toBeNull();
  });

  test('with a version in its milestone goes by that', () => {
    const of = (milestone: string, version: string | null = '2.1.0') =>
      why(earlier, { ...at(mended({ milestone })), version });
    expect(of('v2.0.0')).toBe('#42 was completed for `2.0.0`, reported on `2.1.0`');
    expect(of('Release 2.1.0')).toContain('completed for `2.1.0`');
    expect(of('2.1.1')).toBeNull();
    expect(of('2.0.0', null)).toBeNull();
    expect(of('Some day')).toContain('completed on');
    expect(of('x1.2')).toContain('completed on');
    expect(of('12.3.4.5')).toContain('completed on');
    expect(of('V2.1-beta.1', '2.1-beta.1')).toContain('completed');
    expect(of('2.0.0 final')).toContain('completed for `2.0.0`');
    expect(of('12.34.56', '99')).toContain('completed for `12.34.56`');
    expect(of('2.1.0-rc.12', '9')).toContain('completed for `2.1.0-rc.12`');
    expect(of('2.1')).toContain('completed for `2.1`');
  });

  test('is none while an open thread tracks it, nor one that was not completed', () => {
    expect(why(earlier, at(root(3, { fixed: completed(42) })))).toBeNull();
    expect(why(earlier, at(root(null)))).toBeNull();
    expect(why(earlier)).toBeNull();
    expect(why(lacking, { roots: new Map([[findingKey(lacking), mended()]]) })).toBeNull();
  });
});

describe('the thread that was mended', () => {
  const resolve = (...threads: Thread[]) => {
    const answer = resolveRoot(
      issue(),
      threads.map(({ number }) => ({ repository, number })),
      new Map(threads.map((one) => [`${repository}#${one.number}`, one])),
    );
    return 'root' in answer ? answer.root : null;
  };
  test('is the one completed last', () => {
    const all = resolve(
      completed(1, { closedAt: 5 }),
      completed(2, { closedAt: 9 }),
      completed(3, { closedAt: null }),
      completed(4, { closedAt: 7 }),
    );
    expect(all?.fixed?.number).toBe(2);
    expect(resolve(thread(1, { state: 'closed', stateReason: 'not_planned' }))?.fixed).toBeNull();
    expect(resolve(thread(1, { stateReason: 'completed' }))?.fixed).toBeNull();
    expect(resolve(completed(1, { pullRequest: true }))?.fixed).toBeNull();
  });

  test('is older than the report: within one second the lower number came first', () => {
    const { createdAt } = issue();
    const one = (number: number, given: Partial<Thread> = {}) =>
      resolve(thread(number, { createdAt, ...given }))?.open?.number ?? null;
    expect(one(99)).toBe(99);
    expect(one(101)).toBeNull();
    expect(one(101, { createdAt: createdAt - 1 })).toBe(101);
    expect(one(99, { createdAt: createdAt + 1 })).toBeNull();
    const elsewhere = resolveRoot(
      issue(),
      [{ repository: 'other/tool', number: 101 }],
      new Map([['other/tool#101', thread(101, { repository: 'other/tool', createdAt })]]),
    );
    expect('root' in elsewhere && elsewhere.root.open?.number).toBe(101);
    const spelt = resolveRoot(
      issue(),
      [{ repository: 'ACME/Tool', number: 101 }],
      new Map([[`${repository}#101`, thread(101, { repository: 'ACME/Tool', createdAt })]]),
    );
    expect('root' in spelt && spelt.root.open).toBeNull();
  });
});

describe('the root', () => {
  const resolve = (start: readonly number[], ...threads: Thread[]) =>
    resolveRoot(
      issue(),
      start.map((number) => ({ repository, number })),
      new Map(threads.map((one) => [`${repository}#${one.number}`, one])),
    );
  const rootOf = (...given: Parameters<typeof resolve>): Root | null => {
    const answer = resolve(...given);
    return 'root' in answer ? answer.root : null;
  };
  const onto = (number: number, target: number, given: Partial<Thread> = {}): Thread =>
    thread(number, { duplicateOf: { repository, number: target }, ...given });

  test('of threads opened at once is the lowest number; of past ones the highest', () => {
    expect(rootOf([5, 4, 6], thread(5), thread(4), thread(6))).toMatchObject({
      open: { number: 4 },
      past: null,
    });
    const closed = { state: 'closed' } as const;
    expect(rootOf([5, 6, 4], thread(5, closed), thread(6, closed), thread(4, closed))).toMatchObject({
      open: null,
      past: { number: 6 },
    });
    expect(rootOf([5, 6], thread(5, { createdAt: 9 }), thread(6, { createdAt: 8 }))?.open?.number).toBe(6);
    expect(
      rootOf([5, 6], thread(5, { ...closed, createdAt: 9 }), thread(6, { ...closed, createdAt: 8 }))?.past
        ?.number,
    ).toBe(5);
  });

  test('of a circle is its oldest open, unlocked thread', () => {
    expect(
      rootOf([1], onto(1, 2, { createdAt: 5 }), onto(2, 3, { createdAt: 9 }), onto(3, 1, { createdAt: 7 }))
        ?.open?.number,
    ).toBe(1);
    expect(
      rootOf(
        [1],
        onto(1, 2, { createdAt: 5, state: 'closed' }),
        onto(2, 3, { createdAt: 9 }),
        onto(3, 1, { createdAt: 7 }),
      )?.open?.number,
    ).toBe(3);
    expect(
      rootOf([1], onto(1, 2, { createdAt: 5, locked: true }), onto(2, 1, { createdAt: 9 }))?.open?.number,
    ).toBe(2);
    expect(
      rootOf(
        [1],
        onto(1, 2, { createdAt: 9, state: 'closed' }),
        onto(2, 1, { createdAt: 5, state: 'closed' }),
      )?.past?.number,
    ).toBe(2);
  });

  test('is none where the chain leads to the report itself, or on and on', () => {
    expect(rootOf([1], onto(1, 100))).toMatchObject({ open: null, past: null });
    const chain = (links: number): Thread[] => [
      ...Array.from({ length: links }, (_, n) => onto(n + 1, n + 2)),
      thread(links + 1),
    ];
    expect(rootOf([1], ...chain(19))?.open?.number).toBe(20);
    expect(rootOf([1], ...chain(20))?.open).toBeNull();
  });
});

describe('what is back is told of', () => {
  const back: Finding = { ...known, kind: 'regression', notes: ['fixed in `2.0`, reported on `2.1`'] };
  const backThread: Finding = {
    ...earlier,
    kind: 'regression',
    notes: ['#42 was completed on 2026-11-19, reported after that'],
  };
  const plan = (given: Partial<Situation>) =>
    decide(
      situation({
        config: { ...situation().config, labels: { ...situation().config.labels, create: true } },
        ...given,
      }),
    );
  const says = (given: Partial<Situation>): string => {
    const [action] = plan(given).actions;
    return action?.kind === 'comment' ? action.body : '';
  };
  const labels = (given: Partial<Situation>): readonly string[] =>
    plan(given).actions.flatMap((action) => (action.kind === 'add-labels' ? action.labels : []));
  const key = `regression:${pump.id}`;

  test('with its page folded, its thread, and the label that says so', () => {
    const roots = new Map([[key, root(3)]]);
    expect(says({ findings: [back], roots })).toMatchInlineSnapshot(`
      "**This may be a regression of a known failure: [The pump \\[explodes\\]](https://example.org/pump-exploded.md)**

      It was mended before: fixed in \`2.0\`, reported on \`2.1\`. So this is no duplicate, and stays open on its own. For the maintainers: it was tracked in #3, which is open.

      What it was recognised by:

      > \`The pump exploded\`

      <details><summary>All steps, platform checks, and what to report</summary>

      #### What this error means

      Too much pressure, see #3.

      #### Troubleshooting

      Look at the gauge.

      [Read the whole page](https://example.org/pump-exploded.md)

      </details>

      <details><summary>Why this comment</summary>

      - regression pump-exploded, 95 %, by rule and learned recogniser: title 4–17 \`pump exploded\` (fixed in \`2.0\`, reported on \`2.1\`)

      </details>

      Not your problem? Reply \`/signpost not-this\` and this is taken back."
    `);
    expect(labels({ findings: [back], roots })).toEqual(
      expect.arrayContaining([settings().labels.regression, 'area:pump']),
    );
    const closed = new Map([[key, root(null, { fixed: completed(9) })]]);
    expect(says({ findings: [back], roots: closed })).toContain('it was tracked in #9, which is closed.');
    const past = new Map([[key, root(null, { past: completed(8) })]]);
    expect(says({ findings: [back], roots: past })).toContain('it was tracked in #8, which is closed.');
    const both = new Map([[key, root(null, { past: completed(8), fixed: completed(9) })]]);
    expect(says({ findings: [back], roots: both })).toContain('it was tracked in #9');
    expect(says({ findings: [back], roots: new Map() })).not.toContain('For the maintainers');
    expect(says({ findings: [{ ...back, notes: [] }], roots })).toContain('It was mended before: .');
    expect(says({ findings: [{ ...back, evidence: [] }], roots })).not.toContain('What it was recognised by');
  });

  test('of a page that is gone without the page', () => {
    expect(says({ findings: [back], signatures: new Map() })).toMatch(
      /^\*\*This may be a regression\*\*\n\nIt was mended before/,
    );
  });

  test('of another repository’s page with its numbers written out', () => {
    const pack = { ...pump.pack, repository: 'garden/pumps' };
    const text = says({ findings: [back], signatures: new Map([[pump.id, { ...pump, pack }]]) });
    expect(text).toContain('see garden/pumps#3');
  });

  test('of a thread alone, where nothing else was recognised', () => {
    const text = says({ findings: [backThread], roots: new Map() });
    expect(text).toMatch(/^\*\*This may be a regression\*\*\n\nIt was mended before: #42 was completed/);
    expect(text).not.toContain('For the maintainers');
    expect(says({ findings: [{ ...backThread, evidence: [] }], roots: new Map() })).toMatch(
      /^\*\*This may be a regression\*\*\n\nIt was mended before: [^\n]* on its own\.\n\n<details><summary>Why this comment/,
    );
    expect(says({ findings: [known, backThread] })).not.toContain('regression');
    expect(says({ findings: [earlier, backThread] })).not.toContain('regression');
    expect(says({ findings: [lacking, backThread], asks: '- the version' })).not.toContain('still missing');
    expect(says({ findings: [backThread], labelled: true })).not.toContain('Marked as a duplicate');
  });

  test('and nothing is linked as its duplicate, or closed', () => {
    const acting = settings({ mode: 'act', close: { ...settings().close, at: 0.9, confirm: 'none' } });
    const given = { findings: [back, earlier], config: acting, state: issueState({ comment: spoken }) };
    expect(says(given)).not.toContain('Probably reported before');
    expect(decide(situation(given)).closing).toBeUndefined();
  });

  test('unless it was refused, under either name', () => {
    const said = (finding: Finding, ...refused: string[]) =>
      publishableFindings([finding], settings(), issueState({ feedback: { refused } })).length;
    expect(said(back)).toBe(1);
    expect([said(back, page), said(back, key), said(back, 'signature:*'), said(known, key)]).toEqual([
      0, 0, 0, 0,
    ]);
    expect([said(back, link), said(back, 'duplicate:*'), said(back, 'signature:other')]).toEqual([1, 1, 1]);
    expect([
      said(backThread, link),
      said(backThread, 'duplicate:*'),
      said(earlier, findingKey(backThread)),
    ]).toEqual([0, 0, 0]);
    expect([said(backThread, page), said(backThread, 'signature:*')]).toEqual([1, 1]);
    expect(said(lacking, 'missing:version')).toBe(0);
    expect(said(lacking, 'missing:*', 'signature:version')).toBe(1);
  });

  test('at the bar of pages, or of links', () => {
    const config = settings({ comment: { at: 0.8 }, duplicates: { ...settings().duplicates, at: 0.95 } });
    const said = (finding: Finding, probability: number) =>
      publishableFindings([{ ...finding, probability }], config, null).length;
    expect([said(back, 0.8), said(back, 0.79), said(backThread, 0.95), said(backThread, 0.94)]).toEqual([
      1, 0, 1, 0,
    ]);
    expect([said(known, 0.8), said(known, 0.79), said(earlier, 0.95), said(earlier, 0.94)]).toEqual([
      1, 0, 1, 0,
    ]);
  });

  test('is what the comment speaks of, before any known failure behind it', () => {
    expect(primaryFailure([lacking, back, known])).toBe(back);
    expect(primaryFailure([known, back])).toBe(known);
    expect(primaryFailure([backThread, earlier])).toBeUndefined();
  });
});

test('links of pages to one another lead to where they are published', () => {
  const sections = [
    {
      heading: 'Troubleshooting',
      markdown: 'See [this](other-page.md), [that](./third.md) and [no](https://example.org/a.md).',
    },
  ];
  const says = (url: string | null): string => {
    const signatures = new Map([[pump.id, { ...pump, sections, pack: { ...pump.pack, url } }]]);
    const [action] = decide(situation({ findings: [known], signatures })).actions;
    return action?.kind === 'comment' ? action.body : '';
  };
  expect(says('https://example.org/{id}.html')).toContain(
    'See [this](https://example.org/other-page.html), [that](https://example.org/third.html) and [no](https://example.org/a.md).',
  );
  expect(says(null)).toContain('See this, that and [no](https://example.org/a.md).');
});
