import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { append, createPostings } from '../../../src/duplicates/search-index/postings.ts';
import { search } from '../../../src/duplicates/search-index/search.ts';

interface Lists {
  readonly documents: number;
  /** By term: documents with their impacts. */
  readonly lists: readonly (readonly (readonly [document: number, impact: number])[])[];
}

/** Lists of rare terms, and of common ones, which stand in a row. */
const listsOf = (documents: number) =>
  fc.oneof(
    fc.uniqueArray(fc.tuple(fc.nat(documents - 1), fc.integer({ min: 1, max: 255 })), {
      selector: ([document]) => document,
      maxLength: 400,
    }),
    fc
      .record({ seed: fc.nat(), oneOf: fc.integer({ min: 1, max: 30 }), from: fc.nat(documents) })
      .map(({ from, oneOf, seed }) =>
        Array.from({ length: documents - from }, (_, i): readonly [number, number] => {
          const mixed = Math.imul(i ^ seed, 0x9e3779b1) >>> 8;
          return [from + i, mixed % oneOf === 0 ? 1 + (mixed % 255) : 0];
        }).filter(([, impact]) => impact > 0),
      ),
  );

const corpora: fc.Arbitrary<Lists> = fc.integer({ min: 1, max: 9000 }).chain((documents) =>
  fc.record({
    documents: fc.constant(documents),
    lists: fc.array(listsOf(documents), { minLength: 1, maxLength: 12 }),
  }),
);

function build({ lists }: Lists) {
  const postings = createPostings();
  const entries = lists.flatMap((list, term) =>
    list.map(([document, impact]) => ({ term, document, impact })),
  );
  entries.sort((a, b) => a.document - b.document);
  for (const { term, document, impact } of entries) append(postings, term, document, impact);
  return postings;
}

function scoreEverything(
  { documents, lists }: Lists,
  weights: readonly number[],
  isIn: (slot: number) => boolean,
) {
  const scores = new Float64Array(documents);
  lists.forEach((list, term) => {
    for (const [document, impact] of list) scores[document]! += impact * weights[term]!;
  });
  return [...scores.keys()]
    .filter((slot) => scores[slot]! > 0 && isIn(slot))
    .map((slot) => scores[slot]!)
    .sort((a, b) => b - a);
}

describe('search', () => {
  test('finds what scoring everything finds', () => {
    const cases = corpora.chain((corpus) =>
      fc.tuple(
        fc.constant(corpus),
        fc.array(fc.double({ min: 0.01, max: 10, noNaN: true }), {
          minLength: corpus.lists.length,
          maxLength: corpus.lists.length,
        }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 5 }),
      ),
    );
    fc.assert(
      fc.property(cases, ([corpus, weights, k, every]) => {
        const accept = (slot: number) => slot % every === 0;
        const terms = corpus.lists.map((_, term) => term);
        const found = search(build(corpus), corpus.documents, terms, weights, k, accept);
        const expected = scoreEverything(corpus, weights, accept).slice(0, k);
        expect(found.scores.length).toBe(expected.length);
        expected.forEach((score, i) => {
          expect(found.scores[i]).toBeCloseTo(score, 6);
        });
        expect([...found.slots].every(accept)).toBe(true);
        expect(new Set(found.slots).size).toBe(found.slots.length);
      }),
      { numRuns: 300 },
    );
  });

  test('a term that most documents have stands in a row, a rare one in a chain', () => {
    const every = (step: number) => Array.from({ length: 6000 / step }, (_, i) => [i * step, 9] as const);
    const { first, dense: rows } = build({ documents: 6000, lists: [every(2), every(100)] });
    expect([...rows.keys()]).toEqual([0]);
    expect([first[0], first[1]! > 0]).toEqual([0, true]);
  });

  test('keeps the order of slots among equals and is quiet without terms', () => {
    const postings = build({
      documents: 5000,
      lists: [
        [
          [4, 7],
          [4999, 7],
          [2, 7],
        ],
      ],
    });
    expect([...search(postings, 5000, [0], [1], 10, () => true).slots]).toEqual([2, 4, 4999]);
    expect(search(postings, 5000, [], [], 10, () => true).slots.length).toBe(0);
    expect(search(postings, 5000, [77], [1], 10, () => true).slots.length).toBe(0);
  });
});
