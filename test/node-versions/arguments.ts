import { parseArgs } from 'node:util';
import manifest from '../../package.json' with { type: 'json' };

export interface Asked {
  /** A major version, of which the newest is meant, or an exact one. */
  readonly nodes: readonly string[];
  /** Names of npm scripts. */
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
    positionals.find((word) => !/^\d+(\.\d+\.\d+)?$/.test(word)) ??
    steps.find((step) => !everyStep.includes(step));
  if (unknown !== undefined)
    throw new Error(`"${unknown}" (expected 22 24.11.0 … --only ${everyStep.join(',')} --json)`);
  const supported = manifest.engines.node.match(/\d+(?=\.\d+\.\d+)/g) ?? [];
  return { nodes: positionals.length > 0 ? positionals : supported, steps, json: values.json };
}
