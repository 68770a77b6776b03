import { backfill } from '../../app/digests/backfill.ts';
import { GitHubError } from '../../ports/github-error.ts';
import { InputError } from '../input/input-error.ts';
import type { Io } from '../io.ts';
import { withRepository } from '../with-repository.ts';

const week = 7 * 86_400_000;
const mostWeeks = 104;

/**
 * `signpost backfill <owner/repo> [--weeks 12] [--json]`: fills the ledger with the past, so that the first digest is worth
 * reading. Reads GitHub with `GITHUB_TOKEN`, writes nothing there. 0 when it ran, 2 when it could not.
 */
export async function run(
  [target]: readonly string[],
  { json, weeks = '12' }: Readonly<Record<string, unknown>>,
  io: Io,
): Promise<number> {
  try {
    const count = Number(weeks);
    if (!Number.isInteger(count) || count < 1 || count > mostWeeks)
      throw new InputError(`--weeks ${String(weeks)} is not a number of weeks (expected 1 to ${mostWeeks})`);
    return await withRepository(target, async ({ github, settings, now, repository, store }) => {
      if (github === null)
        throw new InputError('GITHUB_TOKEN is not set (expected a token that may read the repository)');
      const progress = (read: number): void => io.stderr(`${read} issues read\n`);
      const done = await backfill(repository, now - count * week, settings, { github, store, progress });
      io.stdout(
        json === true
          ? `${JSON.stringify({ repository, ...done })}\n`
          : `${done.read} issues of ${count} weeks, ${done.recorded} new in the ledger; now: signpost digest ${repository}\n`,
      );
      return 0;
    });
  } catch (error) {
    if (!(error instanceof InputError) && !(error instanceof GitHubError)) throw error;
    io.stderr(`signpost: ${error.message}\n`);
    return 2;
  }
}
