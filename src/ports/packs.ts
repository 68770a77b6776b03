import type { Problem } from '../model/problem.ts';
import type { Pack, PackInput, Signature } from '../model/signature.ts';

/** A pack's files as they were found on disk or in a repository, before its pages are compiled. */
export interface PackFiles {
  /** Null when `pack.yml` cannot be understood; `problems` says why. */
  readonly pack: Pack | null;
  /** The pages. */
  readonly files: readonly PackInput[];
  readonly problems: readonly Problem[];
  /** Shipped pages had their samples checked before they were shipped. */
  readonly shipped: boolean;
  /** The pages as `npm run build-model` read them; null when they have changed since. */
  readonly built: readonly Signature[] | null;
  /** The models that `npm run build-model` made of the pages; null without any. */
  readonly model: string | null;
}

/**
 * The packs that Signpost ships, by name: what `createKnowledgeBase` compiles. Reading them is the adapter's.
 */
export type ShippedPacks = ReadonlyMap<string, PackFiles>;
