import { chanceFrom } from '../../numerics/random.ts';
import type { Tree } from '../ranking/trees.ts';

/** An answer that fewer samples stand behind says little. */
const fewest = 8;

/** Features, what a tree should say of them, and how much the sample counts. */
export interface Sample {
  readonly features: readonly number[];
  readonly target: number;
  readonly weight: number;
}

/**
 * Extremely randomised trees (Geurts, Ernst and Wehenkel 2006): at each node every feature proposes one limit by chance, and
 * the one that leaves least variance is kept. The chance is the same each time.
 * @param count of trees; none are learned from no samples
 */
export function learnForest(samples: readonly Sample[], count: number): Tree[] {
  if (samples.length === 0) return [];
  return Array.from({ length: count }, (_, seed) => learnTree(samples, chanceFrom(seed)));
}

function learnTree(samples: readonly Sample[], chance: () => number): Tree {
  const question = bestQuestion(samples, chance);
  if (question === null) return rounded(mean(samples));
  const { feature, limit } = question;
  const isBelow = ({ features }: Sample) => (features[feature] ?? 0) < limit;
  const below = learnTree(samples.filter(isBelow), chance);
  return [
    feature,
    limit,
    below,
    learnTree(
      samples.filter((sample) => !isBelow(sample)),
      chance,
    ),
  ];
}

/**
 * The question that tells most among those that chance proposes, though it be nothing: the next may tell the more. Null when
 * the samples agree, look the same, or are too few.
 */
function bestQuestion(
  samples: readonly Sample[],
  chance: () => number,
): { feature: number; limit: number } | null {
  const agree = samples.every(({ target }) => target === samples[0]?.target);
  if (agree || samples.length < 2 * fewest) return null;
  let best: { feature: number; limit: number } | null = null;
  let most = Number.NEGATIVE_INFINITY;
  for (let feature = 0; feature < (samples[0]?.features.length ?? 0); feature++) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const { features } of samples) {
      low = Math.min(low, features[feature] ?? 0);
      high = Math.max(high, features[feature] ?? 0);
    }
    if (low === high) continue;
    const limit = rounded(low + (high - low) * chance());
    const below = { samples: 0, weight: 0, sum: 0 };
    const above = { samples: 0, weight: 0, sum: 0 };
    for (const { features, target, weight } of samples) {
      const side = (features[feature] ?? 0) < limit ? below : above;
      side.samples++;
      side.weight += weight;
      side.sum += weight * target;
    }
    if (below.samples < fewest || above.samples < fewest) continue;
    // The variance that is left is least where this is most.
    const told = below.sum ** 2 / below.weight + above.sum ** 2 / above.weight;
    if (told > most) [most, best] = [told, { feature, limit }];
  }
  return best;
}

function mean(samples: readonly Sample[]): number {
  const sum = samples.reduce((sum, { target, weight }) => sum + weight * target, 0);
  return sum / samples.reduce((sum, { weight }) => sum + weight, 0);
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
