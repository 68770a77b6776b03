import { describe, expect, test } from 'vitest';
import { isHeldBack, modelSubject, recordVerdict, weightedVerdicts } from '../../src/learn/index.ts';
import type { IssueState } from '../../src/model/issue-state.ts';
import { commented, day, start } from './issue-states.ts';

type Given = IssueState['feedback']['verdicts'][number];
const finding = 'signature:leak';
const late = start + 400 * day;
const verdict = (number: number, given: Partial<Given> = {}): Given => ({
  finding,
  kind: 'refused',
  at: start + number * day + 1,
  signal: 'reaction',
  by: 'reporter',
  who: `who-${number}`,
  ...given,
});
const sample = (number: number, given: Partial<Given> = {}): IssueState =>
  commented(number, { feedback: { verdicts: [verdict(number, given)] } });
const summary = (memories: readonly IssueState[], now = start) =>
  weightedVerdicts(memories, now).map(({ by, number, right, weight }) => [number, by, right, weight]);

describe('a voice', () => {
  test('counts by who speaks: a maintainer most, a passer-by least', () => {
    expect(
      summary([
        sample(1, { by: 'maintainer', kind: 'contradicted' }),
        sample(2, { kind: 'confirmed' }),
        sample(3, { by: 'other' }),
      ]),
    ).toEqual([
      [1, 'maintainer', false, 1],
      [2, 'reporter', true, 0.6],
      [3, 'other', false, 0.3],
    ]);
  });

  test('of older memories, which do not say whose it is, is read from its kind', () => {
    const { by: _by, who: _who, ...old } = verdict(1);
    expect(
      summary([
        commented(1, { feedback: { verdicts: [{ ...old, kind: 'contradicted' }] } }),
        commented(2, { feedback: { verdicts: [{ ...old, at: start + 40 * day }] } }),
      ]),
    ).toEqual([
      [1, 'maintainer', false, 1],
      [2, 'reporter', false, 0.6],
    ]);
  });

  test('in doubt, on a label or on a credential teaches nothing', () => {
    expect(summary([sample(1, { signal: 'doubt' })])).toEqual([]);
    expect(summary([sample(1, { finding: 'label:bug' }), sample(2, { finding: 'missing:version' })])).toEqual(
      [],
    );
  });

  test('of a maintainer who named the failure stands before every other', () => {
    const named = commented(1, { feedback: { asserted: [finding], verdicts: [verdict(1)] } });
    expect(summary([named])).toEqual([[1, 'maintainer', true, 1]]);
    const unseen = commented(2, { feedback: { asserted: [finding] }, comment: null });
    expect(weightedVerdicts([unseen], start)).toMatchObject([{ at: unseen.createdAt, right: true }]);
  });

  test('of a maintainer is not drowned by somebody who speaks later', () => {
    const sign = { says: 'agrees', by: 'maintainer', signal: 'reply', at: 1, who: 'm' } as const;
    let state = recordVerdict(commented(1), sign);
    state = recordVerdict(state, { says: 'protests', by: 'other', signal: 'reaction', at: 2, who: 'x' });
    state = recordVerdict(state, { says: 'protests', by: 'other', signal: 'reaction', at: 3, who: 'y' });
    expect(state.feedback.verdicts).toMatchObject([
      { kind: 'refused', ruling: 'confirmed', by: 'other', who: 'y' },
    ]);
    expect(summary([state])).toEqual([[1, 'maintainer', true, 1]]);
    state = recordVerdict(state, { ...sign, says: 'protests', at: 4 });
    expect(summary([state])).toEqual([[1, 'maintainer', false, 1]]);
    expect(state.feedback.verdicts?.[0]).not.toHaveProperty('ruling');
  });

  test('of a maintainer who said no stands, too; nobody else’s word does', () => {
    let state = recordVerdict(commented(1), { says: 'protests', by: 'maintainer', signal: 'reply', at: 1 });
    state = recordVerdict(state, { says: 'agrees', by: 'reporter', signal: 'reply', at: 2 });
    expect(state.feedback.verdicts).toMatchObject([{ kind: 'confirmed', ruling: 'contradicted' }]);
    expect(summary([state])).toEqual([[1, 'maintainer', false, 1]]);
    let other = recordVerdict(commented(1), { says: 'agrees', by: 'reporter', signal: 'reply', at: 1 });
    other = recordVerdict(other, { says: 'protests', by: 'other', signal: 'reaction', at: 2 });
    expect(other.feedback.verdicts?.[0]).not.toHaveProperty('ruling');
  });

  test('of a maintainer who was merely in doubt gives way', () => {
    let state = recordVerdict(commented(1), { says: 'doubts', by: 'maintainer', signal: 'reply', at: 1 });
    state = recordVerdict(state, { says: 'agrees', by: 'reporter', signal: 'reply', at: 2 });
    expect(summary([state])).toEqual([[1, 'reporter', true, 0.6]]);
  });
});

