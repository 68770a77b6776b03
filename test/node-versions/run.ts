/**
 * `npm run nodes [-- 22 24.11.0] [--only check,demo,test] [--json]`: the checks, the demo and the tests of a
 * clean clone of HEAD on the newest Node of each major version that `engines` names, or on those given.
 * Exits with 1 when one fails.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArguments } from './arguments.ts';
import { createNpm } from './npm.ts';
import { prepare } from './prepare.ts';
import { type Outcome, table } from './table.ts';

const root = join(import.meta.dirname, '../..');
const print = (text: string): void => void process.stderr.write(`${text}\n`);
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(signal));

const place = mkdtempSync(join(tmpdir(), 'signpost-nodes-'));
try {
  const { nodes, steps, json } = readArguments(process.argv.slice(2));
  const npm = createNpm(stop.signal);
  if (execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' }) !== '')
    print('nodes: what is not committed is left out');
  const outcomes: Outcome[] = [];
  for (const node of nodes) {
    print(`Node ${node}: npm ci …`);
    const { version, folder, nodeFolder } = await prepare(npm, root, join(place, node), node);
    const seen: Outcome = { version, steps: {} };
    for (const step of steps) {
      print(`${version}: npm run ${step} …`);
      const { ok, seconds, output } = await npm(['run', step], folder, nodeFolder);
      const warnings = [...new Set(output.match(/(?<=^\(node:\d+\) ).*Warning: .*$/gm))];
      seen.steps[step] = { ok, seconds, warnings };
      if (!ok) print(output);
      for (const warning of warnings) print(`${version}: ${warning}`);
      print(`${version}: npm run ${step} ${ok ? 'is fine' : 'FAILED'}, ${seconds} s`);
    }
    outcomes.push(seen);
    rmSync(join(place, node), { recursive: true });
  }
  process.stdout.write(json ? `${JSON.stringify(outcomes, null, 2)}\n` : table(outcomes, steps));
  process.exitCode = outcomes.some(({ steps }) => Object.values(steps).some(({ ok }) => !ok)) ? 1 : 0;
} catch (error) {
  print(`nodes: ${error instanceof Error ? error.message : `stopped by ${error}`}`);
  process.exitCode = stop.signal.aborted ? 130 : 2;
} finally {
  rmSync(place, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}
