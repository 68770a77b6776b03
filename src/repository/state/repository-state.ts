import { z } from 'zod';
import type { IssueRef } from '../../model/issue.ts';
import type { RepositoryFiles } from '../read-repository.ts';
import type { StateEntry } from './entry.ts';

/** What was read from the repository; null: nothing yet. */
export const repositoryFiles: StateEntry<string, RepositoryFiles | null> = {
  key: (repository) => `repository:${repository}`,
  schema: z.object({
    config: z.string().nullable(),
    pages: z.array(z.object({ repository: z.string(), path: z.string(), text: z.string() })),
    templates: z.array(z.string()),
    labels: z.array(z.string()),
  }),
  default: null,
};

/** By signature, the open thread that a comment linked last. */
export const openRoots: StateEntry<string, Readonly<Record<string, IssueRef>>> = {
  key: (repository) => `roots:${repository}`,
  schema: z.record(z.string(), z.object({ repository: z.string(), number: z.int() })),
  default: {},
};

/** When somebody last wrote `/signpost resume`, epoch milliseconds; 0: never. */
export const resumedAt: StateEntry<string, number> = {
  key: (repository) => `resumed:${repository}`,
  schema: z.number(),
  default: 0,
};

/** The open issue that says why we do not comment; null: there is none. */
export const pauseIssue: StateEntry<string, number | null> = {
  key: (repository) => `brake-issue:${repository}`,
  schema: z.int().nullable(),
  default: null,
};

/** When the count of the reports that point to an issue is next due, epoch milliseconds; null: it was never scheduled. */
export const reportCountDue: StateEntry<IssueRef, number | null> = {
  key: ({ number, repository }) => `tally:${repository}#${number}`,
  schema: z.number().nullable(),
  default: null,
};
