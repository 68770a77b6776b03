import { logFrequency } from './scoring.ts';
import { countOf, type Triples } from './triples.ts';

/**
 * What two issues have in common in wording: information of the rarest and of the third rarest shared triple,
 * shares of either's information that is shared, how many shared ones are rare, and information shared in all.
 * @param total the logarithm of how many issues there are, plus one
 */
export function compareTriples(counts: Uint32Array, total: number, mine: Triples, theirs: Triples): number[] {
  const told = (triple: number) => total - logFrequency(countOf(counts, triple));
  let ofMine = 0;
  for (const triple of mine) ofMine += told(triple);
  let ofTheirs = 0;
  const shared: number[] = [];
  for (let i = 0, j = 0; j < theirs.length; j++) {
    const triple = theirs[j] ?? 0;
    ofTheirs += told(triple);
    while (i < mine.length && (mine[i] ?? 0) < triple) i++;
    if (mine[i] === triple) shared.push(told(triple));
  }
  shared.sort((a, b) => b - a);
  const sum = shared.reduce((all, one) => all + one, 0);
  return [
    (shared[0] ?? 0) / total,
    (shared[2] ?? 0) / total,
    ofMine > 0 ? sum / ofMine : 0,
    ofTheirs > 0 ? sum / ofTheirs : 0,
    Math.log1p(shared.filter((one) => one > total / 2).length),
    Math.log1p(sum),
  ];
}
