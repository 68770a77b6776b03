import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refKey, resolveRoot } from '../../src/decide/index.ts';
import type { IssueRef, Thread } from '../../src/model/issue.ts';

const repository = 'acme/tool';
const issue = { repository, number: 100, createdAt: 100_000 };

function thread(number: number, given: Partial<Thread> = {}): Thread {
  return {
    repository,
    number,
    title: `thread ${number}`,
    url: `https://github.com/${repository}/issues/${number}`,
    pullRequest: false,
    state: 'open',
    stateReason: null,
    locked: false,
    createdAt: number * 1000,
    closedAt: null,
    duplicateOf: null,
    milestone: null,
    thumbsUp: 0,
    comments: 0,
    ...given,
  };
}

const refs = (...numbers: number[]): IssueRef[] => numbers.map((number) => ({ repository, number }));
const closedInto = (number: number): Partial<Thread> => ({
  state: 'closed',
  stateReason: 'duplicate',
  duplicateOf: { repository, number },
});

/** Answers every `need` from these threads, as the pipeline does. */
function resolve(threads: readonly Thread[], start: readonly IssueRef[]) {
  const there = new Map(threads.map((one) => [refKey(one), one]));
  const known = new Map<string, Thread | null>();
  for (let round = 0; round < 50; round += 1) {
    const answer = resolveRoot(issue, start, known);
    if ('root' in answer) return answer.root;
    for (const ref of answer.need) known.set(refKey(ref), there.get(refKey(ref)) ?? null);
  }
  throw new Error('the resolver asks without end');
}

describe('the root', () => {
  test('is the oldest open thread', () => {
    expect(resolve([thread(8), thread(5), thread(7)], refs(7, 8, 5)).open?.number).toBe(5);
  });

  test('is found along duplicate-of-duplicate chains', () => {
    const threads = [thread(9, closedInto(6)), thread(6, closedInto(3)), thread(3)];
    expect(resolve(threads, refs(9)).open?.number).toBe(3);
  });

  test.each([
    ['locked', { locked: true }],
    ['closed', { state: 'closed' }],
    ['a pull request', { pullRequest: true }],
    ['younger than the report', { createdAt: 200_000 }],
  ] as const)('is never %s', (_, given) => {
    expect(resolve([thread(5, given)], refs(5)).open).toBeNull();
  });

  test('is never the issue itself, not even through a chain', () => {
    expect(resolve([], refs(100)).open).toBeNull();
    expect(resolve([thread(9, closedInto(100))], refs(9)).open).toBeNull();
  });

  test('ends in no circle: two threads closed into one another leave none open', () => {
    const root = resolve([thread(4, closedInto(5)), thread(5, closedInto(4))], refs(4, 5));
    expect(root.open).toBeNull();
    expect(root.past).not.toBeNull();
  });

  test('of a circle with an open member is that member', () => {
    const threads = [thread(4, { duplicateOf: { repository, number: 5 } }), thread(5, closedInto(4))];
    expect(resolve(threads, refs(5)).open?.number).toBe(4);
  });

  test('is the most recent closed thread, as history, when none is open', () => {
    const root = resolve([thread(4, { state: 'closed' }), thread(6, { state: 'closed' })], refs(4, 6));
    expect(root).toMatchObject({ open: null, past: { number: 6 } });
  });

  test('counts distinct reports without the issue at hand', () => {
    expect(resolve([thread(4)], refs(4, 4, 5, 100)).reports).toBe(2);
  });

  test('whatever the history, ends at an open, older, unlocked issue or at none', () => {
    const any = fc.array(
      fc.record({
        state: fc.constantFrom('open' as const, 'closed' as const),
        locked: fc.boolean(),
        pullRequest: fc.boolean(),
        to: fc.option(fc.integer({ min: 1, max: 13 })),
        createdAt: fc.integer({ min: 1, max: 150_000 }),
      }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(any, (rows) => {
        const threads = rows.map(({ to, ...row }, index) =>
          thread(index + 1, {
            ...row,
            duplicateOf: to === null ? null : { repository, number: to === 13 ? 100 : to },
          }),
        );
        const { open } = resolve(threads, refs(...threads.map(({ number }) => number), 100));
        if (open !== null) {
          expect(open).toMatchObject({ state: 'open', locked: false, pullRequest: false });
          expect(open.createdAt).toBeLessThanOrEqual(issue.createdAt);
          expect(open.number).not.toBe(issue.number);
        }
      }),
    );
  });
});
