import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  add,
  addAnalysis,
  analyse,
  type Clusters,
  createClusters,
  createIndex,
  createQuery,
  type DuplicateIndex,
  findDuplicates,
  type IndexableIssue,
  rank,
  remove,
  restore,
  shippedModel,
  snapshot,
} from '../../../src/duplicates/index.ts';
import { candidatesFor } from '../../../src/duplicates/ranking/candidates.ts';
import { latentSpaceOf } from '../../../src/duplicates/training/replay.ts';
import { readReport } from '../../../src/report/index.ts';
import { day, filing } from '../reports.ts';

const words = 'parser crash socket window colour readFile lock panic unicode path yield trait'.split(' ');
const word = fc.constantFrom(...words);
const phrase = fc.array(word, { minLength: 1, maxLength: 5 }).map((all) => all.join(' '));

/**
 * Titles, prose, error lines and code of few words, so that everything is shared by some and not by others.
 */
const texts = fc.record({
  title: phrase,
  prose: phrase,
  error: phrase,
  code: fc.array(fc.constantFrom('yield x;', 'unsafe trait A<T> {}', 'let y = &x[0];', 'match z {'), {
    maxLength: 3,
  }),
  author: fc.constantFrom('ann', 'bob'),
});
type Texts = typeof texts extends fc.Arbitrary<infer T> ? T : never;

function issueOf(number: number, { author, code, error, prose, title }: Texts): IndexableIssue {
  const body = `${prose}\n\n\`\`\`\nerror: ${error} ${prose}\n${code.join('\n')}\n\`\`\`\n`;
  return filing(number, title, '', {
    author,
    report: readReport({ title, body }),
    closedAt: number % 5 === 0 ? (number + 40) * day : null,
  });
}

/** Four of five issues of a tracker teach a latent space, so that there is one. */
const taught = latentSpaceOf(
  Array.from({ length: 240 }, (_, i) =>
    analyse(filing(i + 1, `${words[i % 12]} ${words[(i * 5) % 11]}`, `${words[(i * 7) % 12]} case${i % 40}`)),
  ),
);

const model = shippedModel();
const options = { repository: 'acme/app', max: 5 };

/** All that a query for an issue gives, features and statistics included. */
function answer(index: DuplicateIndex, clusters: Clusters, issue: IndexableIssue, exclude?: number) {
  const query = createQuery(index, analyse(issue), { exclude });
  const { idf, maxScore, view, weights } = query;
  return {
    query: { idf, maxScore, weights, documents: view.documents, constructs: view.constructCounts },
    candidates: candidatesFor(index, clusters, query),
    ranked: rank(index, clusters, query, model, 20),
    found: findDuplicates(index, clusters, issue, model, {
      ...options,
      ...(exclude === undefined ? {} : { exclude }),
    }),
  };
}

describe('a query that excludes an issue', () => {
  test('gives, to the last digit, what an index without the issue gives, and leaves its own as it is', () => {
    const cases = fc.record({
      issues: fc.array(texts, { minLength: 8, maxLength: 60 }),
      links: fc.array(fc.tuple(fc.nat(59), fc.nat(59)), { maxLength: 12 }),
      pick: fc.nat(59),
      asked: fc.nat(59),
      isSame: fc.boolean(),
      edited: fc.option(texts, { nil: undefined }),
      isLatent: fc.boolean(),
    });
    fc.assert(
      fc.property(cases, ({ asked, edited, isLatent, isSame, issues, links, pick }) => {
        const build = () => {
          const index = createIndex(isLatent ? taught : null);
          issues.forEach((given, i) => {
            add(index, issueOf(i + 1, given));
          });
          return index;
        };
        const clusters = createClusters(
          links.map(([number, of], at) => ({ kind: 'marked' as const, number: number + 1, of: of + 1, at })),
        );
        const excluded = 1 + (pick % issues.length);
        const number = isSame ? excluded : 1 + (asked % issues.length);
        // Asked late, so that issues with higher numbers are candidates too.
        const issue = {
          ...issueOf(number, edited ?? issues[number - 1]!),
          createdAt: 50 * day,
        };
        const whole = build();
        const before = snapshot(whole);
        const revision = whole.revision;
        const counts = [
          whole.postings.frequency.slice(),
          whole.tripleCounts.slice(),
          whole.constructCounts.slice(),
        ];
        // What was asked before must not matter either.
        answer(whole, clusters, issue);
        const found = answer(whole, clusters, issue, excluded);
        const without = build();
        remove(without, excluded);
        expect(found).toEqual(answer(without, clusters, issue));
        expect(snapshot(whole)).toEqual(before);
        expect(whole.revision).toBe(revision);
        expect([whole.postings.frequency, whole.tripleCounts, whole.constructCounts]).toEqual(counts);
      }),
      { numRuns: 60 },
    );
  });

  test('counts an issue whose triples share a bucket as often as it has them', () => {
    const build = () => {
      const index = createIndex();
      for (let n = 1; n <= 60; n++)
        add(
          index,
          filing(n, `alpha beta gamma ${words[n % 12]} delta`, `error: alpha beta gamma ${n % 7} more words`),
        );
      return index;
    };
    // A table of two buckets, in which all triples meet.
    const crowded = (index: DuplicateIndex) => {
      const counts = new Uint32Array(2);
      for (const document of index.documents)
        for (const triple of document?.triples ?? []) counts[triple & 1]!++;
      index.tripleCounts = counts;
      return index;
    };
    const issue = filing(7, 'alpha beta gamma delta epsilon', 'error: alpha beta gamma 0 more words');
    const without = build();
    remove(without, 7);
    const clusters = createClusters();
    const found = answer(crowded(build()), clusters, issue, 7);
    expect(found).toEqual(answer(crowded(without), clusters, issue));
    expect(found).not.toEqual(answer(crowded(build()), clusters, issue));
  });

  test('sees all where the number is unknown', () => {
    const index = createIndex();
    for (let n = 1; n <= 20; n++) add(index, filing(n, `parser crash ${words[n % 12]}`));
    const issue = filing(30, 'parser crash');
    expect(answer(index, createClusters(), issue, 99)).toEqual(answer(index, createClusters(), issue));
  });
});

test('a term that is in no document any more is asked for without harm, over a snapshot too', () => {
  const index = createIndex();
  for (let n = 1; n <= 2000; n++) addAnalysis(index, analyse(filing(n, `thing${n} part${n * 7}`)));
  add(index, filing(5000, 'quetzal marmalade'));
  remove(index, 5000);
  for (let n = 2; n <= 1000; n++) remove(index, n);
  const again = restore(snapshot(index))!;
  const asked = filing(6000, 'quetzal marmalade thing1');
  expect(answer(again, createClusters(), asked).found).toEqual(answer(index, createClusters(), asked).found);
});
