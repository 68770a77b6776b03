import { describe, expect, test } from 'vitest';
import {
  announces,
  asClosed,
  candidateOf,
  decide,
  type Situation,
  whyNotClose,
} from '../../src/decide/index.ts';
import type { Config } from '../../src/model/config.ts';
import { type SomeState, withSome } from '../issue-states.ts';
import {
  earlier,
  issue,
  issueState,
  now,
  repository,
  root,
  settings,
  situation,
  spoken,
} from './situations.ts';

const day = 86_400_000;
const link = `duplicate:${earlier.id}`;
const acting = (close: Partial<Config['close']> = {}): Config =>
  settings({ mode: 'act', close: { ...settings().close, at: 0.9, ...close } });
const confirmed = issueState({
  comment: spoken,
  findingKeys: [link],
  feedback: { verdicts: [{ finding: link, kind: 'confirmed', at: now }] },
});
const fine = candidateOf(issue());

test('nothing is announced in a comment that only counts reports, or speaks of another bot’s close', () => {
  const roots = new Map([[link, root(42)]]);
  const plan = (given: SomeState) =>
    decide(situation({ config: acting(), findings: [earlier], state: withSome(confirmed, given), roots }));
  expect(plan({}).closing).toMatchObject({ announcedAt: now });
  expect(plan({ ledgerOnly: true })).not.toHaveProperty('closing');
});

describe('an issue may be closed', () => {
  const guard = (given: Partial<typeof fine> = {}, of: SomeState = {}, config = acting()): string | null =>
    whyNotClose({ ...fine, ...given }, withSome(confirmed, of), config);

  test('when a person has confirmed the link and nothing stands against it', () => {
    expect(guard()).toBeNull();
    expect(guard({}, { feedback: { verdicts: [], asserted: [link] } })).toBeNull();
    expect(guard({}, { feedback: { verdicts: [] } }, acting({ confirm: 'none' }))).toBeNull();
  });

  test('never without a word on this very link', () => {
    const nobody = 'nobody has confirmed the link';
    expect(guard({}, { feedback: { verdicts: [] } })).toBe(nobody);
    expect(guard({}, { feedback: { verdicts: [{ finding: link, kind: 'refused', at: now }] } })).toBe(nobody);
    expect(
      guard(
        {},
        { feedback: { verdicts: [{ finding: 'duplicate:acme/tool#9', kind: 'confirmed', at: now }] } },
      ),
    ).toBe(nobody);
    expect(guard({}, { feedback: { verdicts: [], asserted: ['signature:x'] } })).toBe(nobody);
    expect(
      guard(
        {},
        {
          findingKeys: ['signature:x'],
          feedback: { verdicts: [{ finding: 'signature:x', kind: 'confirmed', at: now }] },
        },
      ),
    ).toBe(nobody);
  });

  test.each([
    ['mode is not act', {}, {}, settings({ mode: 'advise' })],
    ['somebody has objected', {}, { close: { vetoed: true } }],
    ['it is to be left alone', {}, { ignored: true }],
    ['the label of the link was taken away', {}, { labels: { refused: ['Possible-Duplicate'] } }],
    ['it is closed', { state: 'closed' }],
    ['it is locked', { locked: true }],
    ['somebody is assigned', { assigned: true }],
    ['it has a milestone', { milestone: true }],
    ['more than 5 thumbs up', { thumbsUp: 6 }],
    ['a label that forbids it', { labels: ['Has Repro'] }],
  ] as const)(
    'never when %s',
    (why, given: Partial<typeof fine>, of: SomeState = {}, config: Config = acting()) => {
      expect(guard(given, of, config)).toBe(why);
    },
  );

  test('with what is no reason', () => {
    expect(
      guard({ thumbsUp: 5, labels: ['bug'] }, { labels: { refused: ['bug'] }, close: { vetoed: false } }),
    ).toBeNull();
  });
});

