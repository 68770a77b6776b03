import { addAnalysis, type DuplicateIndex } from './store.ts';

/** Adds every issue of one index to another: pages of a long sync are kept apart until all are there. */
export function merge(
  into: DuplicateIndex,
  from: DuplicateIndex,
  wanted: (number: number) => boolean = () => true,
): void {
  const { highs, lows } = from.table;
  for (const document of from.documents) {
    if (document === undefined || !wanted(document.number)) continue;
    const { number, author, createdAt, closedAt, terms, counts, lengths, triples } = document;
    const position = new Map(Array.from(terms, (term, at) => [term, at]));
    addAnalysis(into, {
      number,
      author,
      createdAt,
      closedAt,
      highs: terms.map((term) => highs[term] ?? 0),
      lows: terms.map((term) => lows[term] ?? 0),
      counts,
      lengths,
      triples,
      title: document.title.map((term) => position.get(term) ?? 0),
    });
  }
}
