import { describe, expect, test } from 'vitest';
import {
  breakerWindow,
  circuitBreakerOf,
  nextPoll,
  recordVerdict,
  refusalsIn,
  type Signal,
  verdictsFromEvents,
} from '../../src/learn/index.ts';
import type { IssueState } from '../../src/model/issue-state.ts';
import { issue } from '../decide/situations.ts';
import { commented, day, start } from './issue-states.ts';

type Verdict = IssueState['feedback']['verdicts'][number];
const leak = 'signature:leak';

describe('a sign', () => {
  const link = 'duplicate:o/r#7';
  const before = commented(1, {
    findingKeys: [leak, 'signature:second', link, 'missing:version', 'regression:leak'],
  });
  const sign = (given: Partial<Signal> = {}): Signal => ({
    by: 'reporter',
    says: 'protests',
    signal: 'reply',
    at: 5,
    ...given,
  });

  test('of protest is a refusal of all that the comment claims, and ends every close', () => {
    const closing = { announcedAt: 1, at: 2, of: { repository: 'o/r', number: 7 } };
    const after = recordVerdict({ ...before, close: { ...before.close, announced: closing } }, sign());
    expect(after.feedback.verdicts?.map(({ finding, kind }) => [finding, kind])).toEqual([
      [leak, 'refused'],
      ['regression:leak', 'refused'],
      [link, 'refused'],
    ]);
    expect(after.close).toMatchObject({ vetoed: true, announced: null });
    expect(after.feedback.verdicts?.[0]).toEqual({
      finding: leak,
      kind: 'refused',
      at: 5,
      signal: 'reply',
      by: 'reporter',
    });
  });

  test('of a maintainer contradicts', () => {
    expect(recordVerdict(before, sign({ by: 'maintainer' })).feedback.verdicts?.[0]?.kind).toBe(
      'contradicted',
    );
    expect(recordVerdict(before, sign({ by: 'other' })).feedback.verdicts?.[0]?.kind).toBe('refused');
  });

  test('of agreement counts from those who may agree, and closes nothing off', () => {
    const after = recordVerdict(before, sign({ says: 'agrees', who: 'w' }));
    expect(after.feedback.verdicts?.[0]).toEqual({
      finding: leak,
      kind: 'confirmed',
      at: 5,
      signal: 'reply',
      by: 'reporter',
      who: 'w',
    });
    expect(after.close.vetoed).toBe(false);
    expect(recordVerdict(before, sign({ says: 'agrees', by: 'maintainer' })).feedback.verdicts).toHaveLength(
      3,
    );
    expect(recordVerdict(before, sign({ says: 'agrees', by: 'other' }))).toBe(before);
  });

  test('of doubt stops a close; a passer-by’s says nothing of the page', () => {
    const after = recordVerdict(before, sign({ says: 'doubts' }));
    expect(after.feedback.verdicts?.[0]).toMatchObject({ kind: 'refused', signal: 'doubt' });
    expect(after.close.vetoed).toBe(true);
    const passing = recordVerdict(before, sign({ says: 'doubts', by: 'other' }));
    expect(passing.feedback.verdicts).toEqual([]);
    expect(passing.close.vetoed).toBe(true);
  });

  test('speaks of what it is of, where that is known', () => {
    expect(recordVerdict(before, sign({ of: ['label:bug'] })).feedback.verdicts).toMatchObject([
      { finding: 'label:bug' },
    ]);
    expect(
      recordVerdict(commented(1, { findingKeys: ['missing:version'] }), sign()).feedback.verdicts,
    ).toEqual([]);
  });

  test('the last word holds, however often and in whatever order signs are read', () => {
    const first = recordVerdict(before, sign({ at: 5 }));
    expect(recordVerdict(first, sign({ at: 5, says: 'agrees' })).feedback.verdicts).toEqual(
      first.feedback.verdicts,
    );
    expect(recordVerdict(first, sign({ at: 4, says: 'agrees' })).feedback.verdicts).toEqual(
      first.feedback.verdicts,
    );
    const last = recordVerdict(first, sign({ at: 6, says: 'agrees' }));
    expect(last.feedback.verdicts).toHaveLength(3);
    expect(last.feedback.verdicts?.every(({ kind }) => kind === 'confirmed')).toBe(true);
  });
});

