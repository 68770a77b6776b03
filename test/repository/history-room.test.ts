// What becomes of histories that have no room in memory: they are saved, and found again as they were.
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqlite } from '../../src/adapters/open/index.ts';
import type { Issue } from '../../src/model/issue.ts';
import { seededRandom } from '../../src/numerics/random.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Store } from '../../src/ports/store.ts';
import { createHistoryCache, type HistoryCache } from '../../src/repository/histories.ts';
import type { RepositoryHistory } from '../../src/repository/history.ts';

/** Ten small histories, each of which counts as thirty issues. */
const room = 300;
const repositories = Array.from({ length: 100 }, (_, i) => `acme/tool-${i}`);
/** Nothing is read from GitHub again: what is not saved is lost. */
const github = { issuesSince: async () => [] };

let now: number;
const clock: Clock = { now: () => now, sleep: async () => {}, yield: async () => {} };
let store: Store;
let histories: HistoryCache;
beforeEach(async () => {
  now = Date.parse('2026-11-01T00:00:00Z');
  ({ store } = await openSqlite({ path: ':memory:', clock }));
  histories = createHistoryCache(store, clock, room);
});
afterEach(() => store.close());

function issue(repository: string, number: number): Issue {
  now += 1000;
  return {
    repository,
    number,
    id: number,
    title: `The pump of tank ${number} exploded`,
    body: 'At noon, as always.',
    author: { login: 'someone', bot: false },
    labels: [],
    state: 'open',
    stateReason: null,
    locked: false,
    pullRequest: false,
    assignees: [],
    milestone: null,
    comments: 0,
    thumbsUp: 0,
    createdAt: now,
    updatedAt: now,
    closedAt: null,
  };
}

async function addTo(repository: string, number: number): Promise<RepositoryHistory> {
  const history = await histories.of(repository, github);
  await histories.addIssue(issue(repository, number), history);
  return history;
}

async function numbersOf(repository: string, of = histories): Promise<number[]> {
  return [...(await of.of(repository, github)).index.slots.keys()].sort((a, b) => a - b);
}

/** Uses so many other histories that none before has room. */
async function crowdOut(): Promise<void> {
  for (const repository of repositories.slice(-10)) await histories.of(repository, github);
}

test('of a hundred repositories ten are in memory, and what was added to the others is found again', async () => {
  const handed = new Map<string, WeakRef<RepositoryHistory>>();
  for (const number of [1, 2])
    for (const repository of repositories)
      handed.set(repository, new WeakRef(await addTo(repository, number)));
  setFlagsFromString('--expose-gc');
  const collectGarbage: () => void = runInNewContext('gc');
  await setTimeout(1);
  collectGarbage();
  const inMemory = repositories.filter((repository) => handed.get(repository)?.deref() !== undefined);
  expect(inMemory).toEqual(repositories.slice(-10));
  for (const repository of repositories) expect(await numbersOf(repository)).toEqual([1, 2]);
});

test('a history that somebody still uses is not opened a second time, and what joins it then is kept', async () => {
  const [repository = ''] = repositories;
  const inUse = await addTo(repository, 1);
  await crowdOut();
  expect(await histories.of(repository, github)).toBe(inUse);
  await crowdOut();
  await histories.addIssue(issue(repository, 2), inUse);
  await crowdOut();
  // Another process sees what was saved.
  expect(await numbersOf(repository, createHistoryCache(store, clock))).toEqual([1, 2]);
});

test('an issue that is erased leaves a history that has made room, too', async () => {
  const [repository = ''] = repositories;
  const inUse = await addTo(repository, 1);
  await crowdOut();
  await histories.forget(repository, 1);
  expect(inUse.index.slots.has(1)).toBe(false);
  expect(await numbersOf(repository)).toEqual([]);
  expect(await numbersOf(repository, createHistoryCache(store, clock))).toEqual([]);
});

test('a history that cannot be saved stays in memory, and is saved when that can be done again', async () => {
  const full = repositories.slice(0, 10);
  for (const repository of full) await addTo(repository, 1);
  const { putBlob } = store;
  store.putBlob = () => Promise.reject(new Error('disk full'));
  await expect(histories.of('acme/one-more', github)).rejects.toThrow('disk full');
  for (const repository of full) expect(await numbersOf(repository)).toEqual([1]);
  store.putBlob = putBlob;
  await crowdOut();
  for (const repository of full)
    expect(await numbersOf(repository, createHistoryCache(store, clock))).toEqual([1]);
});

test('jobs at the same time, on a slow store, lose no issue and never see two of one history', async () => {
  const { putBlob } = store;
  store.putBlob = async (...args) => {
    await setTimeout(2);
    await putBlob(...args);
  };
  const chance = seededRandom(24);
  const inUse = new Map<string, { history: RepositoryHistory; jobs: number }>();
  const added = new Map(repositories.map((repository) => [repository, new Set<number>()]));
  const some = repositories.slice(0, 30);
  let number = 0;
  const work = async (): Promise<void> => {
    while (number < 300) {
      number += 1;
      const own = number;
      const repository = some[Math.floor(chance() * some.length)] ?? '';
      const history = await histories.of(repository, github);
      const others = inUse.get(repository);
      if (others !== undefined) expect(history).toBe(others.history);
      inUse.set(repository, { history, jobs: (others?.jobs ?? 0) + 1 });
      await setTimeout(Math.floor(chance() * 3));
      await histories.addIssue(issue(repository, own), history);
      added.get(repository)?.add(own);
      const after = inUse.get(repository);
      if (after === undefined || after.jobs === 1) inUse.delete(repository);
      else inUse.set(repository, { history, jobs: after.jobs - 1 });
    }
  };
  await Promise.all(Array.from({ length: 6 }, work));
  await histories.save();
  const later = createHistoryCache(store, clock);
  for (const repository of some)
    expect(await numbersOf(repository, later)).toEqual(
      [...(added.get(repository) ?? [])].sort((a, b) => a - b),
    );
});
