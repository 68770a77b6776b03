/** What was predicted for a label on reports left out of training, beside the truth. */
export interface Predicted {
  readonly chances: readonly number[];
  readonly targets: readonly boolean[];
  /** The label is set whatever is predicted: a stated fact brings it. */
  readonly settled: readonly boolean[];
}

interface Suggestion {
  readonly chance: number;
  readonly hit: boolean;
}

/** No bar is lower: a suggestion that is more likely wrong than right is never made. */
const lowest = 0.5;
/** A label that never reaches this precision is not suggested from words. */
const leastPrecision = 0.7;
/** Suggestions that a label is held to have had wrong before any is seen. */
const doubt = 1;
/** No probability reaches it. */
const never = 2;

/**
 * A bar for each label: the lowest common probability at which all suggestions together reach `precision`, raised
 * for a label until its own suggestions are mostly right. Above 1 where a label gets nowhere near.
 */
export function chooseThresholds(labels: readonly Predicted[], precision: number): number[] {
  const floors = labels.map((label) =>
    barFor(suggestions(label, lowest), (hits, count) => hits >= leastPrecision * (count + doubt)),
  );
  const sure = labels.flatMap(({ targets, settled }) => targets.filter((_, example) => settled[example]));
  const sureHits = sure.filter(Boolean).length;
  const common = barFor(
    labels.flatMap((label, k) => suggestions(label, floors[k]!)),
    (hits, count) => hits + sureHits >= precision * (count + sure.length),
  );
  return floors.map((floor) => Math.max(floor, common));
}

/** What the label's model would suggest from a bar on, beside what facts settle. */
function suggestions({ chances, targets, settled }: Predicted, threshold: number): Suggestion[] {
  return chances
    .map((chance, example) => ({ chance, hit: targets[example]! }))
    .filter(({ chance }, example) => !settled[example] && chance >= threshold);
}

/** The lowest bar whose suggestions are good enough; between it and the next suggestion there is some room. */
function barFor(all: readonly Suggestion[], isEnough: (hits: number, count: number) => boolean): number {
  const sorted = all.toSorted((a, b) => b.chance - a.chance);
  let hits = 0;
  let threshold = never;
  sorted.forEach(({ chance, hit }, k) => {
    if (hit) hits++;
    const next = sorted[k + 1];
    if (isEnough(hits, k + 1)) threshold = next === undefined ? lowest : (chance + next.chance) / 2;
  });
  return threshold;
}
