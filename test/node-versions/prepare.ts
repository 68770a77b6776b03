import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Npm } from './npm.ts';

/** A clean clone that is installed, and the Node that its npm scripts run on. */
export interface Prepared {
  /** As `process.version` says it, with the v. */
  readonly version: string;
  readonly folder: string;
  readonly nodeFolder: string;
}

/**
 * Installs a Node, the newest of a major version or an exact one, and on it a clean clone of HEAD, without
 * the Node that the project brings along: that one would stand first on the path of every npm script. `npm ci
 * --omit=optional` would leave out too much, the binaries of Vitest and Biome among it. The clone finds
 * `../shared` where the checkout has it.
 *
 * @throws Error when something cannot be installed, or when npm scripts run on another Node
 */
export async function prepare(npm: Npm, root: string, place: string, wanted: string): Promise<Prepared> {
  const { folder: nodeFolder, version } = await installNode(npm, place, wanted);
  const folder = join(place, 'signpost');
  execFileSync('git', ['clone', '--quiet', root, folder]);
  const data = join(root, '../shared');
  if (existsSync(data)) symlinkSync(data, join(place, 'shared'), 'junction');
  await must(npm(['ci'], folder, nodeFolder), 'npm ci');
  leaveOutBundledNode(folder);
  const said = await must(npm(['exec', '-c', 'node -p process.version'], folder, nodeFolder), 'node');
  if (said.trim() !== version) throw new Error(`npm scripts run on ${said.trim()} (expected ${version})`);
  return { version, folder, nodeFolder };
}

async function installNode(npm: Npm, place: string, wanted: string) {
  mkdirSync(place, { recursive: true });
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  await must(
    npm(['install', '--prefix', place, '--no-save', `${name}@${wanted}`], place),
    `${name}@${wanted}`,
  );
  const installed = join(place, 'node_modules', name);
  const { version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
    version: string;
  };
  // Some of these packages write the v themselves.
  return { folder: join(installed, 'bin'), version: version.replace(/^v?/, 'v') };
}

/** What `optionalDependencies` brings: a `node` of fixed version, and its links. */
function leaveOutBundledNode(folder: string): void {
  const modules = join(folder, 'node_modules');
  const bundled = [
    ...readdirSync(modules).filter((name) => /^node-(linux|win|darwin)-/.test(name)),
    ...readdirSync(join(modules, '.bin'))
      .filter((name) => /^node(\.|$)/.test(name))
      .map((name) => join('.bin', name)),
  ];
  for (const name of bundled) rmSync(join(modules, name), { recursive: true });
}

async function must(running: ReturnType<Npm>, what: string): Promise<string> {
  const { ok, output } = await running;
  if (!ok) throw new Error(`${what} failed:\n${output}`);
  return output;
}
