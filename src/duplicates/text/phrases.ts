/** Room for comparing titles of up to 64 terms. */
const before = new Float64Array(65);
const now = new Float64Array(65);

/**
 * What two lists of terms have in common in order.
 * @param told information of each of my terms
 * @returns `pairs`: how many of my neighbours are neighbours there; `phrase`: the information in the longest
 * common run
 */
export function commonPhrases(
  mine: ArrayLike<number>,
  told: ArrayLike<number>,
  theirs: ArrayLike<number>,
): { pairs: number; phrase: number } {
  let pairs = 0;
  let phrase = 0;
  let last = before;
  let row = now;
  last.fill(0);
  for (let i = 0; i < mine.length; i++) {
    let continues = false;
    for (let j = 0; j < theirs.length; j++) {
      const equal = mine[i] === theirs[j];
      const run = last[j] ?? 0;
      if (equal && run > 0) continues = true;
      const length = equal ? run + (told[i] ?? 0) : 0;
      row[j + 1] = length;
      if (length > phrase) phrase = length;
    }
    if (continues) pairs++;
    [last, row] = [row, last];
  }
  return { pairs, phrase };
}
