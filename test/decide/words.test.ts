import { describe, expect, test } from 'vitest';
import { addAsserted, decide, type Situation, undoActions } from '../../src/decide/index.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Notice } from '../../src/model/issue-state.ts';
import type { LedgerEntry } from '../../src/model/ledger.ts';
import type { Action } from '../../src/model/plan.ts';
import type { Signature } from '../../src/model/signature.ts';
import { signatureWith } from '../match/signatures.ts';
import {
  credential,
  earlier,
  issue,
  issueState,
  known,
  lacking,
  now,
  pump,
  repository,
  root,
  situation,
  spoken,
  thread,
} from './situations.ts';

const says = (given: Partial<Situation>): string => {
  const said = decide(situation(given)).actions.find(
    (action) => action.kind === 'comment' || action.kind === 'retract',
  );
  return said !== undefined && 'body' in said ? said.body : '';
};
const withRoot = (given: ReturnType<typeof root> | null): string =>
  says({ findings: [known], roots: given === null ? new Map() : new Map([[`signature:${pump.id}`, given]]) });
const withPage = (given: Partial<Signature>, more: Partial<Situation> = {}): string =>
  says({ findings: [known], signatures: new Map([[pump.id, { ...pump, ...given }]]), ...more });

describe('the whole comment', () => {
  test('on a known failure', () => {
    expect(says({ findings: [known] })).toMatchInlineSnapshot(`
      "**This looks like a known failure: [The pump \\[explodes\\]](https://example.org/pump-exploded.md)**

      What it was recognised by:

      > \`The pump exploded\`

      **Try this first**

      1. Close the tap
         at once.
      2. Open the valve.
      3. Read \`#4\` and ask @​nobody.

      **Open thread:** #3. Your problem is confirmed; please add there what is new in your case.

      <details><summary>All steps, platform checks, and what to report</summary>

      #### What this error means

      Too much pressure, see #3.

      #### More quick fixes

      4. Buy another.

      That is all.

      #### Troubleshooting

      Look at the gauge.

      [Read the whole page](https://example.org/pump-exploded.md)

      </details>

      <details><summary>Why this comment</summary>

      - signature pump-exploded, 95 %, by rule and learned recogniser: title 4–17 \`pump exploded\`

      </details>

      Not your problem? Reply \`/signpost not-this\` and this is taken back."
    `);
  });

  test('on an earlier report', () => {
    expect(says({ findings: [earlier] })).toMatchInlineSnapshot(`
      "**Probably reported before: #42** (93 % sure). What it shares with it:

      > \`It went off with a bang.\`

      If it is the same, your problem is confirmed: please add there what is new in your case; a thumbs up on its first post counts you in.

      <details><summary>Why this comment</summary>

      - duplicate acme/tool#42, 93 %, by learned recogniser: prose 12–35 \`It went off with a bang\`

      </details>

      Not your problem? Reply \`/signpost not-this\` and this is taken back."
    `);
  });

  test('on a credential', () => {
    expect(says({ findings: [credential] })).toMatchInlineSnapshot(`
      "**This issue or a comment on it seems to hold a credential.** Please revoke it now, wherever it was issued; then edit it out.

      Editing alone is not enough: earlier versions stay in the edit history, and everybody who watches got the text by e-mail. To have the history removed, delete the version there (the "edited" menu) or [ask GitHub](https://support.github.com/request).

      <details><summary>Why this comment</summary>

      - a rule for credentials hit

      </details>

      Not your problem? Reply \`/signpost not-this\` and this is taken back."
    `);
  });

  test('on what is missing', () => {
    expect(says({ findings: [lacking], asks: '  - the version\n' })).toMatchInlineSnapshot(`
      "**To find the cause, this is still missing:**

      - the version

      Edit it in, or reply with it; this comment and its label then go away by themselves.

      <details><summary>Why this comment</summary>

      - missing version, 95 %, by fact

      </details>

      Not your problem? Reply \`/signpost not-this\` and this is taken back."
    `);
  });

  test('on a duplicate label', () => {
    expect(says({ labelled: true })).toMatchInlineSnapshot(`
      "**Marked as a duplicate, but no earlier report of this is known here.** If you know it, please link it, so that everybody who comes by finds it.

      <details><summary>Why this comment</summary>

      - the duplicate label was set, and no earlier report is known

      </details>

      Not your problem? Reply \`/signpost not-this\` and this is taken back."
    `);
  });

  test('that answers a call for help', () => {
    expect(says({ state: issueState({ notice: 'help' }) })).toMatchInlineSnapshot(`
      "<details open><summary>Commands</summary>

      | For the reporter, and for everyone with triage rights | |
      | --- | --- |
      | \`/signpost not-this\` | takes back what is said here, with the labels |
      | \`/signpost recheck\` | looks at the issue again |
      | \`/signpost reopen\` | opens an issue again that Signpost closed |
      | \`/signpost help\` | shows this list |
      | **For triage rights** | |
      | \`/signpost duplicate #12\` | names the earlier report (also \`owner/name#12\`, or a URL) |
      | \`/signpost not-duplicate\` | says that there is none |
      | \`/signpost signature <id>\` | names the known failure |
      | \`/signpost ignore\` | leaves this issue alone |
      | \`/signpost pause\`, \`/signpost resume\` | stops and starts Signpost in this repository |

      </details>"
    `);
  });

  test.each<[Notice, string]>([
    ['unknown', 'There is no such command.'],
    [
      'duplicate',
      '`/signpost duplicate` needs another issue that exists: `#12`, `owner/name#12` or its URL.',
    ],
    ['signature', '`/signpost signature` needs the id of a known failure, as its page names it.'],
  ])('that answers a command that was not understood (%s)', (notice, words) => {
    const text = says({ state: issueState({ notice }) });
    expect(text.startsWith(`${words}\n\n<details><summary>Commands</summary>`)).toBe(true);
  });

  test.each([
    [
      'Taken back: you said that this is a different problem. Nothing is suggested here any more, and labels that were added with it are gone.',
      { feedback: { refused: ['signature:x'] } },
    ],
    [
      'Taken back: the edited report no longer matches what was found before. Nothing is suggested here any more, and labels that were added with it are gone.',
      {},
    ],
    [
      'Taken back: a maintainer asked for it, and this issue is left alone from now on. Nothing is suggested here any more, and labels that were added with it are gone.',
      { ignored: true },
    ],
  ])('%s', (words, given) => {
    expect(says({ state: issueState({ comment: spoken, ...given }) })).toBe(words);
  });
});

