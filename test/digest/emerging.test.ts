import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Group, type Groups, noGroups, place, prune } from '../../src/digest/index.ts';
import { addAnalysis, analyse, createIndex } from '../../src/duplicates/index.ts';
import { sight } from '../../src/entry/emerging.ts';
import { createLibrary } from '../../src/entry/library.ts';
import type { Report } from '../../src/model/report.ts';
import { readReport } from '../../src/report/index.ts';
import { planted } from './planted.ts';

describe('place', () => {
  const near = (...pairs: [number, number][]) => pairs.map(([number, likeness]) => ({ number, likeness }));

  it('pairs the most similar, then joins by the mean over the group', () => {
    let groups = place(noGroups, 1, []);
    groups = place(groups, 2, near([1, 0.29]));
    expect(groups).toEqual({ groups: [], loose: [1, 2] });
    groups = place(groups, 3, near([1, 0.3], [2, 0.35]));
    expect(groups).toEqual({ groups: [{ name: 2, members: [2, 3] }], loose: [1] });
    expect(place(groups, 4, near([2, 0.43])).groups).toHaveLength(1);
    expect(place(groups, 4, near([2, 0.43])).loose).toEqual([1, 4]);
    groups = place(groups, 4, near([2, 0.44]));
    expect(groups.groups).toEqual([{ name: 2, members: [2, 3, 4] }]);
    expect(place(groups, 4, near([1, 1]))).toBe(groups);
  });

  it('forgets members and keeps the name', () => {
    const groups: Groups = {
      groups: [
        { name: 2, members: [2, 3] },
        { name: 5, members: [5] },
      ],
      loose: [1, 4],
    };
    expect(prune(groups, (number) => number !== 2 && number !== 5 && number !== 4)).toEqual({
      groups: [{ name: 2, members: [3] }],
      loose: [1],
    });
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
  const { recognise } = (await createLibrary()).knowledge(['claude-code'], 'anthropics/claude-code', []);
  const background = readLines(gunzipSync(readFileSync(real)).toString()) as Raw[];

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
      if (signatures.every(gone)) groups = sight(groups, index, filing);
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

function best({ groups }: Groups): { right: number; all: number } {
  const count = ({ members }: Group) => ({
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