describe('the brake', () => {
  const refusal: Verdict = { finding: leak, kind: 'refused', at: 1, signal: 'reaction' };
  const newest = (count: number, refused: number, given: Partial<Verdict> = {}): IssueState[] =>
    Array.from({ length: count }, (_, n) =>
      commented(100 - n, {
        findingKeys: [n < refused ? leak : `signature:s${n}`],
        feedback: { verdicts: n < refused ? [{ ...refusal, ...given }] : [] },
      }),
    );

  test('stops all at three refusals among twenty comments', () => {
    expect(circuitBreakerOf(newest(20, 2), 0).all).toBeNull();
    expect(circuitBreakerOf(newest(20, 3), 0).all).toBe(
      'braked: 3 of the last 20 comments were refused; /signpost resume goes on',
    );
    const late = [...newest(18, 0), ...newest(3, 3).map((state) => ({ ...state, number: 1 }))];
    expect(circuitBreakerOf(late, 0).all).toBeNull();
    expect(circuitBreakerOf([...newest(17, 0), ...newest(3, 3)], 0).all).not.toBeNull();
  });

  test('stops a page at two among its ten', () => {
    expect([...circuitBreakerOf(newest(5, 1), 0).findings]).toEqual([]);
    expect(circuitBreakerOf(newest(5, 2), 0).findings.get(leak)).toBe(
      'braked: 2 of its last 10 comments were refused',
    );
    const fine = Array.from({ length: 9 }, (_, n) => commented(90 - n));
    const [a, b] = newest(2, 2);
    expect(circuitBreakerOf([...fine, a!, b!], 0).findings.has(leak)).toBe(false);
    expect(circuitBreakerOf([...fine.slice(1), a!, b!], 0).findings.has(leak)).toBe(true);
    expect(breakerWindow).toBe(200);
  });

  test('of a page hears what was said of that page only', () => {
    const other = newest(3, 3, { finding: 'signature:other' });
    expect(circuitBreakerOf(other, 0).findings.has(leak)).toBe(false);
    expect(circuitBreakerOf(other, 0).all).not.toBeNull();
    const links = newest(3, 3, { finding: 'duplicate:o/r#1' }).map((state) => ({
      ...state,
      findingKeys: ['duplicate:o/r#1'],
    }));
    expect(
      [...circuitBreakerOf(links, 0).findings.keys()].filter((key) => key.startsWith('duplicate')),
    ).toEqual([]);
  });

  test('knows a page by either name: known, or back again; a thread that is back is no page', () => {
    const back = (finding: string) =>
      newest(2, 2, { finding }).map((state) => ({ ...state, findingKeys: [finding] }));
    const keys = [...circuitBreakerOf(back('regression:leak'), 0).findings.keys()];
    expect(keys).toEqual([leak, 'regression:leak']);
    expect([...circuitBreakerOf(back('regression:o/r#7'), 0).findings.keys()]).toEqual([]);
    expect([...circuitBreakerOf(back('duplicate:o/r#7'), 0).findings.keys()]).toEqual([]);
    expect([...circuitBreakerOf(back('duplicate:leak'), 0).findings.keys()]).toEqual([]);
  });

  test('does not hear agreement, doubt or labels; a deleted comment speaks', () => {
    expect(circuitBreakerOf(newest(3, 3, { kind: 'confirmed' }), 0).all).toBeNull();
    expect(circuitBreakerOf(newest(3, 3, { signal: 'doubt' }), 0).all).toBeNull();
    expect(circuitBreakerOf(newest(3, 3, { finding: 'label:bug' }), 0).all).toBeNull();
    expect(circuitBreakerOf(newest(3, 3, { kind: 'contradicted' }), 0).all).not.toBeNull();
    const deleted = newest(3, 0).map((state) => ({ ...state, comment: null }));
    expect(circuitBreakerOf(deleted, 0).all).not.toBeNull();
    const silent = commented(1);
    expect(circuitBreakerOf([silent, silent, silent], 0).all).toBeNull();
  });

  test.each<[what: string, given: Partial<Verdict>, count: number]>([
    ['a refusal', {}, 1],
    ['a contradiction', { kind: 'contradicted' }, 1],
    ['a refusal of a link', { finding: 'duplicate:o/r#7' }, 1],
    ['agreement', { kind: 'confirmed' }, 0],
    ['doubt', { signal: 'doubt' }, 0],
    ['a label', { finding: 'label:bug' }, 0],
  ])('counts what was refused out loud: %s', (_, given, count) => {
    const one = { ...refusal, ...given };
    expect(refusalsIn(commented(1, { feedback: { verdicts: [one] } }))).toBe(count);
    expect(refusalsIn(commented(1, { feedback: { verdicts: [refusal, one] } }))).toBe(1 + count);
  });

  test('counts no refusal where nobody has spoken', () => {
    expect(refusalsIn(commented(1))).toBe(0);
  });

  test('forgets what was said before a person resumed', () => {
    const memories = newest(3, 3);
    const at = memories[2]?.comment?.at ?? 0;
    expect(circuitBreakerOf(memories, at - 1).all).not.toBeNull();
    expect(circuitBreakerOf(memories, at).all).toBeNull();
    const deleted = commented(3, { comment: null, createdAt: start + 3 * day });
    expect(circuitBreakerOf([deleted, deleted, deleted], start + 3 * day).all).toBeNull();
    expect(circuitBreakerOf([deleted, deleted, deleted], start + 3 * day - 1).all).not.toBeNull();
  });
});

