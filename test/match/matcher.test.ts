import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/match/index.ts';
import type { Rule, Scope, Signature } from '../../src/model/signature.ts';
import { readReport } from '../../src/report/index.ts';
import { plainReport } from './reports.ts';
import { signatureWith } from './signatures.ts';

const hits = (match: Signature['match'], title: string, body: string) =>
  compile([signatureWith('s', match)])(readReport({ title, body })).hits.flatMap(({ evidence }) => evidence);
const hitsRule = (rule: Rule, title: string, body: string) => hits({ all: [rule] }, title, body);

describe('a text rule', () => {
  it('does not mind case, white space, marks, quotes and dashes, and quotes the raw text', () => {
    const [found] = hitsRule(
      { text: 'server "stays" in needs-auth' },
      '',
      'The Server  **“stays”**\nin `needs–auth`!',
    );
    expect(found).toEqual({ field: 'prose', start: 4, end: 38, text: 'Server  **“stays”**\nin `needs–auth' });
  });

  it('stands for whole words, and with a * at its end for any ending', () => {
    expect(hitsRule({ text: 'flicker' }, 'flickering', '')).toEqual([]);
    expect(hitsRule({ text: 'flicker*' }, 'flickering', '')).toHaveLength(1);
    expect(hitsRule({ text: 'licker*' }, 'flickering', '')).toEqual([]);
    expect(hitsRule({ text: '529' }, '', 'took 15290 ms')).toEqual([]);
    expect(hitsRule({ text: 'claude code' }, '', '在Claude Code中')).toHaveLength(1);
  });

  it('does not read the template, and not across it', () => {
    const body = '<!-- needs authentication -->\n### What happened?\n\n_No response_\n\nall fine';
    expect(hitsRule({ text: 'needs authentication' }, 'x', body)).toEqual([]);
  });

  it('looks only where it is told to', () => {
    const body = 'prose talk\n\n```\nError: connection closed\n```\n\n### Platform\n\nwindows box';
    const inScope = (text: string, scope: Scope) => hitsRule({ text, in: scope }, 'the title', body).length;
    expect(inScope('title', 'title')).toBe(1);
    expect(inScope('prose talk', 'title')).toBe(0);
    expect(inScope('connection closed', 'errors')).toBe(1);
    expect(inScope('connection closed', 'code')).toBe(1);
    expect(inScope('prose talk', 'code')).toBe(0);
    expect(inScope('windows box', 'section:platform')).toBe(1);
    expect(inScope('prose talk', 'section:platform')).toBe(0);
  });
});

describe('a near rule', () => {
  const rule: Rule = { near: ['oauth', 'complete*'], within: 4 };
  it('takes the words in any order within so many words', () => {
    expect(hitsRule(rule, '', 'it completed the whole OAuth')[0]?.text).toBe('completed the whole OAuth');
    expect(hitsRule(rule, '', 'completed the whole long OAuth')).toEqual([]);
  });
});

