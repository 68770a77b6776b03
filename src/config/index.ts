import { z } from 'zod';
import type { Config } from '../model/config.ts';
import type { Problem } from '../model/problem.ts';
import { readYaml } from '../schema/index.ts';
import { configSchema } from './schema.ts';

/** Where a repository keeps its settings. */
export const configPath = '.github/signpost.yml';

/** What holds without a file: everything is observed, nothing is written. */
export const defaultConfig: Config = shape(configSchema.parse({}));

/**
 * Reads `.github/signpost.yml`. With a problem the defaults hold, whose mode is `observe`: a broken file
 * makes Signpost silent, never louder than its owner wanted.
 */
export function readConfig(
  file: string,
  text: string,
): { readonly config: Config; readonly problems: readonly Problem[] } {
  const { value, problems } = readYaml({ file, text }, configSchema);
  return { config: value === null ? defaultConfig : shape(value), problems };
}

/** The JSON Schema that editors use for completion. */
export function configJsonSchema(): unknown {
  return z.toJSONSchema(configSchema, { io: 'input' });
}

function shape(value: z.output<typeof configSchema>): Config {
  const { ledger, close, limits, ...same } = value;
  return {
    ...same,
    ledger: { onRoot: ledger['on-root'] },
    close: {
      at: close.at,
      after: close.after,
      atMostPerDay: close['at-most'],
      never: close.never,
      unless: { thumbsUp: close.unless['thumbs-up'] },
      confirm: close.confirm,
    },
    limits: { commentsPerHour: limits.comments },
  };
}
