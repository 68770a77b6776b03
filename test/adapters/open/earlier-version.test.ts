import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/adapters/clock.ts';
import { migrateStore, openPostgres, openSqlite } from '../../../src/adapters/open/index.ts';
import { readShippedPacks } from '../../../src/adapters/packs/read-packs.ts';
import { digestOptions, loadDigestInput } from '../../../src/app/digests/digest-input.ts';
import { lastCatchUp } from '../../../src/app/state.ts';
import { quote } from '../../../src/decide/index.ts';
import { readWeek, renderMarkdown, summarise } from '../../../src/digest/index.ts';
import type { Store } from '../../../src/ports/store.ts';
import { loadHistory } from '../../../src/repository/history.ts';
import { createKnowledgeBase } from '../../../src/repository/knowledge-base.ts';
import { createModelCache, readRegistry } from '../../../src/repository/model-registry.ts';
import { createSettingsCache } from '../../../src/repository/settings.ts';
import { lastDigest } from '../../../src/repository/state/digest-state.ts';
import { readState } from '../../../src/repository/state/entry.ts';
import { proposedGroups, savedHistory, unknownGroups } from '../../../src/repository/state/history-state.ts';
import * as repositoryState from '../../../src/repository/state/repository-state.ts';
import { changesReadUntil, syncProgress } from '../../../src/repository/state/sync-state.ts';
import { home, runApp } from '../../app/run-app.ts';
import { createTestClock } from '../../clock.ts';
import { postgresBackend, postgresUrl } from '../store/backends.ts';
import { earlier, others, restoreGitHub, unpackStore } from './earlier-store.ts';

const { names, now } = earlier;
const root = { repository: home, number: 46140 };
const link = `duplicate:${home}#46140`;
const page = 'signature:mcp-oauth-needs-authentication';
const counted = { version: '2.1.210', platform: 'macOS 15.5' };

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signpost-earlier-'));
  path = join(folder, 'signpost.sqlite');
  unpackStore(path);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What each story of that store left, in today's shape. */
async function expectIssueStates(store: Store): Promise<void> {
  const state = (name: string) => store.issueState(home, names[name] ?? 0);
  expect(await store.issueState(home, root.number)).toMatchObject({
    status: 'open',
    author: 'first',
    comment: { id: expect.any(Number), node: expect.any(String) },
    findingKeys: ['ledger:root'],
    ledgerOnly: true,
    root: null,
    labels: { added: ['signature:mcp-oauth-needs-authentication', 'area:auth', 'area:mcp'] },
    reportCount: {
      shown: expect.arrayContaining([{ number: names.counted, ...counted }]),
      countedAs: null,
    },
  });
  expect(await state('closedByUs')).toMatchObject({
    status: 'closed',
    root,
    findingKeys: [link],
    feedback: { asserted: [link], refused: [], verdicts: [], refusalsChecked: 0 },
    close: { announced: null, done: { at: expect.any(Number), of: root }, vetoed: false },
    commands: { done: [expect.any(Number)], hinted: [] },
    reportCount: { shown: null, countedAs: '46140  ' },
    trainingSample: { version: 2, wish: false },
  });
  expect(await state('stopped')).toMatchObject({
    close: { announced: null, done: null, vetoed: true },
    feedback: {
      verdicts: [{ finding: link, kind: 'refused', signal: 'reaction', by: 'other', who: 'NCTp4sY24oU7' }],
      refusalsChecked: 1,
    },
  });
  expect(await state('counted')).toMatchObject({
    facts: counted,
    findingKeys: [page],
    reportCount: { shown: null, countedAs: '46140 2.1.210 macOS 15.5' },
    trainingSample: { rules: ['mcp-oauth-needs-authentication'] },
  });
  expect(await state('refused')).toMatchObject({ feedback: { refused: [page] }, root: null });
  expect(await state('hinted')).toMatchObject({
    notice: 'unknown',
    commands: { done: [], hinted: ['maintainer'] },
  });
  expect(await state('ignored')).toMatchObject({
    ignored: true,
    commands: { done: [expect.any(Number)], hinted: ['stranger'] },
    feedback: { verdicts: [{ kind: 'contradicted', signal: 'command', by: 'maintainer' }] },
  });
  expect(await state('credential')).toMatchObject({
    credentialInComment: true,
    findingKeys: ['secret:in-a-comment', page],
  });
  expect(await state('unlabelled')).toMatchObject({
    comment: null,
    labels: { added: [], refused: ['platform:macos'] },
    trainingSample: null,
  });
  expect(await state('wiped')).toMatchObject({
    deadEnd: { of: null, why: 'none', open: null },
    labels: { restored: ['area:tui', 'has repro'] },
    ledgerOnly: true,
  });
  expect(await state('announcedLate')).toMatchObject({
    close: { announced: { announcedAt: expect.any(Number), at: expect.any(Number), of: root } },
  });
  const late = await state('late');
  expect(late?.poll.due).toBeGreaterThan(0);
  expect(late?.poll.scheduledFor).toBe(late?.poll.due);
  expect(await state('unsettled')).toMatchObject({
    missingComment: { intent: 1, at: expect.any(Number) },
    transfer: { hadComment: false },
    poll: { due: null, scheduledFor: null },
  });
  expect(await store.issueStates(home)).toHaveLength(earlier.issues.length);
  expect(await store.commented(home, 99)).toHaveLength(15);
  expect((await store.due(home, Number.MAX_SAFE_INTEGER, 99)).length).toBeGreaterThan(10);
}