describe('a regex rule', () => {
  const regex = 'alpha.{0,20}(beta|gamma)';

  it('holds where a line of the text does, however its literals lie elsewhere', () => {
    const word = fc.constantFrom('alpha', 'beta', 'gamma', 'delta', '**', '`beta`', 'ALPHA');
    const line = fc.array(word, { maxLength: 5 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        const body = lines.map((one) => `say ${one}`).join('\n');
        const expected = body.split('\n').some((one) => new RegExp(regex, 'i').test(one));
        expect(hitsRule({ regex }, 'x', body).length > 0).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('is tried only where all that it needs stands on the line, which costs next to nothing elsewhere', () => {
    const lines = Array.from({ length: 620 }, () => `alpha ${'x'.repeat(400)}`).join('\n');
    const compiled = compile([signatureWith('s', { all: [{ regex }] })]);
    const of = (body: string) => compiled(readReport({ title: 'x', body }));
    // 620 lines of 400 characters are more than the budget.
    expect(of(`${lines}\nbeta`).undecided).toEqual([]);
    expect(of(`${lines}\nbeta`).hits).toEqual([]);
    expect(of(`${lines}\nsay alpha beta`).hits).toHaveLength(1);
  });

  it('is still found behind more of its literals than are counted', () => {
    const many = 'beta beta\n'.repeat(1500);
    expect(hitsRule({ regex }, 'x', `${many}say alpha beta`)).toHaveLength(1);
  });

  it('sees the line of its literal and no other, in any case', () => {
    const rule: Rule = { regex: 'timed out after \\d+ms' };
    expect(hitsRule(rule, '', 'a\nconnection TIMED OUT after 30000ms\nb')[0]?.text).toBe(
      'TIMED OUT after 30000ms',
    );
    expect(hitsRule({ regex: 'timed out.*done' }, '', 'timed out\ndone')).toEqual([]);
  });

  it('counts in UTF-16 units behind characters outside the basic plane', () => {
    const body = '😀😀 error code 17 😀';
    expect(hitsRule({ regex: 'error code \\d+' }, '', body)[0]).toMatchObject({
      start: 5,
      end: 18,
      text: 'error code 17',
    });
  });

  it('is tried around its literal on a line without end', () => {
    const body = `${'x '.repeat(5000)}failed with code 5 ${'y '.repeat(5000)}`;
    expect(hitsRule({ regex: 'failed with code \\d' }, '', body)).toHaveLength(1);
  });
});

describe('a tree', () => {
  it('needs all, one of any, and none', () => {
    const match: Signature['match'] = {
      all: [
        { text: 'alpha' },
        { any: [{ text: 'beta' }, { all: [{ text: 'gamma' }, { none: [{ text: 'delta' }] }] }] },
      ],
      none: [{ text: 'omega' }],
    };
    expect(hits(match, '', 'alpha beta')).toHaveLength(2);
    expect(hits(match, '', 'alpha gamma')).toHaveLength(2);
    expect(hits(match, '', 'alpha gamma delta')).toEqual([]);
    expect(hits(match, '', 'alpha beta omega')).toEqual([]);
    expect(hits(match, '', 'beta')).toEqual([]);
  });

  it('holds exactly where a plain evaluation of it holds', () => {
    const word = fc.constantFrom('alpha', 'beta', 'gamma', 'delta');
    const text = word.map((one): Rule => ({ text: one }));
    const { rule } = fc.letrec<{ rule: Rule }>((tie) => {
      const list = fc.array(tie('rule'), { minLength: 1, maxLength: 3 });
      const trees = [
        list.map((all): Rule => ({ all })),
        list.map((any): Rule => ({ any })),
        list.map((none): Rule => ({ none })),
      ];
      return { rule: fc.oneof({ depthSize: 'small' }, text, ...trees) };
    });
    const holds = (one: Rule, words: readonly string[]): boolean => {
      if ('all' in one) return one.all.every((child) => holds(child, words));
      if ('any' in one) return one.any.some((child) => holds(child, words));
      if ('none' in one) return !one.none.some((child) => holds(child, words));
      return 'text' in one && words.includes(one.text);
    };
    fc.assert(
      fc.property(rule, fc.array(word, { maxLength: 4 }), (tree, words) => {
        // `zeta` makes any tree one that needs a text.
        const match = { all: [tree, { text: 'zeta' }] };
        const body = [...words, 'zeta'].join(' ');
        const result = compile([signatureWith('s', match)])(plainReport('', body));
        expect(result.hits.length).toBe(holds(tree, words) ? 1 : 0);
        for (const { evidence } of result.hits) {
          for (const { start, end, text: quoted } of evidence) expect(body.slice(start, end)).toBe(quoted);
        }
      }),
    );
  });

  it('that needs no text is refused', () => {
    expect(() => compile([signatureWith('s', { none: [{ text: 'x1' }] })])).toThrow(RangeError);
  });
});

describe('the work budget', () => {
  const rules = Array.from({ length: 100 }, (_, n) =>
    signatureWith(`s${n}`, { all: [{ regex: `word${n} .*!!.* end` }] }),
  );
  const hostile = `${rules.map((_, n) => `word${n} `).join('')}the end\n`;

  it('ends what costs too much, and says of what', () => {
    const { hits: found, undecided } = compile(rules)(plainReport('', hostile.repeat(90)));
    expect(found).toEqual([]);
    expect(undecided.length).toBeGreaterThan(50);
  });

  it('makes what could not be ruled out no hit', () => {
    const match: Signature['match'] = { all: [{ text: 'start' }], none: [{ regex: 'word1 .*!!.* end' }] };
    const result = compile([...rules, signatureWith('last', match)])(
      plainReport('start', hostile.repeat(90)),
    );
    expect(result.hits).toEqual([]);
    expect(result.undecided.map(({ id }) => id)).toContain('last');
  });

  it('leaves an ordinary report alone', () => {
    const { undecided } = compile(rules)(plainReport('', hostile));
    expect(undecided).toEqual([]);
  });
});
