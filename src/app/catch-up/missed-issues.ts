import { lateAfter } from '../../decide/index.ts';
import { readCommands } from '../../learn/index.ts';
import type { Issue } from '../../model/issue.ts';
import { readState, writeState } from '../../repository/state/entry.ts';
import { changesReadUntil } from '../../repository/state/sync-state.ts';
import type { JobContext } from '../context.ts';
import { newJob, priorities } from '../jobs.ts';

/** GitHub's lists are a moment late, and their times are whole seconds. */
const overlap = 60_000;
const second = 1000;

/**
 * Reads what changed in a repository since the last time, or since the installation, and has everything looked at that
 * was not looked at since: whatever became of its webhooks, the repository is then as if they had arrived.
 */
export async function fillGaps({ github, services: ports, row }: JobContext): Promise<void> {
  const { clock, log, send, store, waiting } = ports;
  const { repository } = row;
  const since = (await readState(store, changesReadUntil, repository)) ?? row.installedAt;
  const now = clock.now();
  const [issues, comments, looks, waits] = await Promise.all([
    github.issuesSince(repository, since),
    github.commentsSince(repository, since),
    lastLooks(since),
    waiting(repository, 'triage'),
  ]);
  const missed = issues.filter(
    ({ author, number, updatedAt }) =>
      !author.bot && (looks.get(number) ?? Number.NEGATIVE_INFINITY) < updatedAt + second,
  );
  // Commands are acted on once, so those that were heard may be heard again.
  const commands = comments.filter(({ author, body }) => !author.bot && readCommands(body).length > 0);
  const looksDue = missed
    .map((issue) => {
      const priority = isFresh(issue) ? priorities.issue : priorities.change;
      return newJob('triage', row, { number: issue.number }, { priority });
    })
    // One that has not begun will see the issue as it is by then.
    .filter(({ key, priority }) => (waits.get(key) ?? Number.POSITIVE_INFINITY) > priority);
  await send([
    ...looksDue,
    ...commands.map(({ id, number }) => newJob('comment', row, { number, comment: id })),
  ]);
  await writeState(store, changesReadUntil, repository, now - overlap);
  log.info(
    { repository, changed: issues.length, missed: looksDue.length, commands: commands.length },
    'gaps filled',
  );

  /** When each issue was last looked at. */
  async function lastLooks(from: number): Promise<ReadonlyMap<number | null, number>> {
    return new Map((await store.ledger({ repository, since: from })).map(({ at, number }) => [number, at]));
  }

  /** Its people still wait for a first comment, and soon it would be too late for one. */
  function isFresh({ createdAt, number }: Issue): boolean {
    return now - createdAt <= lateAfter && !looks.has(number);
  }
}
