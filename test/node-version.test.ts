import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

const { bin, engines, scripts } = manifest;
const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'signpost-node-'));
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
afterAll(() => rmSync(folder, { recursive: true }));

/** A checkout with nothing in it but its scripts and what runs on every Node: whatever else is read fails. */
function checkout(name: string, node: string): string {
  for (const file of globSync('src/**/*.{cjs,mjs}', { cwd: root })) {
    mkdirSync(join(folder, name, dirname(file)), { recursive: true });
    cpSync(join(root, file), join(folder, name, file));
  }
  writeFileSync(join(folder, name, 'package.json'), JSON.stringify({ ...manifest, engines: { node } }));
  return join(folder, name);
}

/** Runs a line of package.json's `scripts` as npm does, with the `node` of a folder first on the path. */
function run(script: string, cwd: string, nodeFolder = dirname(process.execPath)) {
  const PATH = [nodeFolder, process.env.PATH].join(delimiter);
  const { status, stdout, stderr } = spawnSync(script, {
    ...{ cwd, shell: true, encoding: 'utf8', timeout: 20_000 },
    env: { ...process.env, PATH },
  });
  return { status, stdout, stderr };
}

function refusal(node: string, expected: string) {
  const mend = 'install Node 24, or get one with "npm ci" (Linux, Windows; without --omit=optional)';
  const stderr = `signpost: Node ${node} is not supported (expected ${expected}): ${mend}\n`;
  return { status: 2, stdout: '', stderr };
}

describe('on a Node that is too old', () => {
  const cwd = checkout('old', '>=999.0.0');
  test.each(Object.entries(scripts))('npm run %s says so in one line and does nothing', (_, script) => {
    expect(run(script, cwd)).toEqual(refusal(process.versions.node, '>=999.0.0'));
  });
});

test('the program that is installed starts as the one of a checkout', () => {
  expect(`node ${bin.signpost.replace(/^dist/, 'src')}`).toBe(scripts.signpost);
});

test.each([
  [true, engines.node],
  [true, `^${major}.${minor}.0`],
  [true, `>=${major}.${minor}.0`],
  [true, `>=${major - 1}.${minor + 1}.0`],
  [true, `^${major - 1}.0.0 || ^${major}.0.0 || >=${major + 1}.0.0`],
  [false, `^${major}.${minor + 1}.0`],
  [false, `>=${major}.${minor + 1}.0`],
  [false, `^${major - 1}.0.0 || ^${major + 1}.0.0`],
  [false, `^${major - 1}.0.0 || >=${major + 1}.0.0`],
])('whether this Node is supported is %s for %s', (supported, node) => {
  const seen = run('node src/node-version.cjs', checkout('range', node));
  expect(seen).toEqual(
    supported ? { status: 0, stdout: '', stderr: '' } : refusal(process.versions.node, node),
  );
});

/** A Node of this machine, outside `node_modules`, that is too old indeed. */
const old = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((place) => !place.includes('node_modules'))
  .map((place) => ({ place, version: versionIn(place) }))
  .find(({ version }) => version !== '' && Number.parseInt(version, 10) < 22);

test.skipIf(old === undefined)(
  'a Node that is too old understands what says so (skipped without one)',
  () => {
    const { place = '', version = '' } = old ?? {};
    const cwd = checkout('real', engines.node);
    for (const script of Object.values(scripts))
      expect(run(script, cwd, place), script).toEqual(refusal(version, engines.node));
  },
);

function versionIn(place: string): string {
  try {
    return execFileSync(join(place, 'node'), ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}
