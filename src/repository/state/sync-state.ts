import { z } from 'zod';
import { type LinkEvent, snapshotVersion } from '../../duplicates/index.ts';
import type { BlobEntry, StateEntry } from './entry.ts';
import { linkEvents } from './link-events.ts';

/** How far a sync came; each page stands in a blob of its own, so that a kill costs one page at most. */
export interface SyncProgress {
  /** Raw texts of the issue templates; null: not read yet. */
  readonly templates: readonly string[] | null;
  readonly pages: number;
  /** GitHub's cursor to the next page. */
  readonly next: string | null;
  readonly done: boolean;
}

/** One page of a sync that is under way, from 0. */
export interface SyncPage {
  readonly repository: string;
  readonly page: number;
}

export const syncProgress: StateEntry<string, SyncProgress> = {
  key: (repository) => `sync:${repository}`,
  schema: z.object({
    templates: z.array(z.string()).nullable(),
    pages: z.int(),
    next: z.string().nullable(),
    done: z.boolean(),
  }),
  default: { templates: null, pages: 0, next: null, done: false },
};

/** Duplicate marks that stood on a page. */
export const syncPageMarks: StateEntry<SyncPage, readonly LinkEvent[]> = {
  key: ({ page, repository }) => `sync:${repository}:${page}:marks`,
  schema: linkEvents,
  default: [],
};

/** Search index of the issues of a page. */
export const syncPageIndex: BlobEntry<SyncPage> = {
  key: ({ page, repository }) => `sync:${repository}:${page}`,
  version: () => snapshotVersion,
};

/** When what changed in a related repository was read last, epoch milliseconds; null: never. */
export const relatedReadAt: StateEntry<string, number | null> = {
  key: (repository) => `related:${repository}`,
  schema: z.number().nullable(),
  default: null,
};

/** Until when what changed in the repository was read, epoch milliseconds; null: never. */
export const changesReadUntil: StateEntry<string, number | null> = {
  key: (repository) => `changes-seen:${repository}`,
  schema: z.number().nullable(),
  default: null,
};
