import { afterEach, describe, expect, it } from 'vitest';
import { postgresUrl } from '../adapters/store/backends.ts';
import { compare } from './compare.ts';
import { type Place, postgresPlace, sqlitePlace } from './databases.ts';
import { runCalm, runStorm } from './runs.ts';

const seed = 5;
const kills = 10;

let place: Place | undefined;
afterEach(async () => {
  await place?.remove();
  place = undefined;
});

const places: (readonly [string, () => Promise<Place>])[] = [['SQLite', async () => sqlitePlace()]];
if (postgresUrl !== null)
  places.push(['PostgreSQL, two processes', () => postgresPlace(postgresUrl ?? '', 2)]);

describe('ten kills in a storm', () => {
  it.each(places)('leave what a calm run leaves: %s', { timeout: 240_000 }, async (_name, open) => {
    place = await open();
    const calm = await runCalm(kills, seed);
    const storm = await runStorm({ kills, seed, place });
    const { lost, doubled, wrong } = compare(calm, storm.ending);
    expect({ lost, doubled, wrong }).toEqual({ lost: [], doubled: [], wrong: [] });
    expect(storm.deliveries).toBeGreaterThan(calm.size);
  });
});

describe('the comparison', () => {
  const ending = (ours: string[], labels: string[]) => new Map([[1, { ours, labels }]]);
  it.each([
    ['lost', ending([], ['bug'])],
    ['lost', ending(['a'], [])],
    ['doubled', ending(['a', 'a'], ['bug'])],
    ['wrong', ending(['b'], ['bug'])],
    ['wrong', ending(['a'], ['area:mcp', 'bug'])],
  ] as const)('sees what is %s', (kind, storm) => {
    const { [kind]: seen, ...others } = compare(ending(['a'], ['bug']), storm);
    expect(seen).toEqual([1]);
    expect(Object.values(others).flat()).toEqual([]);
  });
});
