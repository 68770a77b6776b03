import { describe, expect, test } from 'vitest';
import { type ApplyPorts, afterCommentDeleted, apply, type Step } from '../../src/act/index.ts';
import type { Comment } from '../../src/model/issue.ts';
import type { Memory } from '../../src/model/memory.ts';
import { GitHubError, type GitHubFailure } from '../../src/ports/github-error.ts';
import { memory, now, repository } from '../decide/situations.ts';

const because = 'a test';
const steps = {
  create: { kind: 'create-comment', body: 'words', because },
  edit: { kind: 'edit-comment', id: 7, body: 'other words', because },
  add: { kind: 'add-labels', labels: ['a', 'b'], because },
  restore: { kind: 'restore-labels', labels: ['a', 'b'], because },
  remove: { kind: 'remove-label', label: 'a', because },
  react: { kind: 'react', comment: 9, content: '+1', because },
  close: { kind: 'close', of: { repository, number: 42 }, id: 4242, because },
  reopen: { kind: 'reopen', because },
} as const satisfies Record<string, Step>;

function comment(id: number, node?: string): Comment {
  const author = { login: 'signpost[bot]', bot: true };
  const named = node === undefined ? {} : { node };
  return {
    id,
    author,
    body: '',
    app: 'signpost',
    association: 'NONE',
    createdAt: now,
    updatedAt: now,
    ...named,
  };
}

interface World {
  readonly hands: ApplyPorts;
  /** Everything that was done, in order, and with what. */
  readonly log: unknown[][];
  readonly remembered: Memory[];
}

/** A GitHub that does what it is told, or fails in one way at one call. */
function world(
  given: { fail?: [method: string, error: unknown]; gone?: boolean; node?: string } = {},
): World {
  const log: unknown[][] = [];
  const remembered: Memory[] = [];
  let intents = 0;
  const call = async <T>(method: string, args: unknown[], result: T): Promise<T> => {
    log.push([method, ...args]);
    if (given.fail?.[0] === method) throw given.fail[1];
    return result;
  };
  const hands: ApplyPorts = {
    clock: { now: () => now },
    store: {
      intend: ({ key, kind, number, at }) => call('intend', [kind, key, number, at], ++intents),
      settle: (id) => call('settle', [id], undefined),
      async putMemory(one) {
        log.push(['remember']);
        remembered.push(one);
      },
    },
    github: {
      comment: async () => null,
      createComment: (name, number, body) => call('create', [name, number, body], comment(7, given.node)),
      editComment: (name, id, body) =>
        call('edit', [name, id, body], given.gone === true ? null : comment(id)),
      addLabels: (name, number, labels) => call('add', [name, number, labels], undefined),
      removeLabel: (name, number, label) => call('remove', [name, number, label], undefined),
      closeAsDuplicate: (name, number, target) => call('close', [name, number, target], undefined),
      reopen: (name, number) => call('reopen', [name, number], undefined),
      react: (name, id, content) => call('react', [name, id, content], undefined),
    },
  };
  return { hands, log, remembered };
}

const failing = (failure: GitHubFailure, status: number | null = 422) =>
  new GitHubError(failure, 'POST /x', status, 'no');

describe('each call', () => {
  test.each([
    [
      'create',
      ['create-comment', '', 100, now],
      [repository, 100, 'words'],
      'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
      201,
    ],
    [
      'edit',
      ['edit-comment', '', 100, now],
      [repository, 7, 'other words'],
      'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
      200,
    ],
    [
      'add',
      ['add-labels', 'a\nb', 100, now],
      [repository, 100, ['a', 'b']],
      'POST /repos/{owner}/{repo}/issues/{issue_number}/labels',
      200,
    ],
    [
      'remove',
      ['remove-label', 'a', 100, now],
      [repository, 100, 'a'],
      'DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}',
      200,
    ],
    [
      'react',
      ['react', '9 +1', 100, now],
      [repository, 9, '+1'],
      'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions',
      201,
    ],
    [
      'close',
      ['close', '', 100, now],
      [repository, 100, 4242],
      'PATCH /repos/{owner}/{repo}/issues/{issue_number}',
      200,
    ],
    [
      'reopen',
      ['reopen', '', 100, now],
      [repository, 100],
      'PATCH /repos/{owner}/{repo}/issues/{issue_number}',
      200,
    ],
  ] as const)(
    '%s: is an intent, then made, remembered, settled',
    async (name, intent, args, route, status) => {
      const { hands, log } = world();
      const applied = await apply([steps[name]], memory(), hands);
      expect(log).toEqual([['intend', ...intent], [name, ...args], ['remember'], ['settle', 1]]);
      expect(applied.calls).toEqual([{ route, status }]);
      expect(applied.refused).toEqual([]);
    },
  );

  test('restore: adds what was there before', async () => {
    const { hands, log } = world();
    const applied = await apply([steps.restore], memory(), hands);
    expect(log).toEqual([
      ['intend', 'restore-labels', 'a\nb', 100, now],
      ['add', repository, 100, ['a', 'b']],
      ['remember'],
      ['settle', 1],
    ]);
    expect(applied.calls).toEqual([
      { route: 'POST /repos/{owner}/{repo}/issues/{issue_number}/labels', status: 200 },
    ]);
    expect(applied.refused).toEqual([]);
  });

  test('comes in the order of the plan, each from what is remembered of the one before', async () => {
    const { hands, log, remembered } = world();
    const { calls, memory: after } = await apply([steps.create, steps.add, steps.remove], memory(), hands);
    expect(log.map(([what]) => what)).toEqual([
      'intend',
      'create',
      'remember',
      'settle',
      'intend',
      'add',
      'remember',
      'settle',
      'intend',
      'remove',
      'remember',
      'settle',
    ]);
    expect(calls).toHaveLength(3);
    expect(after).toMatchObject({ comment: { id: 7, at: now }, ourLabels: ['b'] });
    expect(remembered.at(-1)).toEqual(after);
    expect(log.filter(([what]) => what === 'settle')).toEqual([
      ['settle', 1],
      ['settle', 2],
      ['settle', 3],
    ]);
  });

  test('without any, nothing happens', async () => {
    const { hands, log } = world();
    const before = memory();
    expect(await apply([], before, hands)).toEqual({ calls: [], memory: before, refused: [] });
    expect(log).toEqual([]);
  });
});