describe('what is not there', () => {
  test('leaves no trace: no lines, no fixes, no address', () => {
    const bare = { ...pump, sections: [], pack: { ...pump.pack, url: null } };
    const text = says({ findings: [{ ...known, evidence: [] }], signatures: new Map([[pump.id, bare]]) });
    expect(text.split(/\n{2,}/).slice(0, 4)).toEqual([
      '**This looks like a known failure: The pump \\[explodes\\]**',
      '**Open thread:** #3. Your problem is confirmed; please add there what is new in your case.',
      '<details><summary>All steps, platform checks, and what to report</summary>',
      '</details>',
    ]);
    expect(says({ findings: [{ ...earlier, evidence: [] }] })).toContain(
      '#42** (93 % sure).\n\nIf it is the same',
    );
  });
});

describe('the thread of a known failure', () => {
  test('is the open one, with how many reports it has', () => {
    expect(withRoot(root(3))).toContain(
      '**Open thread:** #3. Your problem is confirmed; please add there what is new in your case.',
    );
    expect(withRoot(root(3, { reports: 2 }))).toContain('**Open thread:** #3 (2 known reports). Your');
  });

  test('is the last closed one where none is open', () => {
    expect(withRoot(root(null, { past: thread(9, { state: 'closed' }), reports: 4 }))).toContain(
      '**No open thread tracks this at the moment.** The most recent one is #9, closed (4 known reports). This issue stays where it is.',
    );
    expect(withRoot(root(null))).toContain(
      '**No older thread tracks this**: this issue is the place for it.',
    );
  });

  test('is only named where nobody was asked', () => {
    expect(withRoot(null)).toContain('**Known threads:** #3 (whether they are open was not looked up).');
    expect(withPage({ threads: [3, 5] }, { roots: new Map() })).toContain(
      '**Known threads:** #3, #5 (whether',
    );
    expect(withPage({ threads: [] }, { roots: new Map() })).toContain('**No thread is known.**');
  });

  test('of another repository is written out', () => {
    const pack = { ...pump.pack, repository: 'garden/pumps' };
    const text = withPage({ pack, threads: [3] }, { roots: new Map() });
    expect(text).toContain('garden/pumps#3 (whether');
    expect(text).toContain('Too much pressure, see garden/pumps#3.');
    const abroad = root(3);
    const open = abroad.open && { ...abroad.open, repository: 'garden/pumps' };
    expect(withRoot({ ...abroad, open })).toContain('**Open thread:** garden/pumps#3.');
  });
});

