import { describe, expect, test } from 'vitest';
import { createIndex, remove } from '../../../src/duplicates/index.ts';
import { candidatesFor } from '../../../src/duplicates/ranking/candidates.ts';
import { applyLink, createClusters, type LinkEvent } from '../../../src/duplicates/ranking/clusters.ts';
import { addAnalysis, setLatent } from '../../../src/duplicates/search-index/inverted-index.ts';
import { createQuery } from '../../../src/duplicates/search-index/query.ts';
import { analyse } from '../../../src/duplicates/text/analysis.ts';
import { latentSpaceOf } from '../../../src/duplicates/training/replay.ts';
import { filing } from '../reports.ts';

describe('how near a report is to known duplicates', () => {
  const kinds = 'window socket parser theme cursor mailer printer ledger camera router'.split(' ');
  const about = (n: number) => {
    const kind = kinds[n % kinds.length] ?? '';
    return analyse(filing(n, `${kind} case${n}`, `${kind}board and ${kind}pane, while part${n % 7} runs`));
  };
  const issues = Array.from({ length: 300 }, (_, i) => about(i + 1));
  const index = createIndex(latentSpaceOf(issues));
  for (const issue of issues) addAnalysis(index, issue);
  // All about sockets.
  const marked = createClusters(
    [11, 21, 31, 41, 51].map((number) => ({ kind: 'marked' as const, number, of: 1, at: number })),
  );
  const near = (number: number, clusters = marked) =>
    candidatesFor(index, clusters, createQuery(index, about(number))).knownProximity;

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
