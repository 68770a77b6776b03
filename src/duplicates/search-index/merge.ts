import { addAnalysis, analysisOf, type DuplicateIndex } from './store.ts';

/** Adds every issue of one index to another: pages of a long sync are kept apart until all are there. */
export function merge(
  into: DuplicateIndex,
  from: DuplicateIndex,
  wanted: (number: number) => boolean = () => true,
): void {
  for (const document of from.documents) {
    if (document !== undefined && wanted(document.number)) addAnalysis(into, analysisOf(from, document));
  }
}
