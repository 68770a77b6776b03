import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWeeks, boundsOf, dueWeeks, readWeek, weekOf } from '../../src/digest/index.ts';

const at = (text: string): number => Date.parse(text);
const hour = 3_600_000;
const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'America/St_Johns',
];
const moments = fc.integer({ min: at('2001-01-01'), max: at('2060-01-01') });

describe('weekOf', () => {
  it.each([
    ['2026-01-01T12:00Z', '2026-W01'],
    ['2025-12-29T00:00Z', '2026-W01'],
    ['2025-12-28T23:59:59.999Z', '2025-W52'],
    ['2027-01-03T12:00Z', '2026-W53'],
    ['2027-01-04T00:00Z', '2027-W01'],
    ['2024-12-30T12:00Z', '2025-W01'],
    ['2021-01-03T12:00Z', '2020-W53'],
  ])('%s is in %s', (moment, week) => {
    expect(weekOf(at(moment), 'UTC')).toBe(week);
  });

  it('asks the calendar of the zone', () => {
    const moment = at('2026-11-22T20:00Z');
    expect(zones.map((zone) => weekOf(moment, zone))).toEqual([
      '2026-W47',
      '2026-W47',
      '2026-W47',
      '2026-W48',
      '2026-W48',
      '2026-W47',
    ]);
  });

  it('lies within its bounds, whose ends meet', () => {
    fc.assert(
      fc.property(moments, fc.constantFrom(...zones), (moment, zone) => {
        const week = weekOf(moment, zone);
        const { from, until } = boundsOf(week, zone);
        expect(from).toBeLessThanOrEqual(moment);
        expect(until).toBeGreaterThan(moment);
        expect(boundsOf(addWeeks(week, 1), zone).from).toBe(until);
        expect(readWeek(week)).toBe(week);
      }),
    );
  });
});

describe('boundsOf', () => {
  it.each([
    ['2026-W13', 'Europe/Berlin', 167],
    ['2026-W43', 'Europe/Berlin', 169],
    ['2026-W10', 'America/New_York', 167],
    ['2026-W44', 'America/New_York', 169],
    ['2026-W13', 'UTC', 168],
  ] as const)('%s in %s has %i hours', (week, zone, hours) => {
    const { from, until } = boundsOf(week, zone);
    expect((until - from) / hour).toBe(hours);
  });

  it('begins with the first moment of a Monday that has no midnight', () => {
    // In Beirut clocks go from 00:00 to 01:00 on the last Sunday of March; in Havana too, on a Sunday in March.
    const { from } = boundsOf('2026-W13', 'Asia/Beirut');
    expect(weekOf(from, 'Asia/Beirut')).toBe('2026-W13');
    expect(weekOf(from - 1, 'Asia/Beirut')).toBe('2026-W12');
  });
});

describe('readWeek', () => {
  it.each(['2026-W54', '2025-W53', '2026-W00', '2026W47', 'W47', '2026-W4', '2026-W047', ''])(
    'takes no %j',
    (text) => expect(readWeek(text)).toBeNull(),
  );
});

describe('dueWeeks', () => {
  const monday = { weekday: 1, hour: 9, minute: 0, zone: 'Europe/Berlin' };

  it('is last week’s, from the configured time on', () => {
    expect(dueWeeks(at('2026-11-23T07:59:59Z'), monday, '2026-W46')).toEqual([]);
    expect(dueWeeks(at('2026-11-23T08:00:00Z'), monday, '2026-W46')).toEqual(['2026-W47']);
    expect(dueWeeks(at('2026-11-23T08:00:00Z'), monday, '2026-W47')).toEqual([]);
  });

  it('comes with the first of two equal times, and behind a jump that skips its time', () => {
    const sunday = { weekday: 7, hour: 2, minute: 30, zone: 'Europe/Berlin' };
    expect(dueWeeks(at('2026-10-25T00:29:59Z'), sunday, '2026-W41')).toEqual([]);
    expect(dueWeeks(at('2026-10-25T00:30:00Z'), sunday, '2026-W41')).toEqual(['2026-W42']);
    expect(dueWeeks(at('2026-03-29T01:29:59Z'), sunday, '2026-W11')).toEqual([]);
    expect(dueWeeks(at('2026-03-29T01:30:00Z'), sunday, '2026-W11')).toEqual(['2026-W12']);
  });

  it('follows the clock of the zone over a change', () => {
    expect(dueWeeks(at('2026-07-20T06:59:59Z'), monday, '2026-W28')).toEqual([]);
    expect(dueWeeks(at('2026-07-20T07:00:00Z'), monday, '2026-W28')).toEqual(['2026-W29']);
  });

  it('starts with the last week that is over', () => {
    expect(dueWeeks(at('2026-11-25T12:00Z'), monday, null)).toEqual(['2026-W47']);
    expect(dueWeeks(at('2026-11-23T06:00Z'), monday, null)).toEqual(['2026-W46']);
  });

  it('makes up for weeks that were missed, oldest first, over a year’s end', () => {
    expect(dueWeeks(at('2027-01-12T12:00Z'), monday, '2026-W52')).toEqual(['2026-W53', '2027-W01']);
    expect(dueWeeks(at('2026-11-23T12:00Z'), monday, '2026-W10')).toEqual([
      '2026-W44',
      '2026-W45',
      '2026-W46',
      '2026-W47',
    ]);
  });

  it('waits for the weekday', () => {
    const friday = { weekday: 5, hour: 16, minute: 30, zone: 'UTC' };
    expect(dueWeeks(at('2026-11-27T16:29Z'), friday, '2026-W45')).toEqual(['2026-W46']);
    expect(dueWeeks(at('2026-11-27T16:30Z'), friday, '2026-W46')).toEqual(['2026-W47']);
  });
});