async function expectRepositoryState(store: Store): Promise<void> {
  const read = <T>(entry: Parameters<typeof readState<string, T>>[1]) => readState(store, entry, home);
  const registry = await readRegistry(store, home);
  expect(registry).toMatchObject({
    active: { signatures: 0, links: 0, bars: 1 },
    since: { signatures: 0, links: 0, bars: expect.any(Number) },
    verdictsLearnedFrom: 4,
    versions: [
      { kind: 'bars', version: 1, state: 'activated' },
      { kind: 'bars', version: 2, state: 'rolled back' },
    ],
  });
  const history = await loadHistory(store, home);
  const active = await createModelCache(store).of(home, registry, new Map(), history.duplicates);
  expect(active.thresholds).toEqual(new Map([['duplicate', 0.8]]));
  expect(history.index.slots.size).toBeGreaterThan(5);
  expect(await read(unknownGroups)).toEqual(history.unknown);
  expect(history.unknown.groups.map(({ name }) => name)).toContain(names.unknown1);
  expect(await read(proposedGroups)).toEqual([names.unknown1]);
  expect(await read(repositoryState.openRoots)).toEqual({ 'mcp-oauth-needs-authentication': root });
  expect(await read(repositoryState.resumedAt)).toBeGreaterThan(earlier.start);
  expect(await read(lastDigest)).toEqual({
    week: earlier.week,
    number: expect.any(Number),
    closing: null,
  });
  expect(await read(repositoryState.repositoryFiles)).toMatchObject({
    config: expect.stringContaining('mode: act'),
  });
  expect(await read(savedHistory)).toMatchObject({ generation: expect.any(Number), at: expect.any(Number) });
  expect(await read(syncProgress)).toMatchObject({ pages: 1, done: true });
  expect(await read(changesReadUntil)).toBeGreaterThan(earlier.start);
  expect(await readState(store, repositoryState.reportCountDue, root)).toBeGreaterThan(earlier.start);
  expect(await readState(store, lastCatchUp, undefined)).toMatchObject({ at: expect.any(Number) });
}

async function expectSameDigest(store: Store): Promise<void> {
  const knowledgeBase = createKnowledgeBase(await readShippedPacks());
  const settings = await createSettingsCache(store, knowledgeBase).known(home);
  const week = readWeek(earlier.week);
  if (settings === null || week === null) throw new Error('no settings or no week in the store');
  const input = await loadDigestInput(home, week, settings, { store, github: null });
  expect(renderMarkdown(summarise(input, digestOptions(week, settings.config)), quote)).toBe(earlier.digest);
}

describe('a store of the first version', () => {
  test('opens, and every state in it is read in today’s shape', async () => {
    const { store } = await openSqlite({ path, clock: systemClock });
    await expectIssueStates(store);
    await expectRepositoryState(store);
    await expectSameDigest(store);
    // Written again, it is of today's version.
    for (const state of await store.issueStates(home)) {
      await store.putIssueState(state);
      expect(await store.issueState(home, state.number)).toEqual(state);
    }
    await store.close();
  });

  test.skipIf(postgresUrl === null)('moves to PostgreSQL, and is read there', async () => {
    const backend = postgresBackend();
    const [url, schema] = backend.address;
    await migrateStore({ path }, { url, schema, clock: systemClock });
    const { store, queue } = await openPostgres({ url, schema, clock: systemClock });
    await expectIssueStates(store);
    await expectRepositoryState(store);
    await expectSameDigest(store);
    expect((await queue.depth()).waiting).toBeGreaterThan(20);
    await store.close();
    await backend.destroy();
  });

  test('has its waiting jobs done by today’s App', async () => {
    const clock = createTestClock(200, earlier.start);
    const run = await runApp({
      clock,
      config: earlierConfig,
      store: path,
      others,
      before: (double) => restoreGitHub(double, clock),
    });
    await run.settle();
    const { queue, store } = run.app();
    expect(await queue.dead()).toEqual([]);
    const metrics = await (await fetch(`${run.app().url}/metrics`)).text();
    expect(metrics).toContain('# TYPE signpost_errors_total counter');
    expect(metrics).not.toContain('signpost_errors_total{');
    expect(run.double.deviations).toEqual([]);
    expect(await store.issueState(home, names.refused ?? 0)).toBeNull();
    expect(await store.issueState(home, names.counted ?? 0)).toMatchObject({ comment: null, ignored: true });
    expect(await store.issueState(home, names.announcedLate ?? 0)).toMatchObject({
      status: 'closed',
      close: { announced: null, done: { of: root } },
    });
    expect(await store.repository('anthropics/renamed')).not.toBeNull();
    expect(clock.now()).toBeGreaterThan(now);
    await run.stop();
  });
});

const earlierConfig =
  'mode: act\nguard: true\nledger: { on-root: true }\nclose: { at: 0.9, after: 3d }\nlimits: { comments: 500 per hour }\nduplicates: { related: [acme/tool] }\n';
