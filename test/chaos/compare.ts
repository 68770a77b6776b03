import type { Ending } from './stories.ts';

export interface Comparison {
  /** Issues that lack a comment or a label. */
  readonly lost: readonly number[];
  /** Issues with more than one comment of ours. */
  readonly doubled: readonly number[];
  /** Issues that differ otherwise: another text, a label too many. */
  readonly wrong: readonly number[];
}

/** What a storm left, beside what a calm run leaves. */
export function compare(calm: Ending, storm: Ending): Comparison {
  const lost: number[] = [];
  const doubled: number[] = [];
  const wrong: number[] = [];
  for (const [number, should] of calm) {
    const is = storm.get(number);
    if (is !== undefined && is.ours.length > 1) doubled.push(number);
    else if (
      is === undefined ||
      is.ours.length < should.ours.length ||
      should.labels.some((label) => !is.labels.includes(label))
    )
      lost.push(number);
    else if (is.ours.join() !== should.ours.join() || is.labels.join() !== should.labels.join())
      wrong.push(number);
  }
  return { lost, doubled, wrong };
}