test('a candidate is read from an issue', () => {
  expect(
    candidateOf(
      issue({
        assignees: ['a'],
        milestone: '1.0',
        labels: ['x'],
        thumbsUp: 2,
        locked: true,
        state: 'closed',
      }),
    ),
  ).toEqual({
    state: 'closed',
    locked: true,
    labels: ['x'],
    thumbsUp: 2,
    assigned: true,
    milestone: true,
  });
  expect(fine).toMatchObject({ assigned: false, milestone: false, state: 'open' });
});

describe('a close is announced', () => {
  const closing = (given: Partial<Situation> = {}): unknown =>
    decide(situation({ findings: [earlier], config: acting(), state: confirmed, ...given })).closing;
  const announced = { announcedAt: now, at: now + 3 * day, of: { repository, number: 42 } };

  test('with its date', () => {
    expect(closing()).toEqual(announced);
    expect(closing({ config: acting({ after: day }) })).toEqual({ ...announced, at: now + day });
  });

  test('once: what stands keeps its date as long as the target is the same', () => {
    const before = { announcedAt: now - day, at: now + day, of: { repository, number: 42 } };
    expect(closing({ state: { ...confirmed, close: { ...confirmed.close, announced: before } } })).toEqual(
      before,
    );
    expect(
      closing({
        state: {
          ...confirmed,
          close: { ...confirmed.close, announced: { ...before, of: { repository, number: 41 } } },
        },
      }),
    ).toEqual(announced);
  });

  test('only when it is sure, at home, onto an open thread, and remembered', () => {
    expect(closing({ config: acting({ at: 0.94 }) })).toBeUndefined();
    expect(closing({ config: acting({ at: 0.93 }) })).toEqual(announced);
    expect(closing({ state: null })).toBeUndefined();
    expect(closing({ findings: [] })).toBeUndefined();
    expect(closing({ roots: new Map() })).toBeUndefined();
    expect(closing({ roots: new Map([[link, root(null)]]) })).toBeUndefined();
    const abroad = root(42);
    const elsewhere = { ...abroad, open: abroad.open && { ...abroad.open, repository: 'other/tool' } };
    expect(closing({ roots: new Map([[link, elsewhere]]) })).toBeUndefined();
    const spelt = { ...abroad, open: abroad.open && { ...abroad.open, repository: 'Acme/Tool' } };
    expect(closing({ roots: new Map([[link, spelt]]) })).toMatchObject({ of: { number: 42 } });
    expect(closing({ issue: issue({ locked: true }) })).toBeUndefined();
    expect(
      closing({ config: acting({ confirm: 'person' }), state: issueState({ comment: spoken }) }),
    ).toBeUndefined();
  });
});

describe('the words of a close', () => {
  const of = { repository, number: 42 };
  const { actions } = decide(situation({ findings: [earlier], config: acting(), state: confirmed }));
  const [comment] = actions;
  const body = comment?.kind === 'comment' ? comment.body : '';

  test('say when, why, and how to stop it', () => {
    expect(body).toContain(
      '**This issue will be closed as a duplicate of #42 on 2026-11-23 12:00 UTC**, because the link was confirmed. A thumbs down on this comment, a reply that says otherwise, or `/signpost not-this` stops that.',
    );
    expect(announces(body, of, issue())).toBe(true);
    expect(announces('**Probably reported before: #42**', of, issue())).toBe(false);
  });

  test('become what has happened, and nothing else changes', () => {
    const closed = asClosed(body, of, issue());
    const notice =
      '**Closed as a duplicate of #42**, as announced. If that is wrong, reply `/signpost reopen`: it is then open again for good.';
    expect(closed).toContain(notice);
    expect(closed).not.toContain('will be closed');
    expect(closed.replace(notice, '')).toBe(body.replace(/\*\*This issue will be closed[^\n]*/, ''));
    expect(announces(closed, of, issue())).toBe(true);
    expect(announces(closed, { repository, number: 43 }, issue())).toBe(false);
    expect(asClosed(body, of, { repository: 'other/one' })).toContain('duplicate of acme/tool#42**');
  });
});
