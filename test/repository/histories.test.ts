// What a repository's past survives: crashes, another process, a sync beside the server, a deleted issue.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqlite } from '../../src/adapters/open/index.ts';
import type { Issue } from '../../src/model/issue.ts';
import type { Store } from '../../src/ports/store.ts';
import { createHistoryCache, type HistoryCache } from '../../src/repository/histories.ts';
import { addIssue, emptyHistory, type RepositoryHistory } from '../../src/repository/history.ts';

const repository = 'acme/tool';
const start = Date.parse('2026-11-01T00:00:00Z');
const hour = 3_600_000;

let now: number;
let store: Store;
let asked: number[];
let onGitHub: Issue[];
beforeEach(async () => {
  now = start;
  asked = [];
  onGitHub = [];
  ({ store } = await openSqlite({
    path: ':memory:',
    clock: { now: () => now, sleep: async () => {}, yield: async () => {} },
  }));
});
afterEach(() => store.close());

const github = {
  issuesSince: async (_: string, since: number) => {
    asked.push(since);
    return onGitHub.filter(({ updatedAt }) => updatedAt >= since);
  },
};
const aProcess = (): HistoryCache =>
  createHistoryCache(store, { now: () => now, sleep: async () => {}, yield: async () => {} });
const numbers = (history: RepositoryHistory): number[] =>
  [...history.index.slots.keys()].sort((a, b) => a - b);

function issue(number: number): Issue {
  now += 1000;
  const opened: Issue = {
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
  onGitHub.push(opened);
  return opened;
}

async function triaged(process: HistoryCache, number: number): Promise<void> {
  await process.addIssue(issue(number), await process.of(repository, github));
}

async function synced(...known: number[]): Promise<void> {
  const history = emptyHistory();
  for (const number of known) await addIssue(issue(number), history);
  await aProcess().put(repository, history, now);
}

test('what a killed process had learned since the last save is read from GitHub, once', async () => {
  await synced(1, 2);
  now += hour;
  const killed = aProcess();
  await triaged(killed, 3);
  await triaged(killed, 4);
  asked = [];
  now += hour;
  const next = aProcess();
  const [history] = await Promise.all([next.of(repository, github), next.of(repository, github)]);
  expect(numbers(history)).toEqual([1, 2, 3, 4]);
  expect(await next.of(repository, github)).toBe(history);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toBeLessThan(start + hour);
});

test('a repository that moves to another process and back is as the other left it', async () => {
  await synced(1);
  const [one, other] = [aProcess(), aProcess()];
  await triaged(one, 2);
  await triaged(other, 3);
  await triaged(one, 4);
  expect(numbers(await one.of(repository, github))).toEqual([1, 2, 3, 4]);
});

test('a process that stops later does not write over what another has saved', async () => {
  await synced(1);
  const [one, other] = [aProcess(), aProcess()];
  await triaged(one, 2);
  await triaged(other, 3);
  await other.save();
  await one.save();
  onGitHub = [];
  expect(numbers(await aProcess().of(repository, github))).toEqual([1, 2, 3]);
});

test('a sync beside a running server is seen by the server', async () => {
  const server = aProcess();
  await triaged(server, 5);
  await synced(1, 2);
  expect(numbers(await server.of(repository, github))).toEqual(expect.arrayContaining([1, 2]));
});

test('a duplicate mark is kept at once', async () => {
  await synced(1, 2);
  const killed = aProcess();
  const history = await killed.of(repository, github);
  await killed.follow(repository, history, { kind: 'marked', number: 2, of: 1, at: now });
  expect((await aProcess().of(repository, github)).clusters.links.get(2)).toBeDefined();
});

test('an issue that is gone stays gone, in memory and in the store', async () => {
  await synced(1, 2);
  const process = aProcess();
  await process.of(repository, github);
  onGitHub = onGitHub.filter(({ number }) => number !== 2);
  await process.forget(repository, 2);
  expect(numbers(await process.of(repository, github))).toEqual([1]);
  expect(numbers(await aProcess().of(repository, github))).toEqual([1]);
  onGitHub = [];
  await aProcess().forget(repository, 1);
  expect(numbers(await aProcess().of(repository, github))).toEqual([]);
});

test('a past that cannot be completed now is tried again', async () => {
  await synced(1);
  const process = aProcess();
  const down = { issuesSince: () => Promise.reject(new Error('502')) };
  await expect(process.of(repository, down)).rejects.toThrow('502');
  expect(numbers(await process.of(repository, github))).toEqual([1]);
});
