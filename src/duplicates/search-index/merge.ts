import { addAnalysis, analysisOf, type DuplicateIndex } from './inverted-index.ts';

/**
 * Adds the issues of one index to another: a long sync keeps its pages apart until all are there.
 * @param accept whether the issue of that number is to be added; default: every one
 */
export function merge(
  into: DuplicateIndex,
  from: DuplicateIndex,
  accept: (number: number) => boolean = () => true,
): void {
  for (const document of from.documents) {
    if (document !== undefined && accept(document.number)) addAnalysis(into, analysisOf(from, document));
  }
}
