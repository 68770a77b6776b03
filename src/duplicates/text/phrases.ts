/** What two lists of terms have in common in order. */
export interface PhraseOverlap {
  /** How many neighbours in the query's list are neighbours in the candidate's. */
  readonly pairs: number;
  /** The information in the longest common run. */
  readonly longest: number;
}

/**
 * Compares two titles term by term.
 * @param idf information of each of the query's terms
 */
export function comparePhrases(
  query: ArrayLike<number>,
  idf: ArrayLike<number>,
  candidate: ArrayLike<number>,
): PhraseOverlap {
  let pairs = 0;
  let longest = 0;
  for (let i = 0; i < query.length; i++) {
    let isPair = false;
    for (let j = 0; j < candidate.length; j++) {
      if (query[i] !== candidate[j]) continue;
      if (i > 0 && j > 0 && query[i - 1] === candidate[j - 1]) isPair = true;
      else longest = Math.max(longest, runFrom(query, idf, candidate, i, j));
    }
    if (isPair) pairs++;
  }
  return { pairs, longest };
}

/** The information in the common run that begins at these two places. */
function runFrom(
  query: ArrayLike<number>,
  idf: ArrayLike<number>,
  candidate: ArrayLike<number>,
  i: number,
  j: number,
): number {
  const most = Math.min(query.length - i, candidate.length - j);
  let run = 0;
  for (let k = 0; k < most && query[i + k] === candidate[j + k]; k++) run += idf[i + k]!;
  return run;
}
