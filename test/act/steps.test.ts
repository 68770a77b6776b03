import { describe, expect, test } from 'vitest';
import {
  addMarker,
  type CurrentIssue,
  findOwnComment,
  isOwnComment,
  readMarker,
  reconcile,
} from '../../src/act/index.ts';
import type { Comment } from '../../src/model/issue.ts';
import type { Action } from '../../src/model/plan.ts';

const app = 'signpost';
const because = 'a test';
const marked = (body: string) => addMarker(body, app);
const empty: CurrentIssue = { labels: [], comment: null, state: 'open' };
const standing = (body: string): CurrentIssue => ({ ...empty, comment: { id: 7, body } });
const steps = (current: CurrentIssue, ...actions: Action[]) =>
  reconcile({ actions, withheld: [] }, current, app);

describe('the calls of a plan', () => {
  const says: Action = { kind: 'comment', body: 'words', because };
  const take: Action = { kind: 'retract', body: 'taken back', because };

  test('make the comment, edit it where it differs, and leave it where it is so already', () => {
    expect(steps(empty, says)).toEqual([{ kind: 'create-comment', body: marked('words'), because }]);
    expect(steps(standing(marked('other')), says)).toEqual([
      { kind: 'edit-comment', id: 7, body: marked('words'), because },
    ]);
    expect(steps(standing('words'), says)).toEqual([
      { kind: 'edit-comment', id: 7, body: marked('words'), because },
    ]);
    expect(steps(standing(marked('words')), says)).toEqual([]);
    expect(steps(standing(marked('  words\n')), says)).toEqual([]);
    expect(steps(standing(marked('words')), { ...says, body: ' words\n' })).toEqual([]);
  });

  test('take back what stands only', () => {
    expect(steps(empty, take)).toEqual([]);
    expect(steps(standing(marked('words')), take)).toEqual([
      { kind: 'edit-comment', id: 7, body: marked('taken back'), because },
    ]);
    expect(steps(standing(marked('taken back')), take)).toEqual([]);
  });

  test.each(['add-labels', 'restore-labels'] as const)(
    'add what is missing in one call, each label once, whatever its case: %s',
    (kind) => {
      const add: Action = { kind, labels: ['Bug', 'area', 'BUG'], because };
      expect(steps(empty, add)).toEqual([{ kind, labels: ['Bug', 'area'], because }]);
      expect(steps({ ...empty, labels: ['bUG'] }, add)).toEqual([{ kind, labels: ['area'], because }]);
      expect(steps({ ...empty, labels: ['bug', 'AREA'] }, add)).toEqual([]);
    },
  );

  test('remove labels one by one, those that are there', () => {
    const remove: Action = { kind: 'remove-labels', labels: ['Bug', 'area', 'bug', 'gone'], because };
    expect(steps({ ...empty, labels: ['BUG', 'area'] }, remove)).toEqual([
      { kind: 'remove-label', label: 'Bug', because },
      { kind: 'remove-label', label: 'area', because },
    ]);
  });

  test('react, close what is open, reopen what is closed', () => {
    const react: Action = { kind: 'react', comment: 9, content: '+1', because };
    const close: Action = { kind: 'close', of: { repository: 'o/r', number: 1 }, id: 11, because };
    const reopen: Action = { kind: 'reopen', because };
    expect(steps(empty, react, close, reopen)).toEqual([react, close]);
    expect(steps({ ...empty, state: 'closed' }, react, close, reopen)).toEqual([react, reopen]);
  });

  test('come in the order of the plan', () => {
    const all = steps(
      { ...empty, labels: ['old'] },
      says,
      { kind: 'add-labels', labels: ['new'], because },
      { kind: 'remove-labels', labels: ['old'], because },
    );
    expect(all.map(({ kind }) => kind)).toEqual(['create-comment', 'add-labels', 'remove-label']);
  });
});

describe('our comment', () => {
  const comment = (id: number, given: Partial<Comment> = {}): Comment => ({
    id,
    body: marked('words'),
    author: { login: 'Signpost[bot]', bot: true },
    app: null,
    association: 'NONE',
    createdAt: 0,
    updatedAt: 0,
    ...given,
  });
  const person = { login: 'somebody', bot: false };

  test('is known by its author, by App or by name, and by the hidden line', () => {
    expect(isOwnComment(comment(1), app)).toBe(true);
    expect(isOwnComment(comment(1, { author: person, app }), app)).toBe(true);
    expect(isOwnComment(comment(1, { author: person }), app)).toBe(false);
    expect(isOwnComment(comment(1, { author: person, app: 'other' }), app)).toBe(false);
    expect(isOwnComment(comment(1, { author: { login: '[bot]', bot: true } }), app)).toBe(false);
    expect(isOwnComment(comment(1, { body: 'words' }), app)).toBe(false);
    expect(isOwnComment(comment(1, { body: addMarker('words', 'other') }), app)).toBe(false);
  });

  test('is the oldest of several', () => {
    expect(findOwnComment([comment(1, { body: 'x' }), comment(2), comment(3)], app)?.id).toBe(2);
    expect(findOwnComment([comment(1, { body: 'x' })], app)).toBeNull();
  });

  test('is read back as it was written, whatever the line ends', () => {
    expect(readMarker('<!-- signpost v12 app=my-app -->\r\na\r\nb')).toEqual({
      version: 12,
      app: 'my-app',
      body: 'a\nb',
    });
    expect(marked('x')).toBe('<!-- signpost v1 app=signpost -->\nx');
    expect(readMarker(' <!-- signpost v1 app=a -->\nx')).toBeNull();
    expect(readMarker('<!-- signpost v1 app=A -->\nx')).toBeNull();
    expect(readMarker('<!-- signpost v1 app=a --> x')).toBeNull();
  });
});
