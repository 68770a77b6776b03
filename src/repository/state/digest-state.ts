import { z } from 'zod';
import { readWeek, type Week } from '../../digest/index.ts';
import type { StateEntry } from './entry.ts';

/** The last digest. */
export interface LastDigest {
  readonly week: Week;
  /** The issue that holds it, or the one before it where there was nothing to say. */
  readonly number: number | null;
  /** The issue of the digest before, as long as it is to be closed. */
  readonly closing: number | null;
}

export const lastDigest: StateEntry<string, LastDigest | null> = {
  key: (repository) => `digest:${repository}`,
  schema: z.object({
    week: z.custom<Week>((value) => typeof value === 'string' && readWeek(value) !== null, 'no ISO week'),
    number: z.int().nullable(),
    closing: z.int().nullable(),
  }),
  default: null,
};
