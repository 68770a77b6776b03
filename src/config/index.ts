import { z } from 'zod';
import type { Config } from '../model/config.ts';
import type { Problem } from '../model/problem.ts';
import { readYaml } from '../schema/index.ts';
import { configSchema } from './schema.ts';

/** The path of the settings in a repository. */
export const configPath = '.github/signpost.yml';

/** The settings of a repository without a file: `mode: observe`, so nothing is written. */
export const defaultConfig: Config = toConfig(configSchema.parse({}));

/**
 * Reads `.github/signpost.yml`. With any problem it returns the defaults, whose mode is `observe`: a broken
 * file makes Signpost silent, never more active than its owner wanted.
 */
export function readConfig(
  file: string,
  text: string,
): { readonly config: Config; readonly problems: readonly Problem[] } {
  const { value, problems } = readYaml({ file, text }, configSchema);
  return { config: value === null ? defaultConfig : toConfig(value), problems };
}

/** The JSON Schema that editors use for completion. */
export function configJsonSchema(): unknown {
  return z.toJSONSchema(configSchema, { io: 'input' });
}

function toConfig(value: z.output<typeof configSchema>): Config {
  const { ledger, close, limits, ...rest } = value;
  return {
    ...rest,
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
