import { type Features, type Group, groups } from './feature-types.ts';

/** A document as positions and values of what is not zero; positions ascend in no particular order. */
export interface Vector {
  readonly ids: Int32Array;
  readonly values: Float64Array;
}

/** The features that were seen often enough to learn from. */
export interface Vocabulary {
  readonly ids: ReadonlyMap<string, number>;
  readonly names: readonly string[];
  readonly groups: readonly Group[];
  /** What a feature's count is multiplied with: rare words weigh more. */
  readonly weights: Float64Array;
}

/** The features that at least `least` of the documents have. */
export function readVocabulary(documents: readonly Features[], least: number): Vocabulary {
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
  const kept = [...seen].filter(([, entry]) => entry.documents >= least);
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

/** The document's known features: damped counts times weights, each group scaled to length 1. */
export function vectorise(document: Features, { ids, weights }: Vocabulary): Vector {
  const at: number[] = [];
  const values: number[] = [];
  for (const group of groups) {
    const from = at.length;
    let square = 0;
    for (const [name, count] of document[group]) {
      const id = ids.get(name);
      if (id === undefined) continue;
      const value = (1 + Math.log(count)) * weights[id]!;
      at.push(id);
      values.push(value);
      square += value * value;
    }
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let k = from; k < values.length; k++) values[k]! *= scale;
  }
  return { ids: Int32Array.from(at), values: Float64Array.from(values) };
}

/** Each value times the weight of its position. */
export function scale({ ids, values }: Vector, weights: Float64Array): Vector {
  return { ids, values: values.map((value, k) => value * weights[ids[k]!]!) };
}

export function dot(weights: Float64Array | Float32Array, { ids, values }: Vector): number {
  let sum = 0;
  for (let k = 0; k < ids.length; k++) sum += weights[ids[k]!]! * values[k]!;
  return sum;
}