describe('the fixes of a page', () => {
  const fixes = (markdown: string): string => withPage({ sections: [{ heading: 'Quick fixes', markdown }] });

  test('stand three at most in front, the rest is folded', () => {
    const text = fixes('- one\n- two\n- three\n- four\n- five\n');
    expect(text).toContain('**Try this first**\n\n1. one\n2. two\n3. three\n\n');
    expect(text).toContain('#### More quick fixes\n\n- four\n- five');
    expect(fixes('* one\n')).not.toContain('More quick fixes');
  });

  test('keep what belongs to each: indented lines, blank lines, code', () => {
    const text = fixes('1) one\n   more\n\n   ```sh\n   - not an item\n   ```\n2) two\n');
    expect(text).toContain('1. one\n   more\n\n   ```sh\n   - not an item\n   ```\n2. two');
    const fence = '```';
    expect(fixes(`+ one\n\n${fence}\n- inside\n${fence}\n+ two`)).toContain(`1. one\n\n**Open thread`);
    expect(fixes('~~~\n- inside\n~~~\n')).not.toContain('Try this first');
  });

  test('are told from what only looks like one', () => {
    expect(fixes('Text 1. no item\n')).not.toContain('Try this first');
    expect(fixes('10. ten\n')).toContain('1. ten\n\n**Open');
    expect(fixes('- one\n  see ``` here\n- two\n')).toContain('1. one\n  see ``` here\n2. two\n\n**Open');
    expect(fixes('- one\n  ```\n- inside\n  ```\n- two\n')).toContain(
      '1. one\n  ```\n- inside\n  ```\n2. two\n\n**Open',
    );
    expect(fixes('- one\n x\n   \n- two\n')).toContain('1. one\n x\n2. two\n\n**Open');
    expect(fixes('- one\n\nAfter.')).toContain('1. one\n\n**Open');
  });

  test('end with the list', () => {
    const text = fixes('Before.\n\n1. one\n\nAfter.\n');
    expect(text).toContain('1. one\n\n');
    expect(text).not.toContain('Before.');
    expect(text).toContain('#### More quick fixes\n\nAfter.');
    expect(fixes('No list at all.')).not.toContain('Try this first');
    expect(fixes('No list at all.')).not.toContain('More quick fixes');
  });
});

describe('a page', () => {
  test('without an address has neither link', () => {
    const text = withPage({ pack: { ...pump.pack, url: null } });
    expect(text).toContain('**This looks like a known failure: The pump \\[explodes\\]**');
    expect(text).not.toContain('Read the whole page');
  });

  test('is escaped in its address and title', () => {
    const url = 'https://example.org/{id}/{id}';
    const text = withPage({ id: 'a b', title: '<a> [b]', pack: { ...pump.pack, url } }, {});
    expect(text).toContain('[\\<a\\> \\[b\\]](https://example.org/a%20b/a%20b)');
  });

  test('of great length is cut between paragraphs', () => {
    const long = Array.from({ length: 4000 }, (_, n) => `Paragraph ${n}.`).join('\n\n');
    const text = withPage({ sections: [{ heading: 'Troubleshooting', markdown: long }] });
    expect(text.length).toBeLessThan(26_000);
    expect(text).toMatch(/Paragraph \d+\.\n\n…\n\n\[Read the whole page\]/);
    const short = withPage({ sections: [{ heading: 'Platform checks', markdown: '  On Linux.  ' }] });
    expect(short).toContain('#### Platform checks\n\nOn Linux.\n\n[Read');
    expect(short).not.toContain('…');
  });
});

