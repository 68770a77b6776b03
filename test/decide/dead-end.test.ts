import { describe, expect, test } from 'vitest';
import { decide, type Situation } from '../../src/decide/index.ts';
import type { DeadEnd } from '../../src/model/issue-state.ts';
import type { Plan } from '../../src/model/plan.ts';
import {
  issue,
  issueState,
  known,
  now,
  pump,
  repository,
  settings,
  situation,
  spoken,
} from './situations.ts';

const closed = issue({ state: 'closed', stateReason: 'duplicate' });
const config = settings({ guard: true });
const deadEnd: DeadEnd = { of: null, why: 'none', open: null };
const noticed = issueState({ deadEnd });
const standing = issueState({ deadEnd, comment: spoken, findingKeys: ['guard:dead-end'], ledgerOnly: true });
const breaker = { all: 'braked', findings: new Map() };
const plan = (given: Partial<Situation> = {}): Plan =>
  decide(situation({ config, issue: closed, state: noticed, ...given }));
const at = (number: number, name = repository) => ({ repository: name, number });

describe('where another bot closed an issue onto a dead end, our comment says so', () => {
  test.each<[string, string, DeadEnd]>([
    [
      'a duplicate**, and named no issue that it would duplicate',
      'No open thread of it is known.',
      { of: null, why: 'none', open: null },
    ],
    [
      'a duplicate of #7**, and that one leads back to this issue',
      'No open thread of it is known.',
      { of: at(7), why: 'circular', open: null },
    ],
    [
      'a duplicate of #7**, which is closed itself',
      'The open thread of it is #3.',
      { of: at(7), why: 'closed', open: at(3) },
    ],
    [
      'a duplicate of other/tool#7**, which is locked',
      'The open thread of it is other/tool#3.',
      { of: at(7, 'other/tool'), why: 'locked', open: at(3, 'other/tool') },
    ],
    [
      'a duplicate of #700**, which was opened later than this one',
      'No open thread of it is known.',
      { of: at(700), why: 'younger', open: null },
    ],
    [
      'a duplicate of #7**, which is a pull request',
      'No open thread of it is known.',
      { of: at(7), why: 'pull request', open: null },
    ],
  ])('%s. %s', (onto, thread, end) => {
    const why = `another bot closed it as ${onto.replace('**', '')}, and guard is set`;
    expect(plan({ state: issueState({ deadEnd: end }) })).toEqual({
      actions: [
        {
          kind: 'comment',
          body: `**Another bot closed this as ${onto}. ${thread}\n\n<details><summary>Why this comment</summary>\n\n- ${why}\n\n</details>\n\nNot your problem? Reply \`/signpost not-this\` and this is taken back.`,
          because: why,
        },
      ],
      withheld: [],
      ledgerOnly: true,
    });
  });

  test.each<[string, Partial<Situation>]>([
    ['nobody asked for it', { config: settings() }],
    ['the bot is not known to have closed it', { state: issueState() }],
    ['nothing is remembered of it', { state: null }],
    ['it is open', { issue: issue() }],
    ['it is locked', { issue: { ...closed, locked: true } }],
    ['it is to be left alone', { state: { ...noticed, ignored: true } }],
    [
      'a person took it away',
      { state: { ...noticed, feedback: { ...noticed.feedback, refused: ['guard:dead-end'] } } },
    ],
    ['it was opened before the installation', { installedAt: closed.createdAt + 1 }],
    ['the brake is on', { breaker }],
    ['the limit is reached', { recentComments: 60 }],
  ])('not where %s', (_, given) => {
    expect(plan(given)).toEqual({ actions: [], withheld: [] });
  });

  test.each<[string, Partial<Situation>]>([
    [
      'another thing was refused',
      { state: { ...noticed, feedback: { ...noticed.feedback, refused: ['signature:x'] } } },
    ],
    ['it was opened in the moment of the installation', { installedAt: closed.createdAt }],
    ['there is no installation', { installedAt: null }],
    ['one more comment may be written', { recentComments: 59 }],
    ['it stands, and the brake is on', { state: standing, breaker }],
    ['it stands, and the limit is reached', { state: standing, recentComments: 60 }],
  ])('where %s', (_, given) => {
    const { actions, ledgerOnly, withheld } = plan(given);
    expect(actions.map(({ kind }) => kind)).toEqual(['comment']);
    expect(ledgerOnly).toBe(true);
    expect(withheld).toEqual([]);
  });

  test('and nothing else, in what is said first', () => {
    const made = plan({ findings: [known] });
    expect(made.actions.map(({ because }) => because)).toEqual([
      'another bot closed it as a duplicate, and named no issue that it would duplicate, and guard is set',
      expect.stringMatching(/^signature pump-exploded/),
    ]);
    expect(made.actions[1]?.kind).toBe('add-labels');
    expect(made.ledgerOnly).toBe(true);
  });

  test('beside what our comment said before', () => {
    const said = issueState({ deadEnd, comment: spoken, findingKeys: [`signature:${pump.id}`] });
    const made = plan({ findings: [known], state: said });
    expect(made.actions[0]?.because).toMatch(/^signature pump-exploded, .*; another bot closed it/);
    expect(made).not.toHaveProperty('ledgerOnly');
  });
});

describe('once the issue is open again', () => {
  const open = (given: Partial<Situation>): Plan =>
    plan({ issue: issue({ createdAt: now - 200_000_000 }), ...given });

  test('that is taken back', () => {
    expect(open({ state: { ...standing, deadEnd: null } })).toEqual({
      actions: [
        {
          kind: 'retract',
          body: 'This issue is open again; what stood here of its close no longer holds.',
          because: 'it is open again after another bot’s close',
        },
      ],
      withheld: [],
    });
  });

  test('together with a count that nothing is left of', () => {
    const both = issueState({ comment: spoken, findingKeys: ['ledger:root', 'guard:dead-end'] });
    expect(open({ state: both }).actions[0]?.because).toBe('it is open again after another bot’s close');
  });

  test('in other words where it was not alone', () => {
    const both = issueState({ comment: spoken, findingKeys: ['guard:dead-end', `signature:${pump.id}`] });
    expect(open({ state: both }).actions[0]?.because).toBe('the finding no longer holds');
  });
});
