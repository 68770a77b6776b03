// `npm run race` without its processes: what is asked for, in which order, and what the figures say.
import { describe, expect, it } from 'vitest';
import { readArguments } from '../../bench/race/arguments.ts';
import type { Benchmark, Checkout, Metric } from '../../bench/race/benchmark.ts';
import { compare, spread } from '../../bench/race/compare.ts';
import { createProgress } from '../../bench/race/progress.ts';
import { race } from '../../bench/race/race.ts';
import { readFigure } from '../../bench/race/rows/read-figure.ts';
import { schedule, secondsLeft } from '../../bench/race/schedule.ts';
import { printTable } from '../../bench/race/table.ts';

const less: Metric = { name: 'query', unit: 'ms', better: 'less' };
const more: Metric = { name: 'triaged', unit: 'a second', better: 'more' };

function benchmark(name: string, given: Partial<Benchmark> = {}): Benchmark {
  const measure = async () => ({ query: 1 });
  const [full, quick] = [
    { pairs: 5, seconds: 10 },
    { pairs: 2, seconds: 1 },
  ];
  return { name, metrics: [less], full, quick, measure, ...given };
}

const known = [benchmark('load'), benchmark('query'), benchmark('long', { quick: null })];
const read = (...args: string[]) => readArguments(args, known);
const planned = (...args: string[]) =>
  read(...args).entries.map(({ benchmark: { name }, plan }) => `${name} ${plan.pairs}`);

describe('what is asked for', () => {
  it('is everything against e6f8cd3, five pairs each, when nothing is said', () => {
    expect(read()).toMatchObject({ commit: 'e6f8cd3', quick: false, json: false });
    expect(planned()).toEqual(['load 5', 'query 5', 'long 5']);
  });

  it('is another commit, fewer rows and so many pairs when that is said', () => {
    expect(read('HEAD~2', '--json')).toMatchObject({ commit: 'HEAD~2', json: true });
    expect(planned('HEAD', '--only', 'query,load', '--pairs', '9')).toEqual(['load 9', 'query 9']);
  });

  it('leaves out of a quick race what has no quick form', () => {
    expect(planned('--quick')).toEqual(['load 2', 'query 2']);
    expect(planned('--quick', '--pairs', '1')).toEqual(['load 1', 'query 1']);
  });

  it.each([
    [['a', 'b'], 'one commit too many: "b" (expected npm run race'],
    [['--slow'], "Unknown option '--slow' (expected npm run race"],
    [['--pairs'], "Option '--pairs <value>' argument missing (expected npm run race"],
    [['--pairs', '0'], '--pairs 0 (expected a whole number from 1 to 99)'],
    [['--pairs', '2.5'], '--pairs 2.5 (expected a whole number from 1 to 99)'],
    [['--only', 'query,lod'], '--only lod: no such benchmark (expected some of load, query, long'],
    [['--only', 'long', '--quick'], '--only long: has no quick form (expected it without --quick)'],
  ])('%j is refused with one line', (args, why) => {
    expect(() => read(...args)).toThrow(why);
    expect(() => read(...args)).not.toThrow('\n');
  });
});

describe('the order', () => {
  const [entry] = read('--only', 'query', '--pairs', '3').entries;
  const steps = schedule(entry === undefined ? [] : [entry]);

  it('takes turns in who goes first, after a pair that warms up', () => {
    expect(steps.map(({ pair, side }) => `${pair} ${side}`)).toEqual([
      '0 there',
      '0 here',
      '1 here',
      '1 there',
      '2 there',
      '2 here',
      '3 here',
      '3 there',
    ]);
  });

  it('prepares both before the first pair', () => {
    const prepared = benchmark('query', { prepare: async () => {} });
    const [first, second, third] = schedule([
      { benchmark: prepared, plan: { ...prepared.full, preparing: 30 } },
    ]);
    expect([first, second, third].map((step) => [step?.pair, step?.side, step?.seconds])).toEqual([
      [null, 'there', 30],
      [null, 'here', 30],
      [0, 'there', 10],
    ]);
  });

  it('tells the time left at the pace so far', () => {
    expect(secondsLeft(steps, 0, 0)).toBe(80);
    expect(secondsLeft(steps, 2, 20)).toBe(60);
    expect(secondsLeft(steps, 2, 40)).toBe(120);
    expect(secondsLeft(steps, 8, 99)).toBe(0);
  });

  it('is told on one line of a terminal, on a line each pair elsewhere', () => {
    const printed = (isTTY: boolean) => {
      let text = '';
      const progress = createProgress(steps, { isTTY, write: (more) => (text += more) }, () => 0);
      for (const next of [0, 2, 3, 8]) progress(next);
      return text;
    };
    expect(printed(true).split('\r\u001b[K')).toEqual([
      '',
      'query: warms up (there), 80 s left',
      'query: pair 1 of 3 (here), 0 s left',
      'query: pair 1 of 3 (there), 0 s left',
      '',
    ]);
    expect(printed(false)).toBe('query: warms up, 80 s left\nquery: pair 1 of 3, 0 s left\n');
  });
});