describe('the lines that something was recognised by', () => {
  const quotes = (
    given: Partial<Situation['issue']>,
    evidence: Finding['evidence'],
    secrets: Situation['secrets'] = [],
  ): string[] =>
    says({ findings: [{ ...known, evidence }], issue: issue(given), secrets })
      .split('\n')
      .filter((line) => line.startsWith('> '));
  const at = (text: string, piece: string, field: 'prose' | 'title' = 'prose') => {
    const start = text.indexOf(piece);
    return { field, start, end: start + piece.length, text: piece };
  };

  test('are the reporter’s own, most matches first, two at most', () => {
    const body = 'first pump here\nsecond pump and valve there\nthird valve';
    const evidence = [at(body, 'first'), at(body, 'pump and'), at(body, 'valve'), at(body, 'third')];
    expect(quotes({ body }, evidence)).toEqual(['> `second pump and valve there`', '> `first pump here`']);
    expect(quotes({ body }, [])).toEqual([]);
  });

  test('are told apart by field, and equal ones are said once', () => {
    const body = 'The pump exploded\nother';
    expect(
      quotes({ title: 'The pump exploded', body }, [at(body, 'pump'), at(body, 'pump', 'title')]),
    ).toEqual(['> `The pump exploded`']);
    expect(
      quotes({ title: 'A title', body: 'A body' }, [at('A title', 'title', 'title'), at('A body', 'body')]),
    ).toEqual(['> `A title`', '> `A body`']);
  });

  test('are cut to a window of whole words where they are long', () => {
    const words = Array.from({ length: 100 }, (_, n) => `word${n}`).join(' ');
    const [middle = ''] = quotes({ body: words }, [at(words, 'word50')]);
    expect(middle).toMatch(/^> `…word\d+ .*word50 .*word\d+…`$/);
    expect(middle.length).toBeLessThanOrEqual(126);
    expect(middle.length).toBeGreaterThan(100);
    const [start = ''] = quotes({ body: words }, [at(words, 'word0 ')]);
    expect(start).toMatch(/^> `word0 word1 .*word\d+…`$/);
    const [end = ''] = quotes({ body: words }, [at(words, 'word99')]);
    expect(end).toMatch(/^> `…word\d+ .*word99`$/);
    expect(end.length).toBeGreaterThan(100);
    const solid = 'x'.repeat(500);
    expect(quotes({ body: solid }, [{ field: 'prose', start: 200, end: 210, text: '' }])[0]).toMatch(
      /^> `…x{110,120}…`$/,
    );
    const wide = `${'y'.repeat(100)} ${'z'.repeat(300)} end`;
    expect(quotes({ body: wide }, [at(wide, 'z'.repeat(300))])[0]).toMatch(/^> `…?z+…`$/);
  });

  test('begin and end with whole words, wherever the match stands', () => {
    const words = Array.from({ length: 100 }, (_, n) => `word${n}`).join(' ');
    for (let n = 0; n < 100; n += 1) {
      const [line = ''] = quotes({ body: words }, [at(words, `word${n}`)]);
      const shown = line.slice(3, -1);
      const inner = shown.replace(/^…|…$/g, '').split(' ');
      expect(inner).toContain(`word${n}`);
      expect(inner.every((word) => /^word\d{1,2}$/.test(word))).toBe(true);
      expect(shown.startsWith('…')).toBe(inner[0] !== 'word0');
      expect(shown.endsWith('…')).toBe(inner.at(-1) !== 'word99');
      if (n <= 8) expect(inner[0]).toBe('word0');
      if (n >= 92) expect(inner.at(-1)).toBe('word99');
      const numbers = inner.map((word) => Number(word.slice(4)));
      expect(numbers).toEqual(numbers.map((_, place) => (numbers[0] ?? 0) + place));
    }
  });

  test('are whole lines: from where one begins to where it ends', () => {
    expect(quotes({ body: 'xa\nyy' }, [at('xa\nyy', 'a')])).toEqual(['> `xa`']);
    expect(quotes({ body: 'xa\nb\nc' }, [at('xa\nb\nc', 'xa')])).toEqual(['> `xa`']);
    expect(quotes({ body: 'xa\nb\nc' }, [at('xa\nb\nc', 'xa\nb')])).toEqual(['> `xa b`']);
  });

  test('with more matches come before longer ones', () => {
    const body = 'a long line with one match only\nbang pump';
    expect(quotes({ body }, [at(body, 'match'), at(body, 'bang'), at(body, 'pump')])[0]).toBe(
      '> `bang pump`',
    );
  });

  test('of as many matches are told longest first', () => {
    const body = 'short pump\na much longer pump\nmiddle one pump';
    expect(quotes({ body }, [at(body, 'short'), at(body, 'longer'), at(body, 'middle')])).toEqual([
      '> `a much longer pump`',
      '> `middle one pump`',
    ]);
  });

  test('of exactly the window’s width are whole', () => {
    const line = `${'a'.repeat(59)} ${'b'.repeat(60)}`;
    expect(quotes({ body: `x\n${line}\ny` }, [at(`x\n${line}\ny`, 'a b')])).toEqual([`> \`${line}\``]);
  });

  test('that hold a credential are not shown: the redacted words are', () => {
    const body = 'token abc123 pump\nsafe pump';
    const secret = {
      field: 'body',
      start: 6,
      end: 12,
      type: 'token',
    } as unknown as Situation['secrets'][number];
    const evidence = [{ ...at(body, 'abc123 pump'), text: '[redacted] pump' }, at(body, 'safe')];
    expect(quotes({ body }, evidence, [secret])).toEqual(['> `[redacted] pump`', '> `safe pump`']);
    expect(quotes({ body }, evidence, [{ ...secret, field: 'title' }])[0]).toContain('abc123');
    const after = { ...secret, start: 18, end: 20 };
    expect(quotes({ body }, [at(body, 'token')], [after])).toEqual(['> `token abc123 pump`']);
  });

  test('that are empty are left out', () => {
    expect(quotes({ body: '   \n' }, [{ field: 'prose', start: 0, end: 1, text: ' ' }])).toEqual([]);
  });
});

