import type { CliCommand } from './command.ts';

/** A command as the command line offers it; its module is loaded when it is called. */
export interface CommandSpec {
  /** The name and its arguments, as commander reads them. */
  readonly usage: string;
  readonly description: string;
  readonly options: readonly CommandOption[];
  readonly load: () => Promise<{ readonly run: CliCommand }>;
}

type CommandOption = readonly [flags: string, description: string];

const json: CommandOption = ['--json', 'one JSON document on stdout'];
const week: CommandOption = ['--week <week>', 'an ISO week such as 2026-W47; default: the last that is over'];

/** In the order in which `signpost --help` lists them. */
export const commands: readonly CommandSpec[] = [
  {
    usage: 'explain <issue>',
    description:
      'what Signpost would find and do for an issue: a JSON file, - for stdin, or owner/repo#n; writes nothing',
    options: [json, ['--config <file>', 'settings to use instead of the defaults']],
    load: () => import('./commands/explain.ts'),
  },
  {
    usage: 'lint [paths...]',
    description: 'checks signature pages and .github/signpost.yml',
    options: [
      ['--labels <names>', 'the repository\u2019s labels, with commas between: others are reported'],
      json,
    ],
    load: () => import('./commands/lint.ts'),
  },
  {
    usage: 'backtest [paths...]',
    description: 'what pages would have done on history: hits, new and lost ones, precision',
    options: [
      ['--issues <jsonl>', 'issues, one JSON document a line, .gz or not'],
      json,
      ['--markdown', 'a Markdown table'],
      ['--against <folder>', 'pages to compare with; default: the committed ones'],
    ],
    load: () => import('./commands/backtest.ts'),
  },
  {
    usage: 'undo <repository>',
    description: 'takes back the comments, labels and closes of Signpost in owner/repo since a time',
    options: [
      ['--since <time>', '2026-11-20T09:00Z, or how long ago: 90m, 12h, 3d'],
      ['--dry-run', 'only say what would be taken back'],
      json,
    ],
    load: () => import('./commands/undo.ts'),
  },
  {
    usage: 'serve',
    description: 'runs the App',
    options: [['--role <role>', 'all (default), web (takes webhooks in) or worker (does the work)']],
    load: () => import('./commands/serve.ts'),
  },
  {
    usage: 'doctor',
    description: 'what is configured, what is missing, whether GitHub answers',
    options: [json],
    load: () => import('./commands/doctor.ts'),
  },
  {
    usage: 'jobs [action] [ids...]',
    description: 'jobs that were given up: list (default), read, retry, drop; all stands for every id',
    options: [json],
    load: () => import('./commands/jobs.ts'),
  },
  {
    usage: 'backup <file>',
    description: 'copies the SQLite store into a file, while the server runs',
    options: [json],
    load: () => import('./commands/backup.ts'),
  },
  {
    usage: 'migrate-store <file> <url>',
    description: 'copies the SQLite store of a stopped server into an empty PostgreSQL one',
    options: [json],
    load: () => import('./commands/migrate-store.ts'),
  },
  {
    usage: 'sync <repository>',
    description: 'reads a repository\u2019s past issues, duplicates and labels into the store',
    options: [json],
    load: () => import('./commands/sync.ts'),
  },
  {
    usage: 'models <what...>',
    description:
      'what verdicts have taught: owner/repo lists it, rollback owner/repo [signatures|links|bars] goes back',
    options: [json],
    load: () => import('./commands/models.ts'),
  },
  {
    usage: 'digest <repository>',
    description: 'the weekly digest from the App\u2019s own store; publishes nothing',
    options: [week, json, ['--csv', 'as CSV'], ['--dry-run', 'the same: this command never publishes']],
    load: () => import('./commands/digest.ts'),
  },
  {
    usage: 'report <repository>',
    description: 'the maintainers\u2019 page as one HTML file',
    options: [week, ['--out <file>', 'default: report.html']],
    load: () => import('./commands/report.ts'),
  },
  {
    usage: 'propose [repository]',
    description: 'drafts pages for new failures; opens pull requests with your token',
    options: [
      ['--out <folder>', 'writes the drafts there'],
      ['--pull-request', 'opens a pull request for each, with GITHUB_TOKEN'],
      ['--issues <jsonl>', 'drafts from a file of issues instead of a repository'],
      ['--without <ids>', 'as if these pages were not there, with commas between'],
      json,
    ],
    load: () => import('./commands/propose.ts'),
  },
  {
    usage: 'backfill <repository>',
    description: 'fills ledger and digest from the past; writes nothing to GitHub',
    options: [['--weeks <number>', 'default: 12'], json],
    load: () => import('./commands/backfill.ts'),
  },
];

/** What stands below `signpost eval`. */
export const evalCommands: readonly CommandSpec[] = [
  {
    usage: 'signatures',
    description: 'recognition of known failures on labelled cases',
    options: [
      ['--signatures <folder>', 'pages'],
      ['--cases <jsonl>', 'labelled reports'],
      ['--background <jsonl>', 'ordinary issues, which should hardly ever hit'],
      ['--doubtful', 'doubtful cases too'],
      json,
    ],
    load: () => import('./commands/eval-signatures.ts'),
  },
  {
    usage: 'duplicates',
    description: 'ranking of earlier reports, in the order of a tracker\u2019s history',
    options: [
      ['--issues <jsonl>', 'the tracker\u2019s issues'],
      ['--clusters <json>', 'groups of numbers that are one problem'],
      ['--from <number>', 'first query'],
      ['--train-until <number>', 'weights learn from duplicates below it'],
      ['--bar <probability>', 'least probability of a posted link; default: 0.9'],
      ['--links <file>', 'writes the links that would be posted'],
      json,
    ],
    load: () => import('./commands/eval-duplicates.ts'),
  },
  {
    usage: 'labels',
    description: 'label suggestions, trained on one file and tested on another',
    options: [
      ['--train <jsonl>', 'labelled issues to learn from'],
      ['--test <jsonl>', 'labelled issues to be judged by'],
      ['--skip <labels>', 'labels to leave out, with commas between'],
      json,
    ],
    load: () => import('./commands/eval-labels.ts'),
  },
];
