import { parseArgs } from 'node:util';
import type { Benchmark, Plan } from './benchmark.ts';

/** A benchmark with the plan that was chosen. */
export interface Entry {
  readonly benchmark: Benchmark;
  readonly plan: Plan;
}

export interface Arguments {
  readonly commit: string;
  readonly quick: boolean;
  readonly json: boolean;
  readonly entries: readonly Entry[];
}

/** The commit whose speed everything is measured by. */
const measure = 'e6f8cd3';
const usage = 'npm run race -- [commit] [--pairs <1–99>] [--quick] [--only <names>] [--json]';

/** What is to be raced; throws with one line when the arguments make no sense. */
export function readArguments(args: readonly string[], benchmarks: readonly Benchmark[]): Arguments {
  const { positionals, values } = parse(args);
  const [commit = measure, surplus] = positionals;
  if (surplus !== undefined) throw new Error(`one commit too many: "${surplus}" (expected ${usage})`);
  const { json, quick } = values;
  return { commit, quick, json, entries: choose(benchmarks, values) };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        pairs: { type: 'string' },
        quick: { type: 'boolean', default: false },
        only: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split(/\.\s/);
    throw new Error(`${first} (expected ${usage})`);
  }
}

interface Choice {
  readonly pairs?: string | undefined;
  readonly only?: string | undefined;
  readonly quick: boolean;
}

function choose(benchmarks: readonly Benchmark[], { only, pairs, quick }: Choice): Entry[] {
  if (pairs !== undefined && !/^[1-9]\d?$/.test(pairs))
    throw new Error(`--pairs ${pairs} (expected a whole number from 1 to 99)`);
  const names = only?.split(',');
  const unknown = names?.find((name) => benchmarks.every((known) => known.name !== name));
  if (unknown !== undefined) {
    const known = benchmarks.map(({ name }) => name).join(', ');
    throw new Error(`--only ${unknown}: no such benchmark (expected some of ${known}, with commas between)`);
  }
  return benchmarks.flatMap((benchmark): Entry[] => {
    if (names !== undefined && !names.includes(benchmark.name)) return [];
    const plan = quick ? benchmark.quick : benchmark.full;
    if (plan !== null)
      return [{ benchmark, plan: pairs === undefined ? plan : { ...plan, pairs: Number(pairs) } }];
    if (names === undefined) return [];
    throw new Error(`--only ${benchmark.name}: has no quick form (expected it without --quick)`);
  });
}
