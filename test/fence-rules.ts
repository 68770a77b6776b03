// The house's fences. Each rule says why; `npm run check:fences` runs them and fails when it sees fewer modules
// than there are files.
import type { IConfiguration, IRegularForbiddenRuleType } from 'dependency-cruiser';

const stages = [
  'report',
  'match',
  'knowledge',
  'duplicates',
  'classify',
  'decide',
  'act',
  'learn',
  'digest',
  'config',
];
const pure = [
  'report',
  'match',
  'knowledge',
  'duplicates',
  'classify',
  'decide',
  'learn',
  'digest',
  'config',
];
const pureLibraries = ['natural', 'zod', 're2js', 'markdown-it', 'yaml', '@secretlint'];

interface Fences {
  readonly forbidden: IRegularForbiddenRuleType[];
  readonly options: NonNullable<IConfiguration['options']>;
}

export const fences: Fences = {
  forbidden: [
    {
      name: 'model-imports-nothing',
      comment: 'The values that cross stages must be readable without knowing any stage.',
      severity: 'error',
      from: { path: '^src/model/' },
      to: { pathNot: '^src/model/' },
    },
    {
      name: 'ports-are-types',
      comment: 'A port names what the core needs; it must not know who provides it.',
      severity: 'error',
      from: { path: '^src/ports/' },
      to: { pathNot: '^src/(model|ports)/' },
    },
    {
      name: 'pure-stages-stay-pure',
      comment:
        'A stage that computes must give the same answer on every machine: no fs, env, network, clock, SDK.',
      severity: 'error',
      from: { path: `^src/(${pure.join('|')})/` },
      to: {
        pathNot: [
          `^src/(model|schema|numerics)/`,
          `^src/(${pure.join('|')})/`,
          `^node_modules/(${pureLibraries.join('|')})`,
        ],
      },
    },
    ...stages.map(
      (stage): IRegularForbiddenRuleType => ({
        name: `${stage}-knows-no-other-stage`,
        comment:
          'Data flows one way, through triage.ts and entry, which see each stage through its index.ts.',
        severity: 'error',
        from: { path: `^src/${stage}/` },
        to: {
          path: `^src/(${stages.filter((s) => s !== stage).join('|')}|triage|repository|app|server|cli|process|adapters)/`,
        },
      }),
    ),
    {
      name: 'stages-through-their-index',
      comment: 'What a stage offers is what its index.ts names; the rest may change at will.',
      severity: 'error',
      from: { path: '^src/(triage|repository|app|server|cli|adapters)/' },
      to: { path: `^src/(${stages.join('|')})/`, pathNot: '/index\\.ts$' },
    },
    {
      name: 'adapters-are-made-in-one-place',
      comment:
        'One place decides which store, queue and GitHub are used: one for the App with its webhook thread, one for commands.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot:
          '^src/(adapters/|server/compose\\.ts|server/webhook/(compose-thread|thread-main)\\.ts|cli/open\\.ts)',
      },
      to: { path: '^src/adapters/' },
    },
    {
      name: 'outside-world-in-adapters-and-entry',
      comment: 'fs, network and SDKs live behind ports, so that a decision can be replayed.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(app|repository|server|cli|process|adapters)/' },
      to: {
        dependencyTypes: ['core'],
        pathNot: '^(node:)?(crypto|buffer|module)$',
      },
    },
    {
      name: 'no-root-natural',
      comment: 'The root of natural takes a second, 120 MB, reads .env and prints; deep imports do not.',
      severity: 'error',
      from: {},
      to: { path: '^node_modules/natural/lib/natural/index\\.js$' },
    },
    {
      name: 'no-cycles',
      comment: 'What goes in circles cannot be read from top to bottom.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'not-to-dev-dep',
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
