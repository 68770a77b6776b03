import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../../src/adapters/clock.ts';
import { connectAsPerson } from '../../../src/adapters/github/connect-person.ts';
import { openOrCreateStores, openSqlite } from '../../../src/adapters/open/index.ts';
import { runInThread } from '../../../src/adapters/threads/run-in-thread.ts';
import { sync } from '../../../src/app/history/sync.ts';
import { newIssueState } from '../../../src/model/issue-state.ts';
import type { Store } from '../../../src/ports/store.ts';
import { createHistoryCache } from '../../../src/repository/histories.ts';
import type { RepositoryHistory } from '../../../src/repository/history.ts';
import { type Double, startDouble } from '../../double/double.ts';

const repository = 'acme/tool';
const issues = 10_000;
const pages = Math.ceil(issues / 100);

let double: Double;
let store: Store;
beforeAll(async () => {
  double = await startDouble({ validate: 'off' });
  double.addRepository(repository, { labels: ['area:ui', 'area:net'] });
  for (let at = 0; at < issues; at += 1) {
    const [area, what] =
      at % 2 === 0 ? ['area:ui', 'the button is drawn twice'] : ['area:net', 'the connection times out'];
    double.openIssue({
      repository,
      title: `Case ${at}: ${what}`,
      body: `When I do ${at} ${what}. Secret: ${at === 7 ? `ghp_${'aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dF3hJ5'}` : 'none'}`,
      author: `user-${at % 50}`,
      labels: [area],
    });
  }
  for (let number = 10; number <= 40; number += 10) {
    double.closeIssue(
      { repository, number },
      { by: 'maintainer', reason: 'duplicate', duplicateOf: { repository, number: 2 } },
    );
  }
  ({ store } = await openSqlite({ path: ':memory:', clock: systemClock }));
});
afterAll(async () => {
  await store.close();
  await double.close();
});

test('a sync that is stopped three times reads every issue once, with few calls more than it must', {
  timeout: 120_000,
}, async () => {
  const github = connectAsPerson(double.tokenOf('maintainer'), double.url, systemClock);
  double.resetCalls();
  let history = null;
  for (const stopAfter of [3, 40, 85, Number.POSITIVE_INFINITY]) {
    const stop = new AbortController();
    let read = 0;
    const progress = (done: number): void => {
      read = done;
      if (done >= stopAfter * 100) stop.abort();
    };
    history = await sync(repository, { store, github, compute: runInThread, progress, signal: stop.signal });
    if (history === null) expect(read).toBe(stopAfter * 100);
  }
  expect(history?.index.slots.size).toBe(issues);
  expect([...(history?.clusters.links ?? [])].sort(([a], [b]) => a - b)).toEqual(
    [10, 20, 30, 40].map((number) => [number, 2]),
  );
  expect(double.calls.length).toBeLessThanOrEqual(pages * 1.1);
  // Labels are learned at the end, from the newest pages.
  expect(history?.labels?.labels.map(({ name }) => name).sort()).toEqual(['area:net', 'area:ui']);
});

test('labels that Signpost has set itself teach nothing', async () => {
  const github = connectAsPerson(double.tokenOf('maintainer'), double.url, systemClock);
  const own = await openSqlite({ path: ':memory:', clock: systemClock });
  const author = { login: 'somebody', bot: false };
  // The newest pages teach: all that stands on their network issues is ours.
  for (let number = 2; number <= issues; number += 2) {
    const issue = { repository, number, author, createdAt: 0, state: 'open', closedAt: null } as const;
    await own.store.putIssueState({
      ...newIssueState(issue),
      labels: { added: ['Area:Net'], refused: [], restored: [] },
    });
  }
  const history = await sync(repository, { store: own.store, github, compute: runInThread });
  expect(history?.labels?.labels.map(({ name }) => name)).toEqual(['area:ui']);
  await own.store.close();
});

test('nor do those that it sets while the sync runs', async () => {
  const github = connectAsPerson(double.tokenOf('maintainer'), double.url, systemClock);
  const own = await openSqlite({ path: ':memory:', clock: systemClock });
  const author = { login: 'somebody', bot: false };
  let pagesRead = 0;
  const set: Promise<unknown>[] = [];
  const history = await sync(repository, {
    store: own.store,
    github,
    compute: runInThread,
    progress() {
      pagesRead += 1;
      if (pagesRead !== 2) return;
      for (let number = 2; number <= issues; number += 2) {
        const issue = { repository, number, author, createdAt: 0, state: 'open', closedAt: null } as const;
        set.push(
          own.store.putIssueState({
            ...newIssueState(issue),
            labels: { added: ['area:net'], refused: [], restored: [] },
          }),
        );
      }
    },
  });
  await Promise.all(set);
  expect(history?.labels?.labels.map(({ name }) => name)).toEqual(['area:ui']);
  await own.store.close();
});

test('what the templates ask is not in the index, whether a sync or a restart has read the issue', async () => {
  const forms = 'acme/forms';
  const asked = 'Before you write, turn the crankshaft twice and consult the almanac.';
  double.addRepository(forms, { labels: [] });
  double.setFile(forms, '.github/ISSUE_TEMPLATE/bug.md', `---\nname: Bug\n---\n${asked}\n`);
  const open = (body: string) =>
    double.openIssue({ repository: forms, title: 'Sails tear', body, author: 'reporter', labels: [] });
  open('Canvas frays at noon.');
  open(`${asked}\n\nCanvas frays at noon.`);
  const github = connectAsPerson(double.tokenOf('maintainer'), double.url, systemClock);
  const own = await openSqlite({ path: ':memory:', clock: systemClock });
  const lengths = ({ index }: RepositoryHistory, number: number) =>
    index.documents[index.slots.get(number) ?? Number.NaN]?.lengths;
  const synced = await sync(forms, { store: own.store, github, compute: runInThread });
  if (synced === null) throw new Error('interrupted');
  const plain = lengths(synced, 1);
  expect(plain).toBeDefined();
  expect(lengths(synced, 2)).toEqual(plain);
  const histories = createHistoryCache(own.store, systemClock);
  await histories.put(forms, synced, systemClock.now());
  // What came in while no process ran is read when the past is opened.
  open(`${asked}\n\nCanvas frays at noon.`);
  expect(lengths(await histories.of(forms, github), 3)).toEqual(plain);
  await own.store.close();
});

test('what is useful is there before the end, newest first', async () => {
  const github = connectAsPerson(double.tokenOf('maintainer'), double.url, systemClock);
  const stop = new AbortController();
  const sizes: number[] = [];
  await sync(`${repository}`, {
    store,
    github,
    compute: runInThread,
    signal: stop.signal,
    useful(history) {
      sizes.push(history.index.slots.size);
      expect(history.index.slots.has(issues)).toBe(true);
      if (sizes.length === 2) stop.abort();
    },
  });
  expect(sizes).toEqual([100, 200]);
});

test('a store that nobody has made yet is made, and then found', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'signpost-')), 'new.sqlite');
  for (const value of ['first', 'second']) {
    const opened = await openOrCreateStores(path, systemClock);
    await opened.store.put('key', value);
    expect(await opened.store.get('key')).toBe(value);
    await opened.store.close();
  }
});
