/**
 * `npm run race -- [commit] [--pairs 5] [--quick] [--only load,query] [--json]`: builds a worktree of another
 * commit (default e6f8cd3) and runs each benchmark there and in the working tree as it stands, in turn.
 * Prints both medians, their ratio, its target and whether it was met. Exits with 0 when all were, 1 when one
 * was missed, 2 when something could not be measured.
 */
import { existsSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { type Arguments, readArguments } from './arguments.ts';
import type { Comparison } from './compare.ts';
import { createProgress } from './progress.ts';
import { race } from './race.ts';
import { benchmarks } from './rows/index.ts';
import { schedule } from './schedule.ts';
import { printTable } from './table.ts';
import { layOut, removeAbandoned } from './worktree.ts';

/** npm runs scripts where package.json is. */
const root = process.cwd();
const interrupt = new AbortController();
// Not `once`: npm passes on a signal that the terminal has sent already, and cleaning up takes a moment.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => interrupt.abort());

try {
  const asked = readArguments(process.argv.slice(2), benchmarks);
  const entries = asked.entries.filter(({ benchmark: { name, needs } }) => {
    const there = needs === undefined || existsSync(join(root, needs));
    if (!there) report(`${name} is skipped: ${needs} is absent`);
    return there;
  });
  if (entries.length === 0) throw new Error('nothing is left to be measured');
  warnOfLoad();
  await removeAbandoned(root);
  const field = await layOut(root, asked.commit, interrupt.signal);
  try {
    const steps = schedule(entries);
    const progress = createProgress(steps, process.stderr);
    const rows = await race(steps, field, { quick: asked.quick, signal: interrupt.signal, progress });
    print(asked, rows);
    process.exitCode = rows.some(({ verdict }) => verdict === 'missed') ? 1 : 0;
  } finally {
    await field.remove();
  }
} catch (error) {
  if (process.stderr.isTTY) process.stderr.write('\n');
  report(interrupt.signal.aborted ? 'interrupted' : error instanceof Error ? error.message : String(error));
  // As a shell says of a program that Ctrl-C has ended.
  process.exitCode = interrupt.signal.aborted ? 130 : 2;
}

function report(line: string): void {
  process.stderr.write(`race: ${line}\n`);
}

/**
 * Rows in CPU bear other work; those in time (start, load) need a quiet machine, and many pairs otherwise.
 */
function warnOfLoad(): void {
  const [load = 0] = loadavg();
  const cores = availableParallelism();
  if (load > cores / 2)
    report(
      `the machine is busy (load ${load.toFixed(1)} on ${cores} cores): five pairs do not tell 5 % from chance`,
    );
}

function print({ commit, json }: Arguments, rows: readonly Comparison[]): void {
  if (json) {
    const shown = rows.map(({ metric, ...figures }) => ({ ...metric, ...figures }));
    console.log(JSON.stringify({ commit, node: process.version, rows: shown }, null, 2));
  } else console.log(printTable(rows, commit));
}
