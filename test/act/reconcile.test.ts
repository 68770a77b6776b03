import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addMarker,
  type CurrentIssue,
  findOwnComment,
  isOwnComment,
  readMarker,
  reconcile,
  type Step,
} from '../../src/act/index.ts';
import type { Comment } from '../../src/model/issue.ts';
import type { Action, Plan } from '../../src/model/plan.ts';

const app = 'signpost';
const because = 'a test';
const plan = (...actions: Action[]): Plan => ({ actions, withheld: [] });

/** What an issue has after these calls. */
function after(steps: readonly Step[], { comment, labels, state }: CurrentIssue): CurrentIssue {
  let said = comment;
  let now = state;
  let set = [...labels];
  for (const step of steps) {
    if (step.kind === 'create-comment') said = { id: 1, body: step.body };
    if (step.kind === 'edit-comment') said = { id: step.id, body: step.body };
    if (step.kind === 'add-labels') set.push(...step.labels);
    if (step.kind === 'remove-label')
      set = set.filter((label) => label.toLowerCase() !== step.label.toLowerCase());
    if (step.kind === 'close') now = 'closed';
    if (step.kind === 'reopen') now = 'open';
  }
  return { state: now, comment: said, labels: set };
}

function comment(id: number, body: string, given: Partial<Comment> = {}): Comment {
  return {
    id,
    body,
    author: { login: `${app}[bot]`, bot: true },
    app,
    association: 'NONE',
    createdAt: 0,
    updatedAt: 0,
    ...given,
  };
}

describe('the marker', () => {
  test('any body comes back as it was put in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (body) => {
        const plain = body.replaceAll('\r\n', '\n');
        expect(readMarker(addMarker(plain, app))).toEqual({ version: 1, app, body: plain });
      }),
    );
  });

  test('is not read out of the middle of a text', () => {
    expect(readMarker(`> ${addMarker('x', app)}`)).toBeNull();
    expect(readMarker('')).toBeNull();
  });

  test('in a comment of somebody else is not ours', () => {
    const theirs = comment(1, addMarker('x', app), { author: { login: 'mallory', bot: false }, app: null });
    const other = comment(2, addMarker('x', 'other-app'), {
      author: { login: 'other-app[bot]', bot: true },
      app: 'other-app',
    });
    const mine = comment(3, addMarker('x', app));
    expect([theirs, other, mine].map((one) => isOwnComment(one, app))).toEqual([false, false, true]);
    expect(findOwnComment([theirs, other, mine], app)?.id).toBe(3);
  });

  test('is what makes a comment ours, not its prose', () => {
    expect(isOwnComment(comment(1, 'This looks like a known failure'), app)).toBe(false);
  });
});

describe('the smallest set of calls', () => {
  test('is none when all is so already', () => {
    const current = {
      labels: ['Area:MCP'],
      comment: { id: 1, body: addMarker('hello', app) },
      state: 'open' as const,
    };
    const wanted = plan(
      { kind: 'comment', body: 'hello', because },
      { kind: 'add-labels', labels: ['area:mcp'], because },
    );
    expect(reconcile(wanted, current, app)).toEqual([]);
  });

  test('adds all missing labels in one call, and never replaces', () => {
    const wanted = plan({ kind: 'add-labels', labels: ['a', 'b', 'A', 'c'], because });
    expect(reconcile(wanted, { labels: ['b', 'person'], comment: null, state: 'open' }, app)).toEqual([
      { kind: 'add-labels', labels: ['a', 'c'], because },
    ]);
  });

  test('retracts by editing, and does nothing where there is no comment', () => {
    const wanted = plan({ kind: 'retract', body: 'taken back', because });
    expect(reconcile(wanted, { labels: [], comment: null, state: 'open' }, app)).toEqual([]);
    expect(
      reconcile(wanted, { labels: [], comment: { id: 7, body: addMarker('x', app) }, state: 'open' }, app),
    ).toMatchObject([{ kind: 'edit-comment', id: 7 }]);
  });

  test('applying a plan twice equals applying it once', () => {
    const label = fc.constantFrom('a', 'B', 'b', 'c', 'D');
    const action: fc.Arbitrary<Action> = fc.oneof(
      fc.record({ kind: fc.constant('comment' as const), body: fc.string(), because: fc.constant(because) }),
      fc.record({ kind: fc.constant('retract' as const), body: fc.string(), because: fc.constant(because) }),
    );
    const add = fc.record({
      kind: fc.constant('add-labels' as const),
      labels: fc.array(label),
      because: fc.constant(because),
    });
    const remove = fc.record({
      kind: fc.constant('remove-labels' as const),
      labels: fc.constantFrom(['x'], ['y', 'x']),
      because: fc.constant(because),
    });
    const current = fc.record({
      labels: fc.uniqueArray(fc.constantFrom('a', 'C', 'x', 'person')),
      comment: fc.option(
        fc.record({
          id: fc.constant(1),
          body: fc.oneof(
            fc.string().map((text) => addMarker(text, app)),
            fc.string(),
          ),
        }),
      ),
      state: fc.constantFrom('open' as const, 'closed' as const),
    });
    const end = fc.constantFrom<Action>(
      { kind: 'close', of: { repository: 'a/b', number: 1 }, id: 5, because },
      { kind: 'reopen', because },
    );
    fc.assert(
      fc.property(action, add, remove, end, current, (one, two, three, four, now) => {
        const wanted = plan(one, two, three, four);
        const then = after(reconcile(wanted, now, app), now);
        expect(reconcile(wanted, then, app)).toEqual([]);
        expect(then.labels).toEqual(expect.arrayContaining(now.labels.filter((label) => label !== 'x')));
      }),
    );
  });
});
