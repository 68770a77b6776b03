import { describe, expect, test } from 'vitest';
import { decide, type Situation } from '../../src/decide/index.ts';
import { issue, issueState, known, now, settings, situation } from './situations.ts';

const held = (given: Partial<Situation>): string | null => {
  const { actions, withheld } = decide(situation({ findings: [known], ...given }));
  if (actions.some(({ kind }) => kind === 'comment')) return null;
  return withheld[0]?.split(': would')[0] ?? 'nothing';
};
const hour = 3_600_000;
const day = 24 * hour;
/** Found within the hour, looked at when this time had passed. */
const waited = (time: number): Partial<Situation> => ({
  issue: issue({ createdAt: now - time }),
  foundAt: now - time + hour,
  installedAt: null,
});

test.each<[string, Partial<Situation>]>([
  ['mode is observe', { config: settings({ mode: 'observe' }) }],
  ['paused by a maintainer', { paused: true }],
  [
    'the author is on the ignore list',
    { config: settings({ ignore: { authors: ['REPORTER'], labels: [] } }) },
  ],
  [
    'a label of the ignore list is set',
    {
      config: settings({ ignore: { authors: [], labels: ['Wontfix'] } }),
      issue: issue({ labels: ['wontFIX'] }),
    },
  ],
  ['braked', { breaker: { all: 'braked', findings: new Map() } }],
  ['opened before Signpost was installed', { installedAt: now - 59_999 }],
  ['the issue is closed', { issue: issue({ state: 'closed' }) }],
  ['the issue is locked', { issue: issue({ locked: true }) }],
  ['a maintainer has answered already', { answered: true }],
  ['seen over an hour after it was opened', { issue: issue({ createdAt: now - hour - 1 }) }],
  ['seen over an hour after it was opened', { ...waited(day), foundAt: now - day + hour + 1 }],
  ['opened over a day ago', waited(day + 1)],
  ['the limit of 60 comments an hour is reached', { recentComments: 60 }],
  [
    'the limit of 2 comments an hour is reached',
    { recentComments: 3, config: settings({ limits: { commentsPerHour: 2 } }) },
  ],
])('%s: nothing is posted', (why, given) => expect(held(given)).toBe(why));

describe('a comment is posted', () => {
  test.each<[string, Partial<Situation>]>([
    ['in act mode', { config: settings({ mode: 'act' }) }],
    [
      'for other authors and labels',
      {
        config: settings({ ignore: { authors: ['other'], labels: ['x'] } }),
        issue: issue({ labels: ['y'] }),
      },
    ],
    ['in the moment of the installation', { installedAt: now - 60_000 }],
    ['without an installation', { installedAt: null }],
    ['within the hour', { issue: issue({ createdAt: now - hour }) }],
    ['within the day, found within the hour', waited(day)],
    ['below the limit', { recentComments: 59 }],
    [
      'when a person asks, however late',
      { asked: true, issue: issue({ createdAt: now - hour - 1 }), installedAt: null },
    ],
    ['when a person asks, after a day', { ...waited(day + 1), asked: true }],
    ['when a person asks, beside a maintainer', { asked: true, answered: true }],
    ['when a person asks, under the brake', { asked: true, breaker: { all: 'braked', findings: new Map() } }],
  ])('%s', (_, given) => expect(held(given)).toBeNull());
});

test('whoever asked for peace is left in peace, though a person asks for a label', () => {
  const { actions, withheld } = decide(situation({ state: issueState({ ignored: true, notice: 'help' }) }));
  expect(actions).toEqual([]);
  expect(withheld[0]).toMatch(/^a maintainer asked for this issue to be left alone: would comment/);
});
