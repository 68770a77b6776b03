import { parseArgs } from 'node:util';
import manifest from '../../package.json' with { type: 'json' };

/** What is asked for: major versions of Node, npm scripts, and whether the answer is JSON. */
export interface Asked {
  readonly majors: readonly string[];
  readonly steps: readonly string[];
  readonly json: boolean;
}

const everyStep = ['check', 'demo', 'test'];

/**
 * By default, every major version of `engines` and every step.
 *
 * @throws Error for what is not understood
 */
export function readArguments(args: readonly string[]): Asked {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { only: { type: 'string' }, json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const steps = values.only?.split(',') ?? everyStep;
  const unknown =
    positionals.find((word) => !/^\d+$/.test(word)) ?? steps.find((step) => !everyStep.includes(step));
  if (unknown !== undefined)
    throw new Error(`"${unknown}" (expected 22 24 26 … --only ${everyStep.join(',')} --json)`);
  const supported = manifest.engines.node.match(/\d+(?=\.\d+\.\d+)/g) ?? [];
  return { majors: positionals.length > 0 ? positionals : supported, steps, json: values.json };
}
