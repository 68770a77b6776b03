import { z } from 'zod';
import type { StateEntry } from './entry.ts';

/** What verdicts train: recognisers of pages, the ranker of links with its curve, and how sure is sure enough. */
export const modelKinds = ['signatures', 'links', 'bars'] as const;
export type ModelKind = (typeof modelKinds)[number];

/** A model that was learned from people's verdicts in one repository. Times are epoch milliseconds. */
export interface ModelVersion {
  readonly kind: ModelKind;
  /** From 1; 0 is what there was before anybody spoke. */
  readonly version: number;
  readonly at: number;
  readonly state: 'activated' | 'rolled back';
  /** What changed, on what evidence, with figures. */
  readonly line: string;
}

/** The models of one repository. */
export interface ModelRegistry {
  /** Oldest first. */
  readonly versions: readonly ModelVersion[];
  /** The version of each kind that is active. */
  readonly active: Readonly<Record<ModelKind, number>>;
  /** Verdicts up to then do not teach any more: what they taught was rolled back. */
  readonly since: Readonly<Record<ModelKind, number>>;
  /** How many verdicts there were when it was learned last. */
  readonly verdictsLearnedFrom: number;
}

const noVersions = { signatures: 0, links: 0, bars: 0 } as const;

const emptyRegistry: ModelRegistry = {
  versions: [],
  active: noVersions,
  since: noVersions,
  verdictsLearnedFrom: 0,
};

const byKind = z.strictObject({ signatures: z.number(), links: z.number(), bars: z.number() });

function versionShape<State extends string>(states: z.ZodType<State>) {
  return z.strictObject({
    kind: z.enum(modelKinds),
    version: z.int(),
    at: z.number(),
    state: states,
    line: z.string(),
  });
}

const current = z.strictObject({
  versions: z.array(versionShape(z.enum(['activated', 'rolled back']))),
  active: byKind,
  since: byKind,
  verdictsLearnedFrom: z.int(),
}) satisfies z.ZodType<ModelRegistry>;

/** As the first Signpost stored it. */
const version1 = z
  .strictObject({
    versions: z.array(versionShape(z.enum(['adopted', 'rolled back']))),
    inUse: byKind,
    since: byKind,
    heard: z.int(),
  })
  .transform(
    ({ heard: verdictsLearnedFrom, inUse, since, versions }): ModelRegistry => ({
      versions: versions.map((one) => ({
        ...one,
        state: one.state === 'adopted' ? 'activated' : 'rolled back',
      })),
      active: inUse,
      since,
      verdictsLearnedFrom,
    }),
  );

/** Which models of a repository were learned, and which are active. */
export const modelRegistry: StateEntry<string, ModelRegistry> = {
  key: (repository) => `models:${repository}`,
  schema: z.union([current, version1]),
  default: emptyRegistry,
};
