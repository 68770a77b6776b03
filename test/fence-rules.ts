// The house's fences. Each says why it stands; `npm run check:fences` holds them, and test/fences.test.ts breaks each.
import type { IConfiguration, IRegularForbiddenRuleType } from 'dependency-cruiser';

/** The path of an issue, in order; `act` alone asks a port for something. */
const pure = [
  'config',
  'report',
  'knowledge',
  'match',
  'duplicates',
  'classify',
  'decide',
  'learn',
  'digest',
];
const stages = [...pure, 'act'];
const pureLibraries = [
  'natural',
  'zod',
  're2js',
  'markdown-it',
  'yaml',
  '@secretlint',
  'semver',
  'temporal-polyfill',
];

/** The only files outside `adapters` that make one. */
const compositionRoots = [
  'server/compose\\.ts',
  'server/webhook/(compose-thread|thread-main)\\.ts',
  'cli/open\\.ts',
];

interface Fences {
  readonly forbidden: IRegularForbiddenRuleType[];
  readonly options: NonNullable<IConfiguration['options']>;
}

/** `from` may import what `allowed` names, and nothing else. */
function only(
  name: string,
  comment: string,
  from: string,
  allowed: readonly string[],
): IRegularForbiddenRuleType {
  return { name, comment, severity: 'error', from: { path: `^src/${from}/` }, to: { pathNot: [...allowed] } };
}

/** `from` may not import what `forbidden` names. */
function never(name: string, comment: string, from: string, forbidden: string): IRegularForbiddenRuleType {
  return { name, comment, severity: 'error', from: { path: `^src/${from}` }, to: { path: forbidden } };
}

const anyOf = (rooms: readonly string[]): string => `^src/(${rooms.join('|')})/`;

export const fences: Fences = {
  forbidden: [
    only(
      'model-imports-nothing',
      'The values that cross rooms must be readable without knowing any room.',
      'model',
      ['^src/model/'],
    ),
    only('numerics-import-nothing', 'A minimiser knows numbers, and nothing of issues.', 'numerics', [
      '^src/numerics/',
    ]),
    only('schema-knows-values-only', 'Checking YAML needs to know nothing of who asked.', 'schema', [
      '^src/(model|schema)/',
      '^node_modules/(zod|yaml)/',
      '^(node:)?module$',
    ]),
    only(
      'ports-know-no-provider',
      'A port names what the core needs; it must not know who provides it.',
      'ports',
      ['^src/(model|ports)/'],
    ),
    only(
      'pure-stages-stay-pure',
      'A stage that computes gives the same answer on every machine: no files, no network, no clock, no SDK.',
      `(${pure.join('|')})`,
      [
        '^src/(model|schema|numerics)/',
        anyOf(pure),
        `^node_modules/(${pureLibraries.join('|')})`,
        '^(node:)?crypto$',
      ],
    ),
    ...stages.map((stage) =>
      never(
        `${stage}-knows-no-other-stage`,
        'Data flows one way: who brings stages together sees each through its index.ts.',
        `${stage}/`,
        `^src/(${[...stages.filter((other) => other !== stage), ...above('act')].join('|')})/`,
      ),
    ),
    {
      name: 'stages-through-their-index',
      comment: 'What a stage offers is what its index.ts names; the rest may change at will.',
      severity: 'error',
      from: { path: '^src/', pathNot: anyOf(stages) },
      to: { path: anyOf(stages), pathNot: `^src/(${stages.join('|')})/index\\.ts$` },
    },
    never(
      'triage-knows-no-shell',
      'The path of an issue can be walked without a process around it.',
      'triage/',
      room('triage'),
    ),
    never(
      'repository-knows-no-use-case',
      'What is held of a repository serves use cases, and asks for none.',
      'repository/',
      room('repository'),
    ),
    never(
      'app-reaches-no-adapter',
      'Use cases see the world through ports, so that each can be played in a test.',
      'app/',
      room('app'),
    ),
    never(
      'process-wires-nothing',
      'Settings, logs and metrics of a process stand without the App.',
      'process/',
      `^src/(?!process/|ports/|model/)`,
    ),
    never(
      'adapters-know-ports-only',
      'An adapter can be replaced by another as long as it knows the port alone.',
      'adapters/(?!packs/)',
      `^src/(?!adapters/|ports/|model/|schema/)`,
    ),
    never(
      'packs-are-read-not-used',
      'Reading a pack needs the words of pages, and nothing that is done with them.',
      'adapters/packs/',
      `^src/(?!adapters/packs/|ports/|model/|knowledge/)`,
    ),
    never(
      'sql-knows-no-store',
      'Store and queue stand on one database; it knows neither.',
      'adapters/sql/',
      '^src/adapters/(?!sql/)',
    ),
    never(
      'store-and-queue-stand-apart',
      'The inbox and the jobs meet in one transaction, by values, not by imports.',
      'adapters/(store|queue)/',
      '^src/adapters/(github|open|packs|threads)/',
    ),
    {
      name: 'adapters-are-made-in-one-place',
      comment: 'One place decides which store, queue and GitHub are used.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/adapters/', `^src/(${compositionRoots.join('|')})$`] },
      to: { path: '^src/adapters/' },
    },
    never(
      'nothing-above-the-command-line',
      'A command is called by a person; no code depends on one.',
      '(?!cli/)',
      '^src/cli/',
    ),
    never(
      'server-is-run-not-used',
      'Only the command line starts a server.',
      '(?!server/|cli/)',
      '^src/server/',
    ),
    {
      name: 'outside-world-behind-ports',
      comment: 'Files, network and threads live behind ports, so that a decision can be replayed.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(server|cli|process|adapters)/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|buffer|module)$' },
    },
    {
      name: 'no-root-natural',
      comment: 'The root of natural takes a second, 120 MB, reads .env and prints; deep imports do not.',
      severity: 'error',
      from: {},
      to: { path: '^node_modules/natural/lib/natural/index\\.js$' },
    },
    {
      name: 'no-circles',
      comment: 'What goes in circles cannot be read from top to bottom.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-development-package-in-production',
      comment: 'What runs in production is a dependency of production.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};

/** Rooms above a room, from the ground up: a room imports what stands below it. */
function above(name: string): readonly string[] {
  const floors = ['act', 'triage', 'repository', 'app', 'server', 'cli'];
  return [...floors.slice(floors.indexOf(name) + 1), 'process', 'adapters'];
}

function room(name: string): string {
  return anyOf(above(name));
}
