import { encodeModel, type LabelExample, trainLabels } from '../../classify/index.ts';
import {
  type LinkEvent,
  learnFromIndex,
  restore,
  type StoredModel,
  snapshot,
  writeModel,
} from '../../duplicates/index.ts';

export interface HistoryTrainingInput {
  /** A snapshot. */
  readonly index: Uint8Array;
  readonly links: readonly LinkEvent[];
  /** Empty: labels are not learned. */
  readonly examples: readonly LabelExample[];
}

export interface LearnedHistory {
  /** A snapshot, with the latent space that was learned. */
  readonly index: Uint8Array;
  /** Null: too few duplicates to learn from. */
  readonly duplicates: StoredModel | null;
  readonly labels: Uint8Array | null;
}

/** A task: what a repository's issues, their links and their labels teach. */
export function run({ examples, index: bytes, links }: HistoryTrainingInput): LearnedHistory {
  const index = restore(bytes);
  if (index === null) throw new Error('the index to learn from cannot be read');
  const model = learnFromIndex(index, links);
  const labels = examples.length > 0 ? encodeModel(trainLabels(examples)) : null;
  return { index: snapshot(index), duplicates: model && writeModel(model), labels };
}
