import { backfill } from '../../app/digests/backfill.ts';
import { command } from '../command.ts';
import { InputError } from '../input-error.ts';
import { requireGitHub, withRepository } from '../with-repository.ts';

const week = 7 * 86_400_000;
const mostWeeks = 104;

/**
 * `signpost backfill <owner/repo> [--weeks 12] [--json]`: fills the ledger with the past, so that the first
 * digest is worth reading. Reads GitHub with `GITHUB_TOKEN`, writes nothing there. 0 when it ran, 2 when it
 * could not.
 */
export const run = command(async ([target], { json, weeks = '12' }, io) => {
  const count = Number(weeks);
  if (!Number.isInteger(count) || count < 1 || count > mostWeeks)
    throw new InputError(`--weeks ${String(weeks)} is not a number of weeks (expected 1 to ${mostWeeks})`);
  return withRepository(target, async (context) => {
    const { settings, now, repository, store } = context;
    const github = requireGitHub(context);
    const progress = (read: number): void => io.stderr(`${read} issues read\n`);
    const done = await backfill(repository, now - count * week, settings, { github, store, progress });
    io.stdout(
      json === true
        ? `${JSON.stringify({ repository, ...done })}\n`
        : `${done.read} issues of ${count} weeks, ${done.recorded} new in the ledger; now: signpost digest ${repository}\n`,
    );
    return 0;
  });
});