describe('reactions are read', () => {
  const hour = 3_600_000;
  test('often at first, and never after a month', () => {
    const polls: number[] = [];
    for (let at: number | null = start; at !== null; at = nextPoll(start, at)) polls.push(at - start);
    expect(polls).toEqual([0, hour, 6 * hour, day, 3 * day, 7 * day, 14 * day, 30 * day]);
    expect(nextPoll(start, start + hour - 1)).toBe(start + hour);
    expect(nextPoll(start, start + hour)).toBe(start + 6 * hour);
    expect(nextPoll(start, start + 31 * day)).toBeNull();
  });
});

describe('what the issue itself shows', () => {
  const of = { repository: 'o/r', number: 7 };
  const link = 'duplicate:o/r#7';
  const at = issue().updatedAt;

  test('is nothing where nothing happened', () => {
    const before = commented(1, { labels: { added: ['bug'] } });
    expect(verdictsFromEvents(before, issue({ labels: ['BUG'] }), null)).toBe(before);
  });

  test('a label of ours that is gone was taken away', () => {
    const after = verdictsFromEvents(
      commented(1, { labels: { added: ['bug', 'area'], refused: ['old', 'bug'] } }),
      issue({ labels: ['Area'] }),
      null,
    );
    expect(after).toMatchObject({
      labels: { added: ['area'], refused: ['old', 'bug'] },
      close: { vetoed: true },
    });
    expect(after.feedback.verdicts).toEqual([
      { finding: 'label:bug', kind: 'contradicted', at, signal: 'label', by: 'maintainer' },
    ]);
  });

  test('an issue that we closed and that is open again was reopened', () => {
    const before = commented(1, { close: { done: { at: 1, of } } });
    const after = verdictsFromEvents(before, issue(), null);
    expect(after.close).toMatchObject({ done: null, vetoed: true });
    expect(after.feedback.verdicts).toMatchObject([
      { finding: leak, kind: 'contradicted', signal: 'reopen', at },
    ]);
    expect(verdictsFromEvents(before, issue({ state: 'closed' }), null)).toBe(before);
    expect(
      verdictsFromEvents(commented(1, { close: { done: null } }), issue(), null).feedback.verdicts,
    ).toEqual([]);
  });

  test('a mark as duplicate confirms our link, or contradicts it', () => {
    const before = commented(1, { findingKeys: [leak, link] });
    const same = verdictsFromEvents(before, issue(), { repository: 'O/R', number: 7 });
    expect(same.feedback.verdicts).toEqual([
      { finding: link, kind: 'confirmed', at, signal: 'mark', by: 'maintainer' },
    ]);
    expect(same.close.vetoed).toBe(false);
    const other = verdictsFromEvents(before, issue(), { repository: 'o/r', number: 8 });
    expect(other.feedback.verdicts).toMatchObject([{ finding: link, kind: 'contradicted', signal: 'mark' }]);
    expect(verdictsFromEvents(commented(1), issue(), of).feedback.verdicts).toEqual([]);
    const ours = commented(1, { findingKeys: [link], close: { done: { at: 1, of } } });
    expect(verdictsFromEvents(ours, issue({ state: 'closed' }), { repository: 'o/r', number: 8 })).toBe(ours);
  });
});
