import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectAsPerson } from '../../src/adapters/github/connect-person.ts';
import { openSqlite } from '../../src/adapters/open/index.ts';
import { readShippedPacks } from '../../src/adapters/packs/read-packs.ts';
import { backfill } from '../../src/app/digests/backfill.ts';
import { digestOptions, loadDigestInput } from '../../src/app/digests/digest-input.ts';
import { summarise } from '../../src/digest/index.ts';
import type { IssueState } from '../../src/model/issue-state.ts';
import { createKnowledgeBase } from '../../src/repository/knowledge-base.ts';
import { createSettingsCache } from '../../src/repository/settings.ts';
import { readState } from '../../src/repository/state/entry.ts';
import { unknownGroups } from '../../src/repository/state/history-state.ts';
import { type Double, startDouble } from '../double/double.ts';
import { planted } from './planted.ts';

const repository = 'acme/tool';
const week = 7 * 86_400_000;
const git =
  'Claude Code on Windows requires git-bash (https://git-scm.com/downloads/win). Git Bash is installed.';

let now: number;
let double: Double;
let close: () => Promise<void>;
let store: Awaited<ReturnType<typeof openSqlite>>['store'];
const clock = { now: () => now, sleep: async () => {}, yield: async () => {} };
beforeEach(async () => {
  now = Date.parse('2026-10-05T12:00:00Z');
  double = await startDouble({ clock });
  double.addRepository(repository);
  ({ store } = await openSqlite({ path: ':memory:', clock }));
  close = async () => {
    await store.close();
    await double.close();
  };
});
afterEach(() => close());

describe('backfill', () => {
  it('fills ledger, memories and groups from the past, once, and writes nothing to GitHub', async () => {
    double.openIssue({ repository, title: 'Long ago', body: git, author: 'old' });
    now += 5 * week;
    const knowledgeBase = createKnowledgeBase(await readShippedPacks());
    // Other reports say which words are common.
    const { signatures } = knowledgeBase.knowledge(['claude-code'], repository, []);
    const others = [...signatures.values()].flatMap(({ samples }) => samples.differs).slice(0, 80);
    for (const { text } of others)
      double.openIssue({ repository, title: text.slice(0, 60), body: text, author: 'other' });
    now += week;
    for (const { body, title } of planted.slice(0, 6))
      double.openIssue({ repository, title, body, author: 'someone' });
    const known = double.openIssue({
      repository,
      title: 'It does not start',
      body: `\`\`\`\n${git}\n\`\`\`\n\nOS: Windows 11 (WSL2)`,
      author: 'eve',
    });
    now += week;
    double.resetCalls();

    const github = connectAsPerson(double.tokenOf('reader'), double.url, clock);
    const settings = await createSettingsCache(store, knowledgeBase).of(repository, github);
    expect(await backfill(repository, now - 3 * week, settings, { store, github })).toEqual({
      read: 87,
      recorded: 87,
    });
    expect(await backfill(repository, now - 3 * week, settings, { store, github })).toEqual({
      read: 87,
      recorded: 0,
    });
    expect(double.calls.every(({ method, path }) => method === 'GET' || path.endsWith('graphql'))).toBe(true);
    expect(await store.issueState(repository, 1)).toBeNull();
    const [entry, ...more] = await store.ledger({ repository, number: known.number });
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ mode: 'observe', calls: [], plan: { actions: [] } });
    const { groups } = await readState(store, unknownGroups, repository);
    expect(groups).toContainEqual({ name: 82, members: [82, 83, 84, 85, 86, 87] });

    const input = await loadDigestInput(repository, '2026-W47', settings, { store, github });
    // Memories keep what was said; the digest counts by system.
    const platformIn = (memories: readonly IssueState[]) =>
      memories.find(({ number }) => number === known.number)?.facts.platform;
    expect(platformIn(await store.issueStates(repository))).toBe('Windows 11 (WSL2)');
    expect(platformIn(input.memories)).toBe('Windows (WSL)');
    const digest = summarise(input, digestOptions('2026-W47', settings.config));
    expect(digest.issues).toMatchObject({ reports: 7, recognised: { reports: 1 } });
    expect(digest.failures.filter(({ reports }) => reports > 0).map(({ id }) => id)).toEqual([
      'windows-git-bash-required',
    ]);
    expect(digest.emerging[0]).toMatchObject({
      name: 82,
      reports: 6,
      proposal: 'possible',
      warning: { lately: 6, usual: 0 },
    });
  });
});
