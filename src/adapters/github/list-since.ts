import type { z } from 'zod';
import { type Client, isAbsent, paginate } from './call.ts';

/**
 * In order of creation: what changes while the pages are read then moves no other issue onto a page that was
 * read already, as it would in order of change.
 */
const stableOrder = { sort: 'created', direction: 'asc' };

/**
 * Lists what changed at or after `since` (epoch milliseconds). Empty where there is nothing to list: the
 * repository is gone, or has its issues switched off.
 */
export async function listSince<T>(
  client: Client,
  route: string,
  query: Readonly<Record<string, string>>,
  since: number,
  pageShape: z.ZodType<readonly T[]>,
): Promise<readonly T[]> {
  const parameters = { ...query, since: new Date(since).toISOString(), ...stableOrder };
  try {
    return await paginate(client, route, parameters, pageShape);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}
