import { z } from 'zod';
import type { StateEntry } from '../repository/state/entry.ts';

/** What one catch-up with deliveries leaves for the next. */
export interface LastCatchUp {
  /** When it began, epoch milliseconds. */
  readonly at: number;
  /** How often each delivery was asked for again, by GUID. */
  readonly redelivered: Readonly<Record<string, number>>;
}

/** State of the App as a whole; null: it never caught up. */
export const lastCatchUp: StateEntry<void, LastCatchUp | null> = {
  key: () => 'catch-up',
  schema: z.object({ at: z.number(), redelivered: z.record(z.string(), z.number()) }),
  default: null,
};
