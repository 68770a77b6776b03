import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { circles } from './circles.ts';
import { fences } from './fence-rules.ts';
import { survey } from './survey.ts';

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

/** A house of these files, with packages that need nothing but a name. */
function house(files: Readonly<Record<string, string>>): string {
  const base = mkdtempSync(join(tmpdir(), 'signpost-house-'));
  made.push(base);
  const packages = ['pino', 'natural/lib/natural', 'vitest'];
  const all: Record<string, string> = {
    'package.json': JSON.stringify({
      type: 'module',
      dependencies: { pino: '1', natural: '1' },
      devDependencies: { vitest: '1' },
    }),
    'tsconfig.json': JSON.stringify({
      compilerOptions: { module: 'nodenext', allowImportingTsExtensions: true, noEmit: true },
    }),
    ...Object.fromEntries(packages.map((name) => [`node_modules/${name}/index.js`, 'export const one = 1;'])),
    ...Object.fromEntries(
      packages
        .map((name) => name.split('/')[0] ?? name)
        .map((name) => [
          `node_modules/${name}/package.json`,
          JSON.stringify({
            name,
            version: '1.0.0',
            type: 'module',
            main: name === 'natural' ? 'lib/natural/index.js' : 'index.js',
          }),
        ]),
    ),
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), text);
  }
  return base;
}

const value = 'export const one = 1;\n';
const imports = (...paths: string[]): string =>
  paths
    .map((path, index) => `import * as x${index} from '${path}';\nexport const y${index} = x${index};\n`)
    .join('');

/** For each fence, a file that climbs over it. */
const breaches: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'model-imports-nothing': {
    'src/model/issue.ts': imports('../ports/clock.ts'),
    'src/ports/clock.ts': value,
  },
  'numerics-import-nothing': {
    'src/numerics/minimise.ts': imports('../model/issue.ts'),
    'src/model/issue.ts': value,
  },
  'schema-knows-values-only': {
    'src/schema/index.ts': imports('../ports/clock.ts'),
    'src/ports/clock.ts': value,
  },
  'ports-know-no-provider': { 'src/ports/log.ts': imports('pino') },
  'pure-stages-stay-pure': { 'src/report/read.ts': imports('pino') },
  'stages-through-their-index': { 'src/app/use.ts': imports('../act/apply.ts'), 'src/act/apply.ts': value },
  'triage-knows-no-shell': { 'src/triage/triage.ts': imports('../app/use.ts'), 'src/app/use.ts': value },
  'repository-knows-no-use-case': {
    'src/repository/state.ts': imports('../app/use.ts'),
    'src/app/use.ts': value,
  },
  'app-reaches-no-adapter': {
    'src/app/use.ts': imports('../adapters/clock.ts'),
    'src/adapters/clock.ts': value,
  },
  'process-wires-nothing': { 'src/process/log.ts': imports('../app/use.ts'), 'src/app/use.ts': value },
  'adapters-know-ports-only': {
    'src/adapters/github/call.ts': imports('../../report/index.ts'),
    'src/report/index.ts': value,
  },
  'packs-are-read-not-used': {
    'src/adapters/packs/read.ts': imports('../../match/index.ts'),
    'src/match/index.ts': value,
  },
  'sql-knows-no-store': {
    'src/adapters/sql/database.ts': imports('../store/inbox.ts'),
    'src/adapters/store/inbox.ts': value,
  },
  'store-and-queue-stand-apart': {
    'src/adapters/store/inbox.ts': imports('../github/call.ts'),
    'src/adapters/github/call.ts': value,
  },
  'adapters-are-made-in-one-place': {
    'src/server/worker.ts': imports('../adapters/clock.ts'),
    'src/adapters/clock.ts': value,
  },
  'nothing-above-the-command-line': {
    'src/server/compose.ts': imports('../cli/io.ts'),
    'src/cli/io.ts': value,
  },
  'server-is-run-not-used': {
    'src/app/use.ts': imports('../server/worker.ts'),
    'src/server/worker.ts': value,
  },
  'outside-world-behind-ports': { 'src/app/use.ts': imports('node:fs') },
  'no-root-natural': { 'src/report/stem.ts': imports('natural') },
  'no-circles': {
    'src/app/a.ts': `import type { B } from './b.ts';\nexport interface A { b: B }\n`,
    'src/app/b.ts': `import type { A } from './a.ts';\nexport interface B { a: A }\n`,
  },
  'no-development-package-in-production': { 'src/server/worker.ts': imports('vitest') },
  ...Object.fromEntries(
    fences.forbidden
      .flatMap(({ name }) => /^(\w+)-knows-no-other-stage$/.exec(name ?? '') ?? [])
      .filter((_, index) => index % 2 === 1)
      .map((stage) => {
        const other = stage === 'match' ? 'report' : 'match';
        return [
          `${stage}-knows-no-other-stage`,
          { [`src/${stage}/index.ts`]: imports(`../${other}/index.ts`), [`src/${other}/index.ts`]: value },
        ];
      }),
  ),
};

