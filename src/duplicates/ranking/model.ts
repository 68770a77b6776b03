import shipped from '../shipped-model.json' with { type: 'json' };
import { featureNames } from './features.ts';
import type { LinearModel } from './linear.ts';
import type { Tree } from './trees.ts';

/** What was learned from a repository's past. Plain JSON. */
export interface DuplicateModel {
  /** Of the features; a model for others is refused. */
  readonly version: string;
  /** Issues below this number taught it. */
  readonly trainedUntil: number;
  /** Some of the issues that taught it, by number and time of creation (epoch ms), to know them again. */
  readonly witnesses: readonly (readonly [number: number, createdAt: number])[];
  readonly ranking: LinearModel;
  /** The probability that a candidate is the same problem, see link.ts. */
  readonly link: LinkModel;
  /** By how much people's verdicts have moved that probability, in log-odds. */
  readonly shift: number;
}

/** What a repository keeps of its model: what a link looks like is the same for all, people's verdicts aside. Plain JSON. */
export type StoredModel = Omit<DuplicateModel, 'link'>;

/** A logistic curve over what speaks for a candidate, and trees of the same (see link.ts). */
export interface LinkModel extends LinearModel {
  readonly bias: number;
  readonly trees: readonly Tree[];
}

export const modelVersion = `links 7 ${featureNames.join(' ')}`;

/** What a repository begins with; learned from rust-lang/rust. */
export function shippedModel(): DuplicateModel {
  if (!isModel(shipped))
    throw new Error('shipped-model.json is of other features: node bench/build-duplicates-model.ts');
  return shipped;
}

export function writeModel({ link: _, ...own }: DuplicateModel): StoredModel {
  return own;
}

/** A model that was stored as JSON; null when it is of other features. */
export function readModel(stored: unknown): DuplicateModel | null {
  return isModel(stored) ? { ...stored, link: shippedModel().link } : null;
}

/** Of a stored model as of a shipped one: what else they hold goes by the version. */
function isModel(stored: unknown): stored is DuplicateModel {
  return (
    typeof stored === 'object' && stored !== null && 'version' in stored && stored.version === modelVersion
  );
}

/** Whether these issues, or later ones of the same repository, taught the model. */
export function wasTaughtBy(
  model: DuplicateModel,
  issues: readonly { readonly number: number; readonly createdAt: number }[],
): boolean {
  const created = new Map(issues.map(({ number, createdAt }) => [number, createdAt]));
  return model.witnesses.some(([number, createdAt]) => created.get(number) === createdAt);
}
