import { type FeatureCounts, type Group, groups } from './feature-types.ts';

/** A sparse vector: the ids of its features, in no particular order, and their values. */
export interface Vector {
  readonly ids: Int32Array;
  readonly values: Float64Array;
}

/** The features that are frequent enough to learn from; a feature's id is its index. */
export interface Vocabulary {
  readonly ids: ReadonlyMap<string, number>;
  readonly names: readonly string[];
  readonly groups: readonly Group[];
  /** The factor of each feature's count: the inverse document frequency of words, 1 for form and topics. */
  readonly weights: Float64Array;
}

/** Collects the features that at least `minDocuments` of the documents have. */
export function readVocabulary(documents: readonly FeatureCounts[], minDocuments: number): Vocabulary {
  const seen = new Map<string, { group: Group; documents: number }>();
  for (const document of documents) {
    for (const group of groups) {
      for (const name of document[group].keys()) {
        const entry = seen.get(name);
        if (entry === undefined) seen.set(name, { group, documents: 1 });
        else entry.documents++;
      }
    }
  }
  const kept = [...seen].filter(([, entry]) => entry.documents >= minDocuments);
  return {
    ids: new Map(kept.map(([name], id) => [name, id])),
    names: kept.map(([name]) => name),
    groups: kept.map(([, { group }]) => group),
    weights: Float64Array.from(kept, ([, entry]) =>
      entry.group === 'form' || entry.group === 'topic'
        ? 1
        : Math.log((documents.length + 1) / (entry.documents + 0.5)),
    ),
  };
}

/** Vectorises a document's known features: (1 + log count) × weight, each group scaled to unit length. */
export function vectorise(document: FeatureCounts, { ids, weights }: Vocabulary): Vector {
  const positions: number[] = [];
  const values: number[] = [];
  for (const group of groups) {
    const from = positions.length;
    let square = 0;
    for (const [name, count] of document[group]) {
      const id = ids.get(name);
      if (id === undefined) continue;
      const value = (1 + Math.log(count)) * weights[id]!;
      positions.push(id);
      values.push(value);
      square += value * value;
    }
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let k = from; k < values.length; k++) values[k]! *= scale;
  }
  return { ids: Int32Array.from(positions), values: Float64Array.from(values) };
}

/** Multiplies each value by the weight of its feature. */
export function scale({ ids, values }: Vector, weights: Float64Array): Vector {
  return { ids, values: values.map((value, k) => value * weights[ids[k]!]!) };
}

export function dot(weights: Float64Array | Float32Array, { ids, values }: Vector): number {
  let sum = 0;
  for (let k = 0; k < ids.length; k++) sum += weights[ids[k]!]! * values[k]!;
  return sum;
}