describe('why something is said', () => {
  const why = (given: Partial<Finding>): string =>
    decide(situation({ findings: [{ ...known, ...given }] })).actions[0]?.because ?? '';
  const piece = { field: 'prose', start: 1, end: 3, text: 'ab' } as const;

  test.each([
    ['rule', 'rule'],
    ['model', 'learned recogniser'],
    ['both', 'rule and learned recogniser'],
    ['form', 'form'],
    ['fact', 'fact'],
  ] as const)('by %s', (from, words) => {
    expect(why({ from, evidence: [] })).toBe(`signature pump-exploded, 95 %, by ${words}`);
  });

  test('never surer than was measured', () => {
    const percent = (probability: number): string =>
      /(\d+) %/.exec(why({ probability, evidence: [] }))?.[1] ?? '';
    expect(percent(0.999)).toBe('99');
    expect(percent(1)).toBe('99');
    expect(percent(0.9199)).toBe('91');
    expect(percent(0.92)).toBe('92');
    expect(percent(0.58 + 0.33)).toBe('91');
    const none = decide(situation({ findings: [{ ...known, probability: -0.2, evidence: [] }] }));
    expect(none.withheld[0]).toContain('pump-exploded, 0 %');
  });

  test('with three pieces, the rest counted, and remarks', () => {
    expect(why({ evidence: [piece, piece, piece] })).toMatch(
      /: prose 1–3 `ab`; prose 1–3 `ab`; prose 1–3 `ab`$/,
    );
    expect(why({ evidence: [piece, piece, piece, piece, piece], notes: ['one', 'two'] })).toMatch(
      /`ab`; 2 more \(one\) \(two\)$/,
    );
  });
});

