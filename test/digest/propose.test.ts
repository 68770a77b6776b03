import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { proposeAsPerson } from '../../src/adapters/github/connect-person.ts';
import { pagesFor, readSource, type Source } from '../../src/app/pages/propose.ts';
import { lint, readPack } from '../../src/knowledge/index.ts';
import { compile } from '../../src/match/index.ts';
import { samplesHit } from '../../src/repository/check-samples.ts';
import { type Double, startDouble } from '../double/double.ts';
import { planted } from './planted.ts';

const file = new URL('../../../shared/data/claude-code-issues.jsonl.gz', import.meta.url);

interface Raw {
  readonly number: number;
  readonly title: string;
  readonly body: string;
}

const source = (raw: Raw): Promise<Source> =>
  readSource({ ...raw, author: 'someone', createdAt: raw.number });
const plants = await Promise.all(planted.map((raw, k) => source({ ...raw, number: 100_000 + k })));

describe.skipIf(!existsSync(file))(
  'a drafted page, among 700 real issues (skipped where they are absent)',
  async () => {
    // What is skipped is gone through all the same.
    const text = existsSync(file) ? gunzipSync(readFileSync(file)).toString() : '';
    const lines = text.split('\n').filter(Boolean);
    const background = await Promise.all(lines.map((line) => source(JSON.parse(line) as Raw)));

    it.each([
      [0, 700],
      [7, 700],
      [15, 350],
    ])(
      'lints, and matches reports that it has not seen (ten from the %ith on, %i others)',
      (from, others) => {
        const seen = plants.slice(from, from + 10);
        const unseen = plants.filter((one) => !seen.includes(one));
        const groups = { groups: [{ name: 1, members: seen.map(({ number }) => number) }], loose: [] };
        const [proposal] = pagesFor(groups, [...background.slice(0, others), ...seen], new Set(), 0.9);
        const { file: path = '', text = '' } = proposal?.page ?? {};
        const reading = readPack(
          [{ path, bytes: text }],
          { name: 'a', repository: 'acme/tool', url: null },
          samplesHit,
        );
        expect(lint(reading, samplesHit, null)).toEqual([]);
        const matcher = compile(reading.signatures);
        const hits = (sources: readonly Source[]) =>
          sources.filter(({ report }) => matcher(report).hits.length > 0).length;
        expect(reading.signatures).toHaveLength(1);
        expect(hits(unseen) / unseen.length).toBeGreaterThanOrEqual(0.8);
        expect(hits(background)).toBeLessThanOrEqual(1);
        expect(proposal?.backtest).toContain('past issues these pages would have posted');
      },
      60_000,
    );
  },
);

describe('pagesFor', () => {
  it('drafts nothing for a small group, nor without anything shared', () => {
    const members = plants.slice(0, 4).map(({ number }) => number);
    expect(pagesFor({ groups: [{ name: 1, members }], loose: [] }, plants, new Set(), 0.9)).toEqual([]);
    const all = plants.map(({ number }) => number);
    const copies = plants.map((one) => ({ ...one, number: one.number + 1000 }));
    expect(
      pagesFor({ groups: [{ name: 1, members: all }], loose: [] }, [...plants, ...copies], new Set(), 0.9),
    ).toEqual([]);
  });

  it('takes its title from the message, without what differs and without a name of a person', async () => {
    const titleOf = async (bodies: readonly string[]): Promise<string | undefined> => {
      const members = await Promise.all(
        bodies.map((body, k) =>
          source({
            number: k + 1,
            title: `\u001b[31mReport ${k} of a lathe`,
            body: `${body}\n\nThe lathe hums.`,
          }),
        ),
      );
      const groups = { groups: [{ name: 1, members: members.map(({ number }) => number) }], loose: [] };
      return pagesFor(groups, members, new Set(), 0.9)[0]?.page.draft.title;
    };
    const all = { groups: [{ name: 1, members: plants.map(({ number }) => number) }], loose: [] };
    expect(pagesFor(all, plants, new Set(), 0.9)[0]?.page.draft.title).toBe(
      'WorktreeLockError: index lock of worktree "…" is held by session … (not running)',
    );
    const fence = (line: string) => `\`\`\`\n${line}\n\`\`\``;
    const same = Array.from({ length: 5 }, () => fence('Error: lathe jammed in /home/ann/shop/lathe.cfg'));
    expect(await titleOf(same)).toBe('Error: lathe jammed in ~/shop/lathe.cfg');
    expect(await titleOf(Array.from({ length: 5 }, () => 'The lathe is jammed.'))).toMatch(/^Report 0/);
  });

  it('takes out credentials, and an id that is free', async () => {
    const key = `ghp_${'a1B2c3D4'.repeat(5).slice(0, 36)}`;
    const leaking = await Promise.all(
      planted.map(({ body, title }, k) => source({ number: k + 1, title, body: `${body}\n\ntoken ${key}` })),
    );
    const groups = { groups: [{ name: 1, members: leaking.map(({ number }) => number) }], loose: [] };
    const [first] = pagesFor(groups, leaking, new Set(), 0.9);
    expect(first?.page.text).not.toContain(key);
    const [second] = pagesFor(groups, leaking, new Set([first?.page.draft.id ?? '']), 0.9);
    expect(second?.page.draft.id).toBe(`${first?.page.draft.id}-2`);
  });
});

describe('proposeAsPerson', () => {
  it('opens one pull request for a branch, and takes up what was half done', async () => {
    const double: Double = await startDouble();
    try {
      const repository = 'acme/tool';
      double.addRepository(repository, { files: { 'README.md': 'A tool.' } });
      double.setRole(repository, 'ann', 'write');
      const clock = { now: Date.now, sleep: async () => {}, yield: async () => {} };
      const proposals = proposeAsPerson(double.tokenOf('ann'), double.url, clock);
      const page = {
        branch: 'signpost/new-failure-1',
        path: '.github/signatures/a.md',
        text: 'A page',
        title: 'A',
        body: 'B',
      };
      double.fault({ kind: 'status', status: 502, match: { method: 'POST', path: /\/pulls$/ }, times: 1 });
      await expect(proposals.propose(repository, page)).rejects.toThrow('502');
      const first = await proposals.propose(repository, { ...page, text: 'A better page' });
      expect(first.opened).toBe(true);
      expect(await proposals.propose(repository, page)).toEqual({ url: first.url, opened: false });
      expect(double.deviations).toEqual([]);
    } finally {
      await double.close();
    }
  });
});
