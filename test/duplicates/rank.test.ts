import { describe, expect, test } from 'vitest';
import { createIndex, remove } from '../../src/duplicates/index.ts';
import { candidatesFor, pool } from '../../src/duplicates/ranking/candidates.ts';
import { applyLink, createClusters, type LinkEvent } from '../../src/duplicates/ranking/clusters.ts';
import { prepare } from '../../src/duplicates/search-index/query.ts';
import { addAnalysis, setLatent } from '../../src/duplicates/search-index/store.ts';
import { analyse } from '../../src/duplicates/text/analysis.ts';
import { latentOf } from '../../src/duplicates/training/walk.ts';
import { filing } from './reports.ts';

describe('candidates', () => {
  const pooledOf = (roots: number[], scores: number[]) => {
    const candidates = {
      numbers: roots.map((_, row) => row + 1),
      roots,
      rows: new Float32Array(0),
      knownShare: 0,
      nearKnown: 0,
    };
    return pool(candidates, Float64Array.from(scores));
  };

  test('stand by the chance of all that is known to be one problem, at their best member', () => {
    // The second and the third are one problem, and together likelier than the first.
    const { chances, order } = pooledOf([1, 2, 2, 4], [2, 1.8, 1.9, 0]);
    expect(order).toEqual([2, 0, 3]);
    expect(chances[0]).toBeCloseTo(
      (Math.exp(1.8) + Math.exp(1.9)) / (Math.exp(2) + Math.exp(1.8) + Math.exp(1.9) + 1),
    );
    expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1);
    expect(pooledOf([1, 2, 2, 4], [2, 0, 0.5, 0]).order[0]).toBe(0);
  });

  test('that are equal stand as the index found them', () => {
    expect(pooledOf([1, 2, 3], [1, 1, 1]).order).toEqual([0, 1, 2]);
    expect(pooledOf([], []).order).toEqual([]);
  });
});

describe('how near a report is to known duplicates', () => {
  const kinds = 'window socket parser theme cursor mailer printer ledger camera router'.split(' ');
  const about = (n: number) => {
    const kind = kinds[n % kinds.length] ?? '';
    return analyse(filing(n, `${kind} case${n}`, `${kind}board and ${kind}pane, while part${n % 7} runs`));
  };
  const issues = Array.from({ length: 300 }, (_, i) => about(i + 1));
  const index = createIndex(latentOf(issues));
  for (const issue of issues) addAnalysis(index, issue);
  // All about sockets.
  const marked = createClusters(
    [11, 21, 31, 41, 51].map((number) => ({ kind: 'marked' as const, number, of: 1, at: number })),
  );
  const near = (number: number, clusters = marked) =>
    candidatesFor(index, clusters, prepare(index, about(number))).nearKnown;

  test('tells kinds of issues apart', () => {
    expect(near(401)).toBeGreaterThan(0.1);
    expect(near(402)).toBeLessThan(near(401) / 2);
  });

  test('says nothing where no duplicate is known, and nothing of the report itself', () => {
    expect(near(401, createClusters())).toBe(0);
    const only = createClusters([{ kind: 'marked', number: 11, of: 1, at: 11 }]);
    expect(near(11, only)).toBe(0);
    expect(near(21, only)).toBeGreaterThan(0);
  });

  test('follows what is marked, added and taken out', () => {
    const events: LinkEvent[] = [{ kind: 'marked', number: 11, of: 1, at: 11 }];
    const clusters = createClusters(events);
    const change = (event: LinkEvent) => {
      events.push(event);
      applyLink(clusters, event);
    };
    const expectFresh = () => expect(near(401, clusters)).toBe(near(401, createClusters(events)));
    const first = near(401, clusters);
    change({ kind: 'marked', number: 331, of: 1, at: 331 });
    expectFresh();
    expect(near(401, clusters)).toBe(first);
    addAnalysis(index, about(331));
    expectFresh();
    expect(near(401, clusters)).toBeGreaterThan(first);
    remove(index, 11);
    expectFresh();
    addAnalysis(index, about(11));
    change({ kind: 'unmarked', number: 331, at: 340 });
    expectFresh();
    expect(near(401, clusters)).toBe(first);
    setLatent(index, null);
    expect(near(401, clusters)).toBe(0);
  });
});
