import { expect, test } from 'vitest';
import { wipedLabels } from '../../../src/app/issues/restore-labels.ts';

const closer = 'closer[bot]';

test('only labels of people, taken off with others, by somebody else’s bot, a short time ago', () => {
  const event = (what: 'labeled' | 'unlabeled', label: string, by: string, time: number) => ({
    what,
    label,
    by,
    at: time,
  });
  const wipe = (by: string, set = 'ann', time = 100_000) => [
    event('labeled', 'a', set, 0),
    event('labeled', 'b', set, 0),
    event('unlabeled', 'a', by, time),
    event('unlabeled', 'b', by, time + 1000),
  ];
  const wiped = (events: ReturnType<typeof wipe>, now = 101_000) =>
    wipedLabels({ labels: [], closedAt: null }, events, 'signpost', now);
  expect(wiped(wipe(closer))).toEqual(['a', 'b']);
  expect(wiped(wipe('ann'))).toEqual([]);
  expect(wiped(wipe('signpost[bot]'))).toEqual([]);
  expect(wiped(wipe(closer, closer))).toEqual([]);
  expect(wiped(wipe(closer), 5_000_000)).toEqual([]);
  expect(wiped([...wipe(closer), event('labeled', 'a', 'ann', 102_000)], 103_000)).toEqual(['b']);
});
