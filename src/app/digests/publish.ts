import { boundsOf, dueWeeks, readWeek, type Week } from '../../digest/index.ts';
import type { Config } from '../../model/config.ts';
import type { Clock } from '../../ports/clock.ts';
import type { GitHub } from '../../ports/github.ts';
import { GitHubError } from '../../ports/github-error.ts';
import { Later } from '../../ports/queue.ts';
import type { Store } from '../../ports/store.ts';

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

/** What is kept of the last digest: its week, its issue, and the one before it as long as that is to be closed. */
interface Written {
  readonly week: Week;
  readonly number: number | null;
  readonly closing: number | null;
}

/** An issue that GitHub made may be missing from its lists for a moment; wait so long before believing it. */
const listsSettleAfter = 15_000;
/** Intents that concern no issue of people. */
const repositoryItself = 0;

/**
 * Publishes the digests that are due, oldest first, each exactly once whatever ends the process: the intent is written
 * before the issue is made, and before any issue is made GitHub is asked for one with this week's hidden line. The
 * digest before is closed. Returns the weeks that were written.
 */
export async function publishDigests(context: DigestContext): Promise<readonly Week[]> {
  const { clock, on, repository, store } = context;
  const key = `digest:${repository}`;
  let last = readWritten(await store.get(key));
  last = await close(last, key, context);
  const weeks = dueWeeks(clock.now(), on, last?.week ?? null);
  for (const week of weeks) {
    const number = await publish(week, last?.number ?? null, context);
    const closing = number === null ? null : (last?.number ?? null);
    last = { week, number: number ?? last?.number ?? null, closing };
    await store.put(key, last);
    for (const intent of await openIntents(context)) await store.settle(intent.id);
    last = await close(last, key, context);
  }
  return weeks;
}

/** The number of the week's issue: the one that is there, else a new one; null where there is nothing to say. */
async function publish(week: Week, last: number | null, context: DigestContext): Promise<number | null> {
  const { clock, github, repository, slug, store } = context;
  const found = (await github.issuesBy(repository, `${slug}[bot]`)).find(
    ({ author, body }) => author.login.toLowerCase() === `${slug}[bot]` && markedWeek(body) === week,
  );
  if (found !== undefined) return found.number;
  for (const { at, key } of await openIntents(context)) {
    if (key === week && clock.now() - at < listsSettleAfter)
      throw new Later(
        at + listsSettleAfter,
        'a digest may have been made; GitHub\u2019s lists need a moment',
      );
  }
  const issue = await context.write(week, last);
  if (issue === null) return null;
  const intent = await store.intend({
    repository,
    number: repositoryItself,
    kind: 'create-issue',
    key: week,
    at: clock.now(),
  });
  try {
    const made = await github.createIssue(
      repository,
      issue.title,
      `${marker(week, repository)}\n${issue.body}`,
    );
    return made.number;
  } catch (error) {
    // After an unknown answer the intent stays open: the next try looks for the issue first.
    if (!(error instanceof GitHubError) || error.failure === 'unknown') throw error;
    await store.settle(intent);
    // Issues are switched off, say: this week's digest is not tried for ever.
    if (error.failure === 'refused') return null;
    throw error;
  }
}

async function close(
  last: Written | null,
  key: string,
  { github, repository, store }: DigestContext,
): Promise<Written | null> {
  if (last === null || last.closing === null) return last;
  await github.completeIssue(repository, last.closing);
  const closed = { ...last, closing: null };
  await store.put(key, closed);
  return closed;
}

async function openIntents({ repository, store }: DigestContext): ReturnType<Store['openIntents']> {
  return (await store.openIntents(repository, repositoryItself)).filter(
    ({ kind }) => kind === 'create-issue',
  );
}

/** The hidden line by which a digest is found again. */
function marker(week: Week, repository: string): string {
  return `<!-- signpost digest ${week} of ${repository} -->`;
}

function markedWeek(body: string): Week | null {
  return readWeek(/^<!-- signpost digest (\S{8}) of \S+ -->/.exec(body)?.[1] ?? '');
}

function readWritten(value: unknown): Written | null {
  if (typeof value !== 'object' || value === null) return null;
  const { closing, number, week } = value as Partial<Record<keyof Written, unknown>>;
  const read = typeof week === 'string' ? readWeek(week) : null;
  if (read === null) return null;
  return { week: read, number: toNumber(number), closing: toNumber(closing) };
}

function toNumber(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

/** Whether anything is remembered of a week: without, its digest would say that nobody opened an issue. */
export function anythingIn(times: readonly number[], week: Week, zone: string): boolean {
  const { from, until } = boundsOf(week, zone);
  return times.some((at) => at >= from && at < until);
}