describe('one person', () => {
  test('counts once on one page in thirty days, however many issues they react to', () => {
    const flood = Array.from({ length: 20 }, (_, n) => sample(n + 1, { who: 'same' }));
    expect(summary(flood).map(([number]) => number)).toEqual([1]);
    expect(summary([sample(1, { who: 'same' }), sample(31, { who: 'same' })])).toHaveLength(2);
    expect(summary([sample(1, { who: 'same' }), sample(30, { who: 'same' })])).toHaveLength(1);
  });

  test('counts on another page as well; all links are one page', () => {
    const on = (number: number, of: string) => sample(number, { who: 'same', finding: of });
    expect(summary([on(1, finding), on(2, 'signature:other')])).toHaveLength(2);
    expect(summary([on(1, 'duplicate:o/r#7'), on(2, 'duplicate:o/r#8')])).toHaveLength(1);
    expect(modelSubject('duplicate:o/r#8')).toBe('duplicate');
    expect(modelSubject(finding)).toBe(finding);
  });

  test('with triage rights counts each time', () => {
    const many = Array.from({ length: 5 }, (_, n) => sample(n + 1, { by: 'maintainer', who: 'same' }));
    expect(summary(many)).toHaveLength(5);
  });
});

describe('strangers', () => {
  const strangers = Array.from({ length: 10 }, (_, n) => sample(n + 10, { by: 'other' }));
  const total = (verdicts: ReturnType<typeof weightedVerdicts>) =>
    verdicts.filter(({ by }) => by === 'other').reduce((sum, { weight }) => sum + weight, 0);

  test('count nothing by themselves', () => {
    expect(total(weightedVerdicts(strangers, start))).toBe(0);
  });

  test('never weigh more together than reporters and maintainers do on that page', () => {
    const some = weightedVerdicts(
      [sample(1, { kind: 'confirmed' }), sample(2, { kind: 'confirmed' }), ...strangers],
      start,
    );
    expect(total(some)).toBeCloseTo(1.2, 9);
    expect(some.filter(({ by }) => by === 'reporter').map(({ weight }) => weight)).toEqual([0.6, 0.6]);
    const few = weightedVerdicts([sample(1, { by: 'maintainer' }), sample(10, { by: 'other' })], start);
    expect(total(few)).toBe(0.3);
    const elsewhere = sample(1, { by: 'maintainer', finding: 'signature:other' });
    expect(total(weightedVerdicts([elsewhere, ...strangers], start))).toBe(0);
  });
});

describe('silence', () => {
  test('for two weeks speaks a little for what was said', () => {
    expect(summary([commented(1)], late)).toEqual([[1, 'silence', true, 0.15]]);
    const at = commented(1).comment?.at ?? 0;
    expect(summary([commented(1)], at + 14 * day - 1)).toEqual([]);
    expect(summary([commented(1)], at + 14 * day)).toHaveLength(1);
  });

  test('is none where somebody spoke, where nothing stands, or nothing was claimed', () => {
    expect(summary([sample(1)], late)).toEqual([[1, 'reporter', false, 0.6]]);
    expect(summary([sample(1, { signal: 'doubt' })], late)).toEqual([]);
    expect(summary([commented(1, { comment: null })], late)).toEqual([]);
    expect(summary([commented(1, { findingKeys: ['missing:version', 'regression:leak'] })], late)).toEqual(
      [],
    );
    const named = commented(1, { feedback: { asserted: [finding], verdicts: [verdict(1)] } });
    expect(summary([named], late)).toEqual([[1, 'maintainer', true, 1]]);
  });

  test('does not outweigh strangers', () => {
    const quiet = Array.from({ length: 20 }, (_, n) => commented(n + 100));
    expect(
      weightedVerdicts([sample(1, { by: 'other' }), ...quiet], late).find(({ by }) => by === 'other')?.weight,
    ).toBe(0);
  });
});

test('a third of the issues is held back, always the same', () => {
  const held = Array.from({ length: 3000 }, (_, n) => isHeldBack(n + 1)).filter(Boolean).length;
  expect(held).toBeGreaterThan(900);
  expect(held).toBeLessThan(1100);
  expect([1, 2, 3, 4, 5, 6, 7, 8, 9].map(isHeldBack)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map(isHeldBack));
  const [verdict] = weightedVerdicts([sample(3)], start);
  expect(verdict?.heldBack).toBe(isHeldBack(3));
});

test('voices come in the order in which people spoke, whatever the order of the memories', () => {
  const memories = [sample(5), sample(1), sample(9), sample(3)];
  expect(weightedVerdicts(memories, start)).toEqual(weightedVerdicts(memories.toReversed(), start));
  expect(summary(memories).map(([number]) => number)).toEqual([1, 3, 5, 9]);
  const at = start;
  const said = (...findings: string[]) => findings.map((one) => verdict(1, { at, finding: one }));
  const together = [
    commented(8, { feedback: { verdicts: said('signature:b', 'signature:c', 'signature:a') } }),
    commented(7, { feedback: { verdicts: said('signature:x') } }),
  ].map((one) => ({
    ...one,
    feedback: {
      ...one.feedback,
      verdicts: one.feedback.verdicts.map((verdict) => ({ ...verdict, who: `w${one.number}` })),
    },
  }));
  expect(weightedVerdicts(together, start).map((one) => `${one.number} ${one.finding}`)).toEqual([
    '7 signature:x',
    '8 signature:a',
    '8 signature:b',
    '8 signature:c',
  ]);
});
