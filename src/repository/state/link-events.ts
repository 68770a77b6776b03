import { z } from 'zod';
import type { LinkEvent } from '../../duplicates/index.ts';

const at = z.number();

export const linkEvents: z.ZodType<readonly LinkEvent[]> = z.array(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('marked'), number: z.int(), of: z.int(), at }),
    z.object({ kind: z.literal('unmarked'), number: z.int(), of: z.int().exactOptional(), at }),
    z.object({ kind: z.literal('reopened'), number: z.int(), at }),
  ]),
);