describe('a fence of the house', () => {
  it.each(fences.forbidden.map(({ name }) => name ?? ''))(
    'catches a file that breaks it: %s',
    async (name) => {
      const files = breaches[name];
      expect(files, `a breach of ${name}`).toBeDefined();
      const { broken } = await survey(house(files ?? {}));
      expect(broken.filter((line) => line.includes(`: ${name}: `))).not.toEqual([]);
    },
  );

  it('lets a house pass that keeps them', async () => {
    const files = {
      'src/model/issue.ts': value,
      'src/report/index.ts': imports('../model/issue.ts'),
      'src/ports/clock.ts': imports('../model/issue.ts'),
      'src/triage/triage.ts': imports('../report/index.ts', '../ports/clock.ts'),
      'src/app/use.ts': imports('../triage/triage.ts'),
      'src/server/compose.ts': imports('../app/use.ts', '../adapters/clock.ts', 'pino'),
      'src/adapters/clock.ts': imports('../ports/clock.ts'),
    };
    expect(await survey(house(files))).toEqual({ modules: 7, broken: [] });
  });

  it('sees the clock, chance and the environment, which no import shows', async () => {
    const { broken } = await survey(house({ 'src/app/use.ts': 'export const now = () => Date.now();\n' }));
    expect(broken).toEqual([expect.stringMatching(/^src\/app\/use\.ts:1: Date\.now\(/)]);
  });

  it('measures files and folders', async () => {
    const long = (lines: number, name = 'a'): string =>
      Array.from({ length: lines }, (_, line) => `export const ${name}${line} = ${line};\n`).join('');
    const rooms = Array.from({ length: 10 }, (_, room) => [`src/room${room}/a.ts`, long(100, `r${room}x`)]);
    const { broken } = await survey(
      house({ ...Object.fromEntries(rooms), 'src/room0/b.ts': long(301, 'b') }),
    );
    expect(broken).toEqual([
      expect.stringMatching(/^src\/room0\/b\.ts: 301 lines/),
      expect.stringMatching(/^src\/room0: 401 of 1301 lines/),
    ]);
  });
});

describe('circles', () => {
  const house = (arrows: readonly (readonly [string, string])[]) =>
    arrows.map(([source, target]) => ({ source, imports: [target] }));

  it('are found among folders whose files go in none', () => {
    const found = circles(
      house([
        ['src/a/one.ts', 'src/b/one.ts'],
        ['src/b/two.ts', 'src/a/two.ts'],
      ]),
    );
    expect(found).toEqual([
      'src: a → b → a (src/a/one.ts imports src/b/one.ts; src/b/two.ts imports src/a/two.ts)',
    ]);
  });

  it('are found between a file and the folder beside it', () => {
    expect(
      circles(
        house([
          ['src/a/x.ts', 'src/a/deep/y.ts'],
          ['src/a/deep/z.ts', 'src/a/x.ts'],
        ]),
      ),
    ).toHaveLength(1);
  });

  it('are not seen where a folder uses what stands beside it, and is used from above', () => {
    expect(
      circles(
        house([
          ['src/a/main.ts', 'src/a/deep/y.ts'],
          ['src/a/deep/y.ts', 'src/a/io.ts'],
        ]),
      ),
    ).toEqual([]);
  });
});