describe('a race', () => {
  const checkouts = {
    there: { name: 'e6f8cd3', root: '/there', scratch: '/there' },
    here: { name: 'here', root: '/here', scratch: '/here' },
  };
  const { signal } = new AbortController();
  const run = (raced: Benchmark, pairs: number) =>
    race(schedule([{ benchmark: raced, plan: { pairs, seconds: 1 } }]), checkouts, {
      quick: false,
      signal,
      progress: () => {},
    });
  const runs = (figures: Readonly<Record<string, readonly (number | null)[]>>): Benchmark => {
    const left = new Map(Object.entries(figures).map(([name, values]) => [name, [...values]]));
    const next = ({ name }: Checkout): number | null => left.get(name)?.shift() ?? null;
    return benchmark('query', { measure: async ({ checkout }) => ({ query: next(checkout) }) });
  };

  it('does not count the pair that warms up, and keeps pairs together', async () => {
    const [row] = await run(runs({ e6f8cd3: [900, 10, 20, 40], here: [1, 10, 10, 60] }), 3);
    expect(row).toMatchObject({
      there: { median: 20, least: 10, most: 40 },
      here: { median: 10, least: 10, most: 60 },
      ratio: 0.5,
      pairwise: 1,
      verdict: 'met',
    });
  });

  it('says where a measurement failed', async () => {
    const failing = benchmark('query', {
      measure: () => Promise.reject(new Error('ended with 1: no index')),
    });
    await expect(run(failing, 1)).rejects.toThrow('query in e6f8cd3: ended with 1: no index');
  });

  it('leaves a row open that no machine of this kind can measure', async () => {
    const [row] = await run(runs({ e6f8cd3: [1, null], here: [1, null] }), 1);
    expect(row).toMatchObject({ there: null, here: null, ratio: null, verdict: 'not measured' });
  });

  it('takes a figure only from a line that was printed', () => {
    expect(readFigure('  triaged 101 a second', /triaged (\d+) a second/)).toBe(101);
    expect(() => readFigure('nothing', /triaged (\d+)/)).toThrow(
      'printed "nothing" (expected /triaged (\\d+)/',
    );
  });
});

describe('the verdict', () => {
  const judged = (metric: Metric, there: number, here: number) => compare(metric, [{ there, here }]).verdict;

  it.each([
    [less, 100, 105, 'met'],
    [less, 100, 106, 'missed'],
    [less, 100, 10, 'met'],
    [more, 100, 95, 'met'],
    [more, 100, 94, 'missed'],
    [more, 100, 900, 'met'],
    [{ ...less, target: 0.5 }, 100, 50, 'met'],
    [{ ...less, target: 0.5 }, 100, 51, 'missed'],
    [{ ...more, target: 2 }, 100, 200, 'met'],
    [{ ...more, target: 2 }, 100, 199, 'missed'],
    [less, 0, 5, 'not measured'],
  ] as const)('of %j from %d to %d is: %s', (metric, there, here, verdict) => {
    expect(judged(metric, there, here)).toBe(verdict);
  });

  it('follows the medians, not the pairs', () => {
    const pairs = [
      { there: 10, here: 30 },
      { there: 20, here: 10 },
      { there: 30, here: 20 },
    ];
    expect(compare(less, pairs)).toMatchObject({ ratio: 1, verdict: 'met' });
    expect(compare(less, pairs).pairwise).toBeCloseTo(2 / 3);
  });

  it('leaves out a pair of which one half is missing', () => {
    const pairs = [
      { there: 10, here: null },
      { there: null, here: 30 },
      { there: 20, here: 20 },
    ];
    expect(compare(less, pairs)).toMatchObject({ there: { median: 20 }, here: { median: 20 } });
  });

  it('takes the mean of the two in the middle for the median of an even number', () => {
    expect(spread([4, 1, 3, 20])).toEqual({ median: 3.5, least: 1, most: 20 });
    expect(spread([])).toBeNull();
  });
});

it('the table has a line for each metric, its figures under their heads', () => {
  const rows = [
    compare(more, [{ there: 101.4, here: 152.1 }]),
    compare({ ...less, target: 0.5 }, [
      { there: 2.934, here: 2.5 },
      { there: 3, here: 2.75 },
    ]),
    compare({ ...less, name: 'memory' }, []),
  ];
  expect(printTable(rows, 'e6f8cd3').split('\n')).toEqual([
    '                            e6f8cd3              here  ratio  pairwise  target',
    'triaged, a second     101 (101–101)     152 (152–152)  1.500     1.500  ≥ 0.95  met',
    'query, ms          2.97 (2.93–3.00)  2.63 (2.50–2.75)  0.885     0.884   ≤ 0.5  missed',
    'memory, ms                        –                 –      –         –  ≤ 1.05  not measured',
  ]);
});
