import { CommanderError, Command as Program } from 'commander';
import { type CommandSpec, commands, evalCommands } from './commands.ts';
import { createIo } from './io.ts';

const program = new Program('signpost')
  .description('Recognises the known failure in an issue and points the reporter at what helps.')
  .showSuggestionAfterError()
  .exitOverride()
  .configureOutput({
    outputError: (text, write) => write(text.replace(/^error: /, 'signpost: ').replace('\n(', ' (')),
  });
for (const spec of commands) add(program, spec);
const evaluation = program
  .command('eval')
  .description('measures recognition on labelled data')
  .exitOverride();
for (const spec of evalCommands) add(evaluation, spec);

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

function add(parent: Program, { description, load, options, usage }: CommandSpec): void {
  const command = parent.command(usage).description(description);
  for (const [flags, what] of options) command.option(flags, what);
  // A sub-command does not inherit these.
  command.exitOverride().showSuggestionAfterError();
  command.action(async () => {
    const { run } = await load();
    const args = command.processedArgs.flat().filter((arg) => arg !== undefined);
    process.exitCode = await run(args, command.opts(), createIo());
  });
}
