import { Command, CommanderError } from 'commander';
import { createIo, type Io } from './io.ts';

/** A command's work: resolves to the exit code. 0 fine, 1 findings or failed checks, 2 it could not run. */
type Run = (args: readonly string[], options: Readonly<Record<string, unknown>>, io: Io) => Promise<number>;

const program = new Command('signpost')
  .description('Recognises the known failure in an issue and points the reporter at what helps.')
  .showSuggestionAfterError()
  .exitOverride()
  .configureOutput({
    outputError: (text, write) => write(text.replace(/^error: /, 'signpost: ').replace('\n(', ' (')),
  });

const json = ['--json', 'one JSON document on stdout'] as const;

add(
  program,
  'explain <issue>',
  'what Signpost would find and do for an issue: a JSON file, - for stdin, or owner/repo#n; writes nothing',
  async () => (await import('./commands/explain.ts')).run,
  json,
  ['--config <file>', 'settings to use instead of the defaults'],
);
add(
  program,
  'lint [paths...]',
  'checks signature pages and .github/signpost.yml',
  async () => (await import('./commands/lint.ts')).run,
  ['--labels <names>', 'the repository\u2019s labels, with commas between: others are reported'],
  json,
);
add(
  program,
  'backtest [paths...]',
  'what pages would have done on history: hits, new and lost ones, precision',
  async () => (await import('./commands/backtest.ts')).run,
  ['--issues <jsonl>', 'issues, one JSON document a line, .gz or not'],
  json,
  ['--markdown', 'a Markdown table'],
  ['--against <folder>', 'pages to compare with; default: the committed ones'],
);
add(
  program,
  'undo <repository>',
  'takes back the comments, labels and closes of Signpost in owner/repo since a time',
  async () => (await import('./commands/undo.ts')).run,
  ['--since <time>', '2026-11-20T09:00Z, or how long ago: 90m, 12h, 3d'],
  ['--dry-run', 'only say what would be taken back'],
  json,
);
add(program, 'serve', 'runs the App', async () => (await import('./commands/serve.ts')).run, [
  '--role <role>',
  'all (default), web (takes webhooks in) or worker (does the work)',
]);
add(
  program,
  'doctor',
  'what is configured, what is missing, whether GitHub answers',
  async () => (await import('./commands/doctor.ts')).run,
  json,
);

add(
  program,
  'jobs [action] [ids...]',
  'jobs that were given up: list (default), read, retry, drop; all stands for every id',
  async () => (await import('./commands/jobs.ts')).run,
  json,
);
add(
  program,
  'backup <file>',
  'copies the SQLite store into a file, while the server runs',
  async () => (await import('./commands/backup.ts')).run,
  json,
);
add(
  program,
  'migrate-store <file> <url>',
  'copies the SQLite store of a stopped server into an empty PostgreSQL one',
  async () => (await import('./commands/migrate-store.ts')).run,
  json,
);
add(
  program,
  'sync <repository>',
  'reads a repository\u2019s past issues, duplicates and labels into the store',
  async () => (await import('./commands/sync.ts')).run,
  json,
);

add(
  program,
  'models <what...>',
  'what verdicts have taught: owner/repo lists it, rollback owner/repo [signatures|links|bars] goes back',
  async () => (await import('./commands/models.ts')).run,
  json,
);

const week = ['--week <week>', 'an ISO week such as 2026-W47; default: the last that is over'] as const;
add(
  program,
  'digest <repository>',
  'the weekly digest from the App\u2019s own store; publishes nothing',
  async () => (await import('./commands/digest.ts')).run,
  week,
  json,
  ['--csv', 'as CSV'],
  ['--dry-run', 'the same: this command never publishes'],
);
add(
  program,
  'report <repository>',
  'the maintainers\u2019 page as one HTML file',
  async () => (await import('./commands/report.ts')).run,
  week,
  ['--out <file>', 'default: report.html'],
);
add(
  program,
  'propose [repository]',
  'drafts pages for new failures; opens pull requests with your token',
  async () => (await import('./commands/propose.ts')).run,
  ['--out <folder>', 'writes the drafts there'],
  ['--pull-request', 'opens a pull request for each, with GITHUB_TOKEN'],
  ['--issues <jsonl>', 'drafts from a file of issues instead of a repository'],
  ['--without <ids>', 'as if these pages were not there, with commas between'],
  json,
);
add(
  program,
  'backfill <repository>',
  'fills ledger and digest from the past; writes nothing to GitHub',
  async () => (await import('./commands/backfill.ts')).run,
  ['--weeks <number>', 'default: 12'],
  json,
);

const evaluate = program.command('eval').description('measures recognition on labelled data').exitOverride();
add(
  evaluate,
  'signatures',
  'recognition of known failures on labelled cases',
  async () => (await import('./commands/eval-signatures.ts')).run,
  ['--signatures <folder>', 'pages'],
  ['--cases <jsonl>', 'labelled reports'],
  ['--background <jsonl>', 'ordinary issues, which should hardly ever hit'],
  ['--doubtful', 'doubtful cases too'],
  json,
);
add(
  evaluate,
  'duplicates',
  'ranking of earlier reports, in the order of a tracker\u2019s history',
  async () => {
    const { run } = await import('./commands/eval-duplicates.ts');
    return (_args, options, io) => run(options, io);
  },
  ['--issues <jsonl>', 'the tracker\u2019s issues'],
  ['--clusters <json>', 'groups of numbers that are one problem'],
  ['--from <number>', 'first query'],
  ['--train-until <number>', 'weights learn from duplicates below it'],
  ['--bar <probability>', 'least probability of a posted link; default: 0.9'],
  ['--links <file>', 'writes the links that would be posted'],
  json,
);
add(
  evaluate,
  'labels',
  'label suggestions, trained on one file and tested on another',
  async () => {
    const { run } = await import('./commands/eval-labels.ts');
    return (_args, options, io) => run(options, io);
  },
  ['--train <jsonl>', 'labelled issues to learn from'],
  ['--test <jsonl>', 'labelled issues to be judged by'],
  ['--skip <labels>', 'labels to leave out, with commas between'],
  json,
);

/** Adds a command; each is loaded when it is called. */
function add(
  parent: Command,
  usage: string,
  description: string,
  load: () => Promise<Run>,
  ...options: readonly (readonly [flags: string, description: string])[]
): void {
  const command = parent.command(usage).description(description);
  for (const [flags, what] of options) command.option(flags, what);
  // A sub-command does not inherit these.
  command.exitOverride().showSuggestionAfterError();
  command.action(async (...given: unknown[]) => {
    const values = given.at(-2) as Record<string, unknown>;
    const args = given.slice(0, -2).flat() as (string | undefined)[];
    const run = await load();
    process.exitCode = await run(
      args.filter((arg) => arg !== undefined),
      values,
      createIo(),
    );
  });
}

try {
  await program.parseAsync();
} catch (error) {
  // Help and version end here as well, with code 0.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    process.stderr.write(`signpost: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
}