describe('what a maintainer named', () => {
  test('stands in front, as a fact, with the evidence that was found', () => {
    const named = addAsserted(
      [earlier, known],
      issueState({ feedback: { asserted: [`signature:${pump.id}`, 'duplicate:acme/tool#7'] } }),
    );
    expect(named).toEqual([
      { ...known, probability: 1, from: 'fact', notes: ['named by a maintainer'] },
      {
        kind: 'duplicate',
        id: 'acme/tool#7',
        probability: 1,
        evidence: [],
        from: 'fact',
        notes: ['named by a maintainer'],
      },
      earlier,
    ]);
  });

  test('is nothing where nobody did', () => {
    const found = [known];
    expect(addAsserted(found, null)).toBe(found);
    expect(addAsserted(found, issueState())).toBe(found);
  });
});

describe('undoing', () => {
  const calls = (...routes: string[]) => routes.map((route) => ({ route: `${route}`, status: 201 }));
  const entry = (routes: readonly string[], actions: readonly Action[] = [], status = 201): LedgerEntry => ({
    id: 1,
    at: now,
    repository,
    number: 100,
    cause: 'x',
    mode: 'advise',
    findings: [],
    plan: { actions, withheld: [] },
    calls: calls(...routes).map((call) => ({ ...call, status })),
  });
  const post = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
  const patch = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}';
  const label = 'POST /repos/{owner}/{repo}/issues/{issue_number}/labels';
  const close = 'PATCH /repos/{owner}/{repo}/issues/{issue_number}';
  const adding: Action = { kind: 'add-labels', labels: ['a', 'b'], because: '' };
  const standing = issueState({
    comment: spoken,
    labels: { added: ['a', 'c'] },
    close: { done: { at: now, of: { repository, number: 1 } } },
  });
  const kinds = (entries: readonly LedgerEntry[], of = standing): string[] =>
    undoActions(of, entries).map(({ kind }) => kind);

  test('takes back what was done since, and nothing else', () => {
    expect(undoActions(standing, [entry([post, label], [adding]), entry([close])])).toEqual([
      {
        kind: 'retract',
        body: expect.stringContaining('this issue is left alone from now on'),
        because: 'undone from the command line',
      },
      { kind: 'remove-labels', labels: ['a'], because: 'undone from the command line' },
      { kind: 'reopen', because: 'undone from the command line' },
    ]);
    expect(kinds([entry([patch])])).toEqual(['retract']);
    expect(kinds([entry([label], [{ kind: 'reopen', because: '' }, adding])])).toEqual(['remove-labels']);
    expect(kinds([])).toEqual([]);
    expect(kinds([entry(['PATCH /x/{comment_id}/reactions'])])).toEqual([]);
    expect(kinds([entry(['POST /x/labels/more'], [adding])])).toEqual([]);
    expect(kinds([entry([label], [{ kind: 'remove-labels', labels: ['c'], because: '' }])])).toEqual([]);
    expect(
      kinds([entry(['GET /x/{comment_id}', 'DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels'])]),
    ).toEqual([]);
    expect(kinds([entry(['POST /x/{comment_id}', 'PATCH /labels', 'POST /issues/{issue_number}'])])).toEqual(
      [],
    );
    expect(
      kinds([
        entry([
          'PATCH /issues/{issue_number}/more',
          'POST /labels/x',
          'POST /x/issues/{issue_number}/comments/x',
        ]),
      ]),
    ).toEqual([]);
  });

  test('not what GitHub refused, nor what is gone already', () => {
    expect(kinds([entry([post, label, close], [adding], 422)])).toEqual([]);
    expect(kinds([entry([post], [], 300)])).toEqual([]);
    expect(kinds([entry([post, label, close], [adding])], issueState())).toEqual([]);
    expect(kinds([entry([label], [])])).toEqual([]);
    expect(kinds([entry([close])], issueState({ comment: spoken, close: { done: null } }))).toEqual([]);
  });
});

test('a page of another id than its finding is not spoken of', () => {
  expect(
    says({
      findings: [{ ...known, id: 'other' }],
      signatures: new Map([['third', signatureWith('third', {})]]),
    }),
  ).toBe('');
});
