/**
 * Predictions of one label for reports that its model was not trained on; each array has one value per
 * report.
 */
export interface LabelPredictions {
  readonly probabilities: readonly number[];
  /** Whether the report carries the label. */
  readonly targets: readonly boolean[];
  /** A stated fact implies the label, whatever is predicted. */
  readonly setByFact: readonly boolean[];
}

interface Suggestion {
  readonly probability: number;
  readonly hit: boolean;
}

/** Suggestions that are more likely wrong than right are never made. */
const minThreshold = 0.5;
/** A label that never reaches this precision is not suggested from words. */
const minPrecision = 0.7;
/** Wrong suggestions that each label is assumed to have made before any is counted. */
const priorErrors = 1;
/** A threshold that no probability reaches. */
const unreachable = 2;

/**
 * Chooses a threshold for each label: the lowest common one at which all suggestions together reach
 * `precision`, raised for a label until its own suggestions reach 0.7. Above 1 where a label never does.
 */
export function chooseThresholds(labels: readonly LabelPredictions[], precision: number): number[] {
  const floors = labels.map((label) =>
    lowestThreshold(
      suggestions(label, minThreshold),
      (hits, count) => hits >= minPrecision * (count + priorErrors),
    ),
  );
  const factTargets = labels.flatMap(({ targets, setByFact }) =>
    targets.filter((_, example) => setByFact[example]),
  );
  const factHits = factTargets.filter(Boolean).length;
  const common = lowestThreshold(
    labels.flatMap((label, k) => suggestions(label, floors[k]!)),
    (hits, count) => hits + factHits >= precision * (count + factTargets.length),
  );
  return floors.map((floor) => Math.max(floor, common));
}

/** The suggestions of a label's model at a threshold, without labels that facts imply. */
function suggestions(
  { probabilities, targets, setByFact }: LabelPredictions,
  threshold: number,
): Suggestion[] {
  return probabilities
    .map((probability, example) => ({ probability, hit: targets[example]! }))
    .filter(({ probability }, example) => !setByFact[example] && probability >= threshold);
}

/** The lowest threshold whose suggestions are good enough, halfway to the next less probable suggestion. */
function lowestThreshold(
  all: readonly Suggestion[],
  isEnough: (hits: number, count: number) => boolean,
): number {
  const sorted = all.toSorted((a, b) => b.probability - a.probability);
  let hits = 0;
  let threshold = unreachable;
  sorted.forEach(({ probability, hit }, k) => {
    if (hit) hits++;
    const next = sorted[k + 1];
    if (isEnough(hits, k + 1))
      threshold = next === undefined ? minThreshold : (probability + next.probability) / 2;
  });
  return threshold;
}
