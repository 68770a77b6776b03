import { describe, expect, test } from 'vitest';
import {
  applyInstruction,
  type Instruction,
  interpretCommand,
  isPermitted,
  readCommands,
  receivesHints,
} from '../../src/learn/index.ts';
import { type SomeState, withSome } from '../issue-states.ts';
import { commented } from './issue-states.ts';

const names = (body: string): string[] =>
  readCommands(body).map(({ name, argument }) => (argument === '' ? name : `${name} ${argument}`));

describe('commands are read', () => {
  test.each([
    ['/signpost not-this', ['not-this']],
    ['  /SIGNPOST  Not-This  ', ['not-this']],
    ['/signpost', ['help']],
    ['/signpost duplicate  #12', ['duplicate #12']],
    ['see ``` here\n/signpost help', ['help']],
    ['/signpost\tduplicate\t#12', ['duplicate #12']],
    ['/signpost duplicate owner/name#12  ', ['duplicate owner/name#12']],
    ['Hello.\r\n/signpost recheck\r\nThanks', ['recheck']],
    ['/signpost help\n/signpost recheck', ['help', 'recheck']],
    ['   /signpost help', ['help']],
    [`/signpost x ${'y'.repeat(201)}`, [`x ${'y'.repeat(201)}`]],
    [`/signpost ${'x'.repeat(40)}`, ['x'.repeat(40)]],
    ['```\ncode\n```\n/signpost help', ['help']],
    ['~~~~\n~~~\n```\n~~~~\n/signpost help', ['help']],
    ['```\n````\n/signpost help', ['help']],
    ['   ```sh\n/signpost pause\n   ```\n/signpost help', ['help']],
    ['<!-- a note -->\n/signpost help', ['help']],
    ['<!-- a\nnote -->\n/signpost help', ['help']],
    ['text --> more <!-- a --> /x\n/signpost help', ['help']],
  ])('%j: %j', (body, expected) => expect(names(body)).toEqual(expected));

  test.each([
    ['> /signpost not-this'],
    ['    /signpost not-this'],
    ['please /signpost not-this'],
    ['/signposts help'],
    ['/signpost-help'],
    ['/signpost help!'],
    ['/ signpost help'],
    ['`/signpost help`'],
    ['```\n/signpost help\n```'],
    ['```\n/signpost help'],
    ['~~~\n/signpost help\n```\n/signpost pause'],
    ['````\n```\n/signpost help\n````'],
    ['```\n``` sh\n/signpost help'],
    ['<!-- /signpost help -->'],
    ['<!--\n/signpost help\n-->'],
    ['<!-- a\nb\n/signpost help\n-->'],
    ['before <!-- open\n/signpost help'],
    ['<!-- a --> <!-- b\n/signpost help'],
    [`/signpost x ${'y'.repeat(202)}`],
    [`/signpost ${'x'.repeat(41)}`],
    [''],
  ])('%j: none', (body) => expect(names(body)).toEqual([]));

  test('ten at most, and none beyond what is read', () => {
    expect(names('/signpost help\n'.repeat(12))).toHaveLength(10);
    expect(names('/signpost help\n'.repeat(10))).toHaveLength(10);
    expect(names(`${'x\n'.repeat(32_768)}/signpost help`)).toEqual([]);
    expect(names(`${'x'.repeat(65_500)}\n/signpost help`)).toEqual(['help']);
  });
});

describe('an order', () => {
  const place = {
    repository: 'Acme/Tool',
    number: 5,
    signature: (name: string) => (name === 'leak' ? 'the-leak' : null),
  };
  const read = (name: string, argument = '') => interpretCommand({ name, argument }, place);

  test.each(['not-this', 'recheck', 'reopen', 'help', 'not-duplicate', 'ignore', 'pause', 'resume'])(
    '%s',
    (name) => {
      expect(read(name)).toEqual({ do: name });
    },
  );

  test.each([
    ['#12', 'Acme/Tool', 12],
    ['other/one#7', 'other/one', 7],
    ['https://github.com/other/one/issues/789', 'other/one', 789],
    ['https://github.example.org/other/one/issues/7?x=1', 'other/one', 7],
    ['https://github.com/o.t/o-n_e/issues/7#issuecomment-1', 'o.t/o-n_e', 7],
    ['https://github.com/other/one/issues/7/', 'other/one', 7],
    ['other/tool#5', 'other/tool', 5],
  ])('duplicate %s', (argument, repository, number) => {
    expect(read('duplicate', argument)).toEqual({ do: 'duplicate', of: { repository, number } });
  });

  test.each([
    '',
    '12',
    '#',
    '#x',
    '#0',
    '#1234567890',
    '#12 or so',
    'one#7',
    'a/b/c#7',
    'http://github.com/a/b/issues/7',
    'https://github.com/a/b/pull/7',
    'https://github.com/a/b/issues/x',
    'https://github.com/a/b/issues/7x',
    'x https://github.com/a/b/issues/7',
    '#5',
    'acme/tool#5',
    'ACME/TOOL#5',
  ])('duplicate %j is hinted at', (argument) =>
    expect(read('duplicate', argument)).toEqual({ hint: 'duplicate' }),
  );

  test('signature by id or alias, in any case', () => {
    expect(read('signature', 'LEAK')).toEqual({ do: 'signature', id: 'the-leak' });
    expect(read('signature', 'other')).toEqual({ hint: 'signature' });
    expect(read('signature')).toEqual({ hint: 'signature' });
  });

  test('that does not exist is hinted at', () => {
    expect(read('retract')).toEqual({ hint: 'unknown' });
    expect(read('')).toEqual({ hint: 'unknown' });
  });
});

