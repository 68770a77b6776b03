import { z } from 'zod';
import { labelModelVersion } from '../../classify/index.ts';
import { type FailureGroups, noGroups } from '../../digest/index.ts';
import { type LinkEvent, snapshotVersion } from '../../duplicates/index.ts';
import type { BlobEntry, StateEntry } from './entry.ts';
import { linkEvents } from './link-events.ts';

/** How the stored history of a repository came about. */
export interface SavedHistory {
  /** Grows with each save and each load: who holds an older one is no longer the holder. */
  readonly generation: number;
  /** What changed at or after that time (epoch ms) may be missing; null: nothing was ever saved. */
  readonly at: number | null;
}

export const savedHistory: StateEntry<string, SavedHistory> = {
  key: (repository) => `past:${repository}`,
  schema: z.object({ generation: z.int(), at: z.number().nullable() }),
  default: { generation: 0, at: null },
};

/** The search index of a repository's issues. */
export const searchIndex: BlobEntry<string> = {
  key: (repository) => `index:${repository}`,
  version: () => snapshotVersion,
};

/** Every duplicate mark, un-mark and reopening. */
export const duplicateMarks: StateEntry<string, readonly LinkEvent[]> = {
  key: (repository) => `links:${repository}`,
  schema: linkEvents,
  default: [],
};

/** What the repository's own duplicates taught of links, as `writeModel` gives it and `readModel` checks it. */
export const historyLinkModel: StateEntry<string, unknown> = {
  key: (repository) => `duplicates:${repository}`,
  schema: z.unknown(),
  default: null,
};

/** What the repository's labels taught. */
export const labelModel: BlobEntry<string> = {
  key: (repository) => `labels:${repository}`,
  version: () => labelModelVersion,
};

/** Raw texts of the repository's issue templates. */
export const issueTemplates: StateEntry<string, readonly string[]> = {
  key: (repository) => `templates:${repository}`,
  schema: z.array(z.string()),
  default: [],
};

/** Groups of reports that no page knows. */
export const unknownGroups: StateEntry<string, FailureGroups> = {
  key: (repository) => `emerging:${repository}`,
  schema: z.object({
    groups: z.array(
      z.object({
        name: z.int(),
        members: z.array(z.int()),
        also: z.array(z.int()).exactOptional(),
      }),
    ),
    loose: z.array(z.int()),
  }),
  default: noGroups,
};

/** Names of groups for which a page is proposed. */
export const proposedGroups: StateEntry<string, readonly number[]> = {
  key: (repository) => `proposals:${repository}`,
  schema: z.array(z.int()),
  default: [],
};
