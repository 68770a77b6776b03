import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readShippedPacks } from '../../src/adapters/packs/read-packs.ts';
import { groupUnknown } from '../../src/app/history/unknown-failures.ts';
import {
  addToGroups,
  type FailureGroup,
  type FailureGroups,
  type MeanSimilarity,
  noGroups,
} from '../../src/digest/index.ts';
import { addAnalysis, analyse, createIndex } from '../../src/duplicates/index.ts';
import type { Report } from '../../src/model/report.ts';
import { readReport } from '../../src/report/index.ts';
import { createKnowledgeBase } from '../../src/repository/knowledge-base.ts';
import { families } from './families.ts';
import { planted } from './planted.ts';

describe('addToGroups', () => {
  /** Similarities of pairs; a crowd of others is at `crowd` of everything. */
  const world =
    (pairs: Readonly<Record<string, number>>, crowd = 0.01): MeanSimilarity =>
    (numbers) => {
      const like = (a: number, b: number) =>
        a === b ? 1 : (pairs[`${Math.min(a, b)} ${Math.max(a, b)}`] ?? crowd);
      const all = Array.from({ length: 100 }, (_, k) => k + 1);
      return new Map(
        all.map((one) => [one, numbers.reduce((sum, other) => sum + like(one, other), 0) / numbers.length]),
      );
    };
  const arrive = (numbers: readonly number[], likeness: MeanSimilarity): FailureGroups =>
    numbers.reduce((groups, number) => addToGroups(groups, number, likeness), noGroups);

  it('pairs two that are near, then joins by the mean over the group, which may be lower', () => {
    expect(arrive([1, 2], world({ '1 2': 0.19 }))).toEqual({ groups: [], loose: [1, 2] });
    const pair = { '1 2': 0.2 };
    expect(arrive([1, 2], world(pair)).groups).toEqual([{ name: 1, members: [1, 2] }]);
    const joined = arrive([1, 2, 3], world({ ...pair, '1 3': 0.12, '2 3': 0.12 }));
    expect(joined.groups).toEqual([{ name: 1, members: [1, 2, 3] }]);
    expect(addToGroups(joined, 3, world({}))).toBe(joined);
    const apart = arrive([1, 2, 3], world({ ...pair, '1 3': 0.14, '2 3': 0.01 }));
    expect(apart).toEqual({ groups: [{ name: 1, members: [1, 2] }], loose: [3] });
  });

  it('wants more where everybody writes about the same', () => {
    const pairs = { '1 2': 0.3, '1 3': 0.12, '2 3': 0.12 };
    expect(arrive([1, 2, 3], world(pairs, 0.06)).loose).toEqual([3]);
    expect(arrive([1, 2, 3], world(pairs, 0.1)).groups).toEqual([]);
  });

  it('takes in loose reports and groups that are like a group that grew; the older name stays', () => {
    const near = { '1 2': 0.3, '3 4': 0.3, '1 5': 0.2, '2 5': 0.2, '3 5': 0.2, '4 5': 0.2 };
    const between = { '1 3': 0.09, '1 4': 0.09, '2 3': 0.09, '2 4': 0.09 };
    const two = arrive([3, 4, 1, 2], world({ ...near, ...between }));
    expect(two.groups.map(({ name }) => name)).toEqual([3, 1]);
    expect(addToGroups(two, 5, world({ ...near, ...between })).groups).toEqual([
      { name: 1, members: [1, 2, 5, 3, 4], also: [3] },
    ]);
    const late = { '1 2': 0.3, '1 6': 0.1, '2 6': 0.1 };
    expect(arrive([6, 1, 2], world(late)).groups).toEqual([{ name: 1, members: [1, 2, 6] }]);
  });
});

const data = new URL('../../../shared/data/', import.meta.url);
const real = new URL('claude-code-issues.jsonl.gz', data);

interface Raw {
  readonly number: number;
  readonly title: string;
  readonly body: string;
}

