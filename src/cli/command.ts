import { GitHubError } from '../ports/github-error.ts';
import { InputError } from './input-error.ts';
import type { Io } from './io.ts';
import type { Options } from './options.ts';

/** A command's work: resolves to the exit code. 0 fine, 1 findings or failed checks, 2 it could not run. */
export type CliCommand = (args: readonly string[], options: Options, io: Io) => Promise<number>;

/**
 * Makes one line on stderr and exit code 2 of what a person has to mend: an `InputError`, or what GitHub
 * refused.
 */
export function command(work: CliCommand): CliCommand {
  return async (args, options, io) => {
    try {
      return await work(args, options, io);
    } catch (error) {
      if (!(error instanceof InputError) && !(error instanceof GitHubError)) throw error;
      io.stderr(`signpost: ${error.message}\n`);
      return 2;
    }
  };
}
