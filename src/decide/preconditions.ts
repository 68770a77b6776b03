import type { Config } from '../model/config.ts';
import type { Issue } from '../model/issue.ts';
import type { IssueState } from '../model/issue-state.ts';

/** An issue that is found later than this after it was opened gets no first comment, in milliseconds. */
export const lateAfter = 3_600_000;
/**
 * An older issue gets no first comment however early it was found (GitHub may have been down), in
 * milliseconds.
 */
const maxCommentAge = 86_400_000;

interface Circumstances {
  readonly issue: Issue;
  readonly config: Config;
  readonly state: IssueState | null;
  readonly installedAt: number | null;
  readonly paused: boolean;
  readonly answered: boolean;
  readonly recentComments: number;
  readonly asked: boolean;
  readonly breaker: { readonly all: string | null };
  readonly foundAt?: number;
  readonly now: number;
}

/**
 * The preconditions of writing. `all`: why nothing may be written. `posting`: why no first comment may be
 * posted, though labels may be set. Null where they hold.
 */
export function preconditions(circumstances: Circumstances): {
  readonly all: string | null;
  readonly posting: string | null;
} {
  const { answered, asked, breaker, config, installedAt, issue, state, now, paused, recentComments } =
    circumstances;
  const { foundAt = now } = circumstances;
  const labels = issue.labels.map((label) => label.toLowerCase());
  const all = firstReason([
    [config.mode === 'observe', 'mode is observe'],
    [paused, 'paused by a maintainer'],
    [
      config.ignore.authors.some((login) => login.toLowerCase() === issue.author.login.toLowerCase()),
      'the author is on the ignore list',
    ],
    [
      config.ignore.labels.some((label) => labels.includes(label.toLowerCase())),
      'a label of the ignore list is set',
    ],
  ]);
  const posting = firstReason([
    [breaker.all !== null && !asked, breaker.all ?? ''],
    [installedAt !== null && issue.createdAt < installedAt, 'opened before Signpost was installed'],
    [state?.ignored === true, 'a maintainer asked for this issue to be left alone'],
    [issue.state === 'closed', 'the issue is closed'],
    [issue.locked, 'the issue is locked'],
    [answered && !asked, 'a maintainer has answered already'],
    [foundAt - issue.createdAt > lateAfter && !asked, 'seen over an hour after it was opened'],
    [now - issue.createdAt > maxCommentAge && !asked, 'opened over a day ago'],
    [
      recentComments >= config.limits.commentsPerHour,
      `the limit of ${config.limits.commentsPerHour} comments an hour is reached`,
    ],
  ]);
  return { all, posting };
}

function firstReason(preconditions: readonly (readonly [boolean, string])[]): string | null {
  return preconditions.find(([applies]) => applies)?.[1] ?? null;
}
