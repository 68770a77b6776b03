import { z } from 'zod';
import shipped from '../shipped-model.json' with { type: 'json' };
import { featureNames } from './features.ts';
import type { LinearModel } from './linear.ts';
import type { LinkModel } from './link.ts';
import { linkFeatureNames } from './link-features.ts';
import type { Tree } from './trees.ts';

/** What was learned from a repository's history. */
export interface DuplicateModel {
  /** Of the features; a model of others is refused. */
  readonly version: string;
  /** It was learned from issues below this number. */
  readonly trainedUntil: number;
  /**
   * Some of the issues that it was learned from, by number and time of creation (epoch ms), to know them
   * again.
   */
  readonly sampleIssues: readonly (readonly [number: number, createdAt: number])[];
  readonly ranking: LinearModel;
  /** The probability that a candidate is the same problem, see link.ts. */
  readonly link: LinkModel;
  /** The log-odds that people's verdicts have added to that probability. */
  readonly bias: number;
}

/**
 * What a repository keeps of its model: the model of links is the same for all, people's verdicts aside.
 * Plain JSON.
 */
export type StoredModel = Omit<DuplicateModel, 'link'>;

export const modelVersion = `links 7 ${featureNames.join(' ')}`;

const storedSchema = z.object({
  version: z.literal(modelVersion),
  trainedUntil: z.number(),
  sampleIssues: z.array(z.tuple([z.number(), z.number()])),
  ranking: linearSchema(featureNames),
  bias: z.number(),
});

const treeSchema: z.ZodType<Tree> = z.lazy(() =>
  z.union([
    z.number(),
    z.tuple([
      z
        .int()
        .min(0)
        .max(linkFeatureNames.length - 1),
      z.number(),
      treeSchema,
      treeSchema,
    ]),
  ]),
);

const shippedSchema = storedSchema.extend({
  link: z.object({
    ...linearSchema(linkFeatureNames).shape,
    bias: z.number(),
    trees: z.array(treeSchema).readonly(),
    /** By name, in order: nothing else tells one model of links from that of other features. */
    features: z.array(z.string()).refine((names) => names.join() === linkFeatureNames.join()),
  }),
});

/** Of each feature a mean, a deviation and a weight. */
function linearSchema(names: readonly string[]) {
  const byFeature = z.array(z.number()).length(names.length);
  return z.object({ means: byFeature, deviations: byFeature, weights: byFeature });
}

let checked: DuplicateModel | null = null;

/** The model that a repository begins with; learned from rust-lang/rust. */
export function shippedModel(): DuplicateModel {
  checked ??= readShipped();
  return checked;
}

function readShipped(): DuplicateModel {
  const read = shippedSchema.safeParse(shipped);
  if (!read.success)
    throw new Error('shipped-model.json is of other features: node bench/build-duplicates-model.ts');
  const { features: _, ...link } = read.data.link;
  return { ...read.data, link };
}

/** The form of `shipped-model.json`, which names the features of the model of links too. */
export function writeShipped(model: DuplicateModel): object {
  return { ...model, link: { features: linkFeatureNames, ...model.link } };
}

export function writeModel({ link: _, ...own }: DuplicateModel): StoredModel {
  return own;
}

/** A model that was stored as JSON; null when it is of other features or of another shape. */
export function readModel(stored: unknown): DuplicateModel | null {
  const read = storedSchema.safeParse(migrated(stored));
  return read.success ? { ...read.data, link: shippedModel().link } : null;
}

/** At first the bias was called `shift`, and the sample of issues `witnesses`. */
function migrated(stored: unknown): unknown {
  if (typeof stored !== 'object' || stored === null || !('shift' in stored) || !('witnesses' in stored))
    return stored;
  const { shift: bias, witnesses: sampleIssues, ...same } = stored;
  return { ...same, sampleIssues, bias };
}

/**
 * A text that tells a model from others. It has the form in which models were stored at first: what was
 * learned beside one is kept under a hash of this text, and must be found again.
 */
export function identityOf(model: DuplicateModel): string {
  const { bias, ranking, sampleIssues, trainedUntil, version } = model;
  const { deviations, means, weights } = ranking;
  return JSON.stringify({
    version,
    trainedUntil,
    witnesses: sampleIssues,
    ranking: { means, deviations, weights },
    shift: bias,
  });
}

/** Whether these issues, or later ones of the same repository, taught the model. */
export function wasTaughtBy(
  model: DuplicateModel,
  issues: readonly { readonly number: number; readonly createdAt: number }[],
): boolean {
  const created = new Map(issues.map(({ number, createdAt }) => [number, createdAt]));
  return model.sampleIssues.some(([number, createdAt]) => created.get(number) === createdAt);
}