const orders: readonly Instruction[] = [
  { do: 'not-this' },
  { do: 'recheck' },
  { do: 'reopen' },
  { do: 'help' },
  { do: 'not-duplicate' },
  { do: 'ignore' },
  { do: 'pause' },
  { do: 'resume' },
  { do: 'duplicate', of: { repository: 'a/b', number: 1 } },
  { do: 'signature', id: 'x' },
];

test('who may order what', () => {
  const may = (asker: Parameters<typeof isPermitted>[1]) =>
    orders.filter((order) => isPermitted(order, asker)).map((order) => order.do);
  expect(may('maintainer')).toEqual(orders.map((order) => order.do));
  expect(may('reporter')).toEqual(['not-this', 'recheck', 'reopen', 'help']);
  expect(may('other')).toEqual([]);
  expect([receivesHints('maintainer'), receivesHints('reporter'), receivesHints('other')]).toEqual([
    true,
    true,
    false,
  ]);
});

describe('what is remembered of an order', () => {
  const before = commented(1, {
    findingKeys: ['signature:leak', 'duplicate:a/b#2', 'secret:token', 'missing:version'],
    feedback: { asserted: ['signature:named'], refused: ['signature:old'] },
    notice: 'unknown',
  });
  const left = (
    order: Instruction,
    given: SomeState = {},
    asker: Parameters<typeof isPermitted>[1] = 'maintainer',
  ) => applyInstruction(order, withSome(before, given), asker);

  test('not-this refuses all that was said, but a credential stays one', () => {
    expect(left({ do: 'not-this' })).toEqual({
      ...before,
      feedback: {
        ...before.feedback,
        asserted: [],
        refused: ['signature:old', 'signature:leak', 'duplicate:a/b#2', 'missing:version', 'signature:named'],
      },
      notice: null,
    });
  });

  test('not-this of a reporter leaves what a maintainer named', () => {
    const {
      feedback: { asserted, refused },
    } = left({ do: 'not-this' }, { findingKeys: ['signature:named', 'signature:leak'] }, 'reporter');
    expect(asserted).toEqual(['signature:named']);
    expect(refused).toEqual(['signature:old', 'signature:leak']);
    const bare = withSome(before, { feedback: { asserted: [] } });
    expect(applyInstruction({ do: 'not-this' }, bare, 'reporter').feedback.asserted).toEqual([]);
    expect(applyInstruction({ do: 'not-this' }, bare, 'reporter').feedback.refused).toHaveLength(4);
  });

  test('not-duplicate refuses every link', () => {
    expect(
      left({ do: 'not-duplicate' }, { feedback: { asserted: ['signature:named', 'duplicate:a/b#9'] } }),
    ).toMatchObject({
      feedback: { asserted: ['signature:named'], refused: ['signature:old', 'duplicate:*'] },
      notice: null,
    });
  });

  test('duplicate and signature name it in place of another, and end a refusal and a silence', () => {
    const given = {
      feedback: {
        asserted: ['signature:named', 'duplicate:a/b#9'],
        refused: ['duplicate:a/b#1', 'duplicate:*', 'signature:x', 'signature:*', 'signature:old'],
      },
      ignored: true,
    };
    expect(left({ do: 'duplicate', of: { repository: 'a/b', number: 1 } }, given)).toMatchObject({
      feedback: {
        asserted: ['signature:named', 'duplicate:a/b#1'],
        refused: ['signature:x', 'signature:*', 'signature:old'],
      },
      ignored: false,
      notice: null,
    });
    expect(left({ do: 'signature', id: 'x' }, given)).toMatchObject({
      feedback: {
        asserted: ['duplicate:a/b#9', 'signature:x'],
        refused: ['duplicate:a/b#1', 'duplicate:*', 'signature:old'],
      },
      ignored: false,
    });
  });

  test('ignore leaves it alone, and recheck of a maintainer ends that', () => {
    expect(left({ do: 'ignore' })).toMatchObject({ ignored: true, notice: null });
    expect(left({ do: 'recheck' }, { ignored: true }).ignored).toBe(false);
    expect(left({ do: 'recheck' }, { ignored: true }, 'reporter').ignored).toBe(true);
    expect(left({ do: 'recheck' }).notice).toBe('unknown');
  });

  test('help is answered', () => {
    expect(left({ do: 'help' })).toEqual({ ...before, notice: 'help' });
  });

  test.each(['pause', 'resume', 'reopen'] as const)('%s changes nothing of the issue', (name) => {
    expect(left({ do: name })).toEqual(before);
  });
});