describe.skipIf(!existsSync(real))('among 700 real issues (skipped where they are absent)', async () => {
  const { recognise } = createKnowledgeBase(await readShippedPacks()).knowledge(
    ['claude-code'],
    'anthropics/claude-code',
    [],
  );
  // What is skipped is gone through all the same.
  const background = existsSync(real) ? (readLines(gunzipSync(readFileSync(real)).toString()) as Raw[]) : [];

  const understood = new Map<string, { report: Report; signatures: readonly string[] }>();

  it.each([1, 2])('a group of planted reports is found by the tenth, and is theirs (order %i)', (seed) => {
    const { at, last } = stream(
      planted.map((raw, k) => ({ ...raw, number: 100_000 + k })),
      seed,
      [10],
      () => false,
    );
    const tenth = at.get(10);
    expect(tenth?.right).toBeGreaterThanOrEqual(8);
    expect((tenth?.right ?? 0) / (tenth?.all ?? 1)).toBeGreaterThanOrEqual(0.9);
    expect(last.right).toBeGreaterThanOrEqual(20);
    expect(last.right / last.all).toBeGreaterThanOrEqual(0.9);
  });

  it.each(Object.entries(families))('finds %s by the tenth report', (_, reports) => {
    const fresh = reports.map((raw, k) => ({ ...raw, number: 100_000 + k }));
    const { at, last } = stream(fresh, 1, [10], () => false);
    const tenth = at.get(10);
    expect(tenth?.right).toBeGreaterThanOrEqual(5);
    expect((tenth?.right ?? 0) / (tenth?.all ?? 1)).toBeGreaterThanOrEqual(0.9);
    expect(last.right).toBeGreaterThanOrEqual(20);
    expect(last.right / last.all).toBeGreaterThanOrEqual(0.9);
  });

  it.each([1, 2])('without its page the OAuth failure is a group by the fifth report (order %i)', (seed) => {
    const id = 'mcp-oauth-needs-authentication';
    const cases = (
      readLines(readFileSync(new URL('signature-cases.jsonl', data), 'utf8')) as CaseLine[]
    ).filter(({ certainty, signature }) => certainty === 'sure' && signature?.startsWith(id));
    const fresh = cases.map(({ body, title }, k) => ({ number: 100_000 + k, title, body }));
    const numbers = new Set(cases.map(({ number }) => number));
    const { at } = stream(fresh, seed, [5], (found) => found === id, numbers);
    const fifth = at.get(5);
    expect(fifth?.right).toBeGreaterThanOrEqual(4);
    expect((fifth?.right ?? 0) / (fifth?.all ?? 1)).toBeGreaterThanOrEqual(0.8);
  });

  function read(raw: Raw): { report: Report; signatures: readonly string[] } {
    let known = understood.get(raw.title + raw.body);
    if (known === undefined) {
      const report = readReport(raw);
      const sure = recognise(report).filter(({ probability }) => probability >= 0.9);
      known = { report, signatures: sure.map(({ id }) => id) };
      understood.set(raw.title + raw.body, known);
    }
    return known;
  }

  /** Strews `extra` among the real issues; what the best group holds after so many of them, and at the end. */
  function stream(
    extra: readonly Raw[],
    seed: number,
    moments: readonly number[],
    gone: (signature: string) => boolean,
    without: ReadonlySet<number> = new Set(),
  ) {
    const random = generator(seed);
    const issues: Raw[] = background.filter(({ number }) => !without.has(number));
    for (const one of extra) issues.splice(Math.floor(random() * (issues.length + 1)), 0, one);
    const index = createIndex();
    let groups = noGroups;
    let seen = 0;
    const at = new Map<number, { right: number; all: number }>();
    for (const [day, raw] of issues.entries()) {
      const { number } = raw;
      const { report, signatures } = read(raw);
      const filing = { number, author: '', createdAt: day, closedAt: null, report };
      if (signatures.every(gone)) groups = groupUnknown(groups, index, filing);
      addAnalysis(index, analyse(filing));
      if (number < 100_000) continue;
      seen++;
      if (moments.includes(seen)) at.set(seen, best(groups));
    }
    return { at, last: best(groups) };
  }
});

interface CaseLine extends Raw {
  readonly signature: string | null;
  readonly certainty: string;
}

function best({ groups }: FailureGroups): { right: number; all: number } {
  const count = ({ members }: FailureGroup) => ({
    right: members.filter((n) => n >= 100_000).length,
    all: members.length,
  });
  return groups.map(count).toSorted((a, b) => b.right - a.right)[0] ?? { right: 0, all: 0 };
}

function readLines(text: string): unknown[] {
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
}

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
