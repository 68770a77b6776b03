import { boundsOf, dueWeeks, readWeek, type Week } from '../../digest/index.ts';
import type { Config } from '../../model/config.ts';
import type { Clock } from '../../ports/clock.ts';
import type { GitHub } from '../../ports/github.ts';
import type { Store } from '../../ports/store.ts';
import { type LastDigest, lastDigest } from '../../repository/state/digest-state.ts';
import { readState, writeState } from '../../repository/state/entry.ts';
import { createIssueOnce } from '../writes/create-issue-once.ts';

export interface DigestContext {
  readonly repository: string;
  /** The App's slug. */
  readonly slug: string;
  readonly store: Store;
  readonly github: Pick<GitHub, 'issuesBy' | 'createIssue' | 'completeIssue'>;
  readonly clock: Clock;
  readonly on: Config['digest']['on'];
  /** The issue for a week; null when there is nothing that could be told of it. */
  readonly write: (week: Week, last: number | null) => Promise<DigestIssue | null>;
}

export interface DigestIssue {
  readonly title: string;
  readonly body: string;
}

/**
 * Publishes the digests that are due, oldest first, each exactly once whatever ends the process: the intent is written
 * before the issue is made, and before any issue is made GitHub is asked for one with this week's hidden line. The
 * digest before is closed. Returns the weeks that were written.
 */
export async function publishDigests(context: DigestContext): Promise<readonly Week[]> {
  const { clock, on, repository, store } = context;
  let last = await closePrevious(await readState(store, lastDigest, repository), context);
  const weeks = dueWeeks(clock.now(), on, last?.week ?? null);
  for (const week of weeks) {
    last = await publish(week, last, context);
    last = await closePrevious(last, context);
  }
  return weeks;
}

/** Publishes one week's digest: the issue that is there, else a new one, or none where there is nothing to say. */
async function publish(week: Week, last: LastDigest | null, context: DigestContext): Promise<LastDigest> {
  const { repository, slug, store } = context;
  const before = last?.number ?? null;
  const published = (number: number): LastDigest => ({ week, number, closing: before });
  const { number } = await createIssueOnce(
    {
      repository,
      kind: 'create-issue',
      key: week,
      looksFirst: true,
      matches: ({ author, body }) =>
        author.login.toLowerCase() === `${slug}[bot]` && markedWeek(body) === week,
      write: async () => {
        const issue = await context.write(week, before);
        return issue && { title: issue.title, body: `${marker(week, repository)}\n${issue.body}` };
      },
      saveNumber: (made) => writeState(store, lastDigest, repository, published(made)),
    },
    context,
  );
  if (number !== null) return published(number);
  const nothing: LastDigest = { week, number: before, closing: null };
  await writeState(store, lastDigest, repository, nothing);
  return nothing;
}

async function closePrevious(
  last: LastDigest | null,
  { github, repository, store }: DigestContext,
): Promise<LastDigest | null> {
  if (last === null || last.closing === null) return last;
  await github.completeIssue(repository, last.closing);
  const closed = { ...last, closing: null };
  await writeState(store, lastDigest, repository, closed);
  return closed;
}

/** The hidden line by which a digest is found again. */
function marker(week: Week, repository: string): string {
  return `<!-- signpost digest ${week} of ${repository} -->`;
}

function markedWeek(body: string): Week | null {
  return readWeek(/^<!-- signpost digest (\S{8}) of \S+ -->/.exec(body)?.[1] ?? '');
}

/** Whether anything is remembered of a week: without, its digest would say that nobody opened an issue. */
export function anythingIn(times: readonly number[], week: Week, zone: string): boolean {
  const { from, until } = boundsOf(week, zone);
  return times.some((at) => at >= from && at < until);
}
