import { type Random, seededRandom } from '../../numerics/random.ts';
import type { Tree } from '../ranking/trees.ts';

/** An answer with fewer samples behind it says little. */
const minSamplesPerLeaf = 8;

/** Features, the answer that a tree should give to them, and how much the sample counts. */
export interface Sample {
  readonly features: readonly number[];
  readonly target: number;
  readonly weight: number;
}

/**
 * Extremely randomised trees (Geurts, Ernst and Wehenkel 2006): at each node every feature proposes one
 * random threshold, and the one that leaves least variance is kept. The same samples give the same trees.
 * @param count of trees; no samples give none
 */
export function learnForest(samples: readonly Sample[], count: number): Tree[] {
  if (samples.length === 0) return [];
  return Array.from({ length: count }, (_, seed) => learnTree(samples, seededRandom(seed)));
}

interface Split {
  readonly feature: number;
  readonly threshold: number;
}

function learnTree(samples: readonly Sample[], random: Random): Tree {
  const split = bestSplit(samples, random);
  if (split === null) return rounded(mean(samples));
  const { feature, threshold } = split;
  const { below = [], otherwise = [] } = Object.groupBy(samples, ({ features }) =>
    features[feature]! < threshold ? 'below' : 'otherwise',
  );
  return [feature, threshold, learnTree(below, random), learnTree(otherwise, random)];
}

/**
 * The best of the random splits, even where it gains nothing: the next one may gain the more. Null when the
 * samples agree, look the same, or are too few.
 */
function bestSplit(samples: readonly Sample[], random: Random): Split | null {
  const [first] = samples;
  if (first === undefined || samples.length < 2 * minSamplesPerLeaf) return null;
  if (samples.every(({ target }) => target === first.target)) return null;
  let best: Split | null = null;
  let mostExplained = Number.NEGATIVE_INFINITY;
  for (let feature = 0; feature < first.features.length; feature++) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const { features } of samples) {
      low = Math.min(low, features[feature]!);
      high = Math.max(high, features[feature]!);
    }
    if (low === high) continue;
    const threshold = rounded(low + (high - low) * random());
    const explained = explainedBy({ feature, threshold }, samples);
    if (explained > mostExplained) [mostExplained, best] = [explained, { feature, threshold }];
  }
  return best;
}

/** The more a split explains, the less variance it leaves; -Infinity where a side has too few samples. */
function explainedBy({ feature, threshold }: Split, samples: readonly Sample[]): number {
  const below = { samples: 0, weight: 0, sum: 0 };
  const above = { samples: 0, weight: 0, sum: 0 };
  for (const { features, target, weight } of samples) {
    const side = features[feature]! < threshold ? below : above;
    side.samples++;
    side.weight += weight;
    side.sum += weight * target;
  }
  if (Math.min(below.samples, above.samples) < minSamplesPerLeaf) return Number.NEGATIVE_INFINITY;
  return below.sum ** 2 / below.weight + above.sum ** 2 / above.weight;
}

function mean(samples: readonly Sample[]): number {
  const sum = samples.reduce((sum, { target, weight }) => sum + weight * target, 0);
  return sum / samples.reduce((sum, { weight }) => sum + weight, 0);
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