describe('what is remembered', () => {
  const left = async (
    step: Step,
    given: Partial<Memory> = {},
    how: Parameters<typeof world>[0] = {},
  ): Promise<Memory> => (await apply([step], memory(given), world(how).hands)).memory;

  test('of a comment: where it is, and that its reactions are read in an hour', async () => {
    expect(await left(steps.create)).toMatchObject({ comment: { id: 7, at: now }, due: now + 3_600_000 });
    expect((await left(steps.create)).comment).not.toHaveProperty('node');
    expect((await left(steps.create, {}, { node: 'IC_7' })).comment).toEqual({
      id: 7,
      at: now,
      node: 'IC_7',
    });
  });

  test('of an edit: the comment as it was known, else the one that was found', async () => {
    const known = { id: 7, at: 5 };
    expect((await left(steps.edit, { comment: known })).comment).toBe(known);
    expect((await left(steps.edit)).comment).toEqual({ id: 7, at: now });
  });

  test('of a comment that is gone: to leave the issue alone', async () => {
    const { hands } = world({ gone: true });
    const applied = await apply([steps.edit], memory({ comment: { id: 7, at: 5 } }), hands);
    expect(applied.calls).toEqual([
      { route: 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', status: 404 },
    ]);
    expect(applied.memory).toMatchObject({ comment: null, ignored: true });
    expect(afterCommentDeleted(memory({ comment: { id: 7, at: 5 } }))).toEqual(memory({ ignored: true }));
  });

  test('of labels: which are ours, each once', async () => {
    expect((await left(steps.add, { ourLabels: ['b', 'c'] })).ourLabels).toEqual(['b', 'c', 'a']);
    expect((await left(steps.remove, { ourLabels: ['a', 'b'] })).ourLabels).toEqual(['b']);
    expect((await left(steps.restore, { ourLabels: ['c'] })).ourLabels).toEqual(['c']);
  });

  test('of a close and a reopen: the way back, and that it is final', async () => {
    const closing = { announcedAt: 1, at: 2, of: { repository, number: 42 } };
    expect(await left(steps.close, { closing })).toMatchObject({
      state: 'closed',
      closed: { at: now, of: { repository, number: 42 } },
      closing: null,
    });
    expect(
      await left(steps.reopen, {
        state: 'closed',
        closedAt: 4,
        closed: { at: 4, of: { repository, number: 42 } },
      }),
    ).toMatchObject({
      state: 'open',
      closedAt: null,
      closed: null,
      neverClose: true,
    });
  });

  test('of a reaction: nothing', async () => {
    expect(await left(steps.react)).toEqual(memory());
  });
});

describe('a call that fails', () => {
  test('without an answer leaves its intent open', async () => {
    const error = failing('unknown', 502);
    const { hands, log } = world({ fail: ['add', error] });
    await expect(apply([steps.add], memory(), hands)).rejects.toBe(error);
    expect(log.map(([what]) => what)).toEqual(['intend', 'add']);
  });

  test('of our own making leaves its intent open, too', async () => {
    const { hands, log } = world({ fail: ['add', new TypeError('ours')] });
    await expect(apply([steps.add], memory(), hands)).rejects.toThrow('ours');
    expect(log.map(([what]) => what)).toEqual(['intend', 'add']);
  });

  test.each(['limited', 'forbidden'] as const)(
    'for a while (%s) took no effect, and is tried again',
    async (failure) => {
      const error = failing(failure, 403);
      const { hands, log } = world({ fail: ['add', error] });
      await expect(apply([steps.add, steps.remove], memory(), hands)).rejects.toBe(error);
      expect(log).toEqual([
        ['intend', 'add-labels', 'a\nb', 100, now],
        ['add', repository, 100, ['a', 'b']],
        ['settle', 1],
      ]);
    },
  );

  test('for good is told of, settled once, and the rest goes on', async () => {
    const { hands, log, remembered } = world({ fail: ['add', failing('refused')] });
    const {
      calls,
      memory: after,
      refused,
    } = await apply([steps.add, steps.remove], memory({ ourLabels: ['a'] }), hands);
    expect(calls.map(({ status }) => status)).toEqual([422, 200]);
    expect(refused).toEqual(['POST /x: no']);
    expect(after.ourLabels).toEqual([]);
    expect(log.filter(([what]) => what === 'settle')).toEqual([
      ['settle', 1],
      ['settle', 2],
    ]);
    expect(remembered).toHaveLength(1);
    const mute = world({ fail: ['add', failing('refused', null)] });
    expect((await apply([steps.add], memory(), mute.hands)).calls[0]?.status).toBe(0);
  });

  test.each(['create', 'edit'] as const)(
    'for good where words were to stand (%s) keeps the labels off',
    async (name) => {
      const { hands, log } = world({ fail: [name, failing('refused')] });
      const { calls, refused } = await apply([steps[name], steps.add], memory(), hands);
      expect(calls).toHaveLength(1);
      expect(refused).toHaveLength(1);
      expect(log.some(([what]) => what === 'add')).toBe(false);
    },
  );
});
