import { z } from 'zod';
import type { Author, Comment, Issue, Thread } from '../../model/issue.ts';
import type { LabelEvent } from '../../ports/github.ts';

const time = z.string().transform((text) => Date.parse(text));
const maybeTime = z
  .string()
  .nullish()
  .transform((text) => (text == null ? null : Date.parse(text)));

/** A deleted account comes as null; GitHub shows it as `ghost`. */
const user = z
  .object({ login: z.string(), type: z.string().optional() })
  .nullish()
  .transform((found): Author => ({ login: found?.login ?? 'ghost', bot: found?.type === 'Bot' }));

const reasons = ['completed', 'not_planned', 'duplicate', 'reopened'] as const;
const stateReason = z
  .string()
  .nullish()
  .transform((text) => reasons.find((reason) => reason === text?.toLowerCase()) ?? null);

/** An issue as REST returns it. Only what is named here is read; title and body suffice for `explain`. */
export const issueShape = z
  .object({
    number: z.int().min(0).default(0),
    id: z.number().default(0),
    title: z.string().nullish(),
    body: z.string().nullish(),
    user,
    labels: z.array(z.union([z.string(), z.object({ name: z.string().nullish() })])).default([]),
    state: z.enum(['open', 'closed']).default('open'),
    state_reason: stateReason,
    locked: z.boolean().default(false),
    pull_request: z.unknown().optional(),
    assignees: z.array(z.object({ login: z.string() })).nullish(),
    milestone: z.object({ title: z.string() }).nullish(),
    comments: z.number().default(0),
    reactions: z.object({ '+1': z.number() }).nullish(),
    repository_url: z.string().optional(),
    html_url: z.string().optional(),
    created_at: time.optional(),
    updated_at: time.optional(),
    closed_at: maybeTime,
  })
  .transform(
    (raw) =>
      (repository: string, now: number): Issue => ({
        repository: repositoryIn(raw.repository_url, raw.html_url) ?? repository,
        number: raw.number,
        id: raw.id,
        title: raw.title ?? '',
        body: raw.body ?? '',
        author: raw.user,
        labels: raw.labels.flatMap((label) => (typeof label === 'string' ? label : (label.name ?? []))),
        state: raw.state,
        stateReason: raw.state_reason,
        locked: raw.locked,
        pullRequest: raw.pull_request != null,
        assignees: (raw.assignees ?? []).map(({ login }) => login),
        milestone: raw.milestone?.title ?? null,
        comments: raw.comments,
        thumbsUp: raw.reactions?.['+1'] ?? 0,
        createdAt: raw.created_at ?? now,
        updatedAt: raw.updated_at ?? now,
        closedAt: raw.closed_at,
      }),
  );

/** `owner/name` out of `…/repos/owner/name`, or `…/owner/name/issues/1`. */
function repositoryIn(apiUrl: string | undefined, htmlUrl: string | undefined): string | null {
  return (
    /\/repos\/([^/]+\/[^/]+)$/.exec(apiUrl ?? '')?.[1] ??
    /([^/]+\/[^/]+)\/issues\/\d+$/.exec(htmlUrl ?? '')?.[1] ??
    null
  );
}

export const commentShape = z
  .object({
    id: z.number(),
    node_id: z.string().optional(),
    user,
    body: z.string().nullish(),
    performed_via_github_app: z.object({ slug: z.string().optional() }).nullish(),
    author_association: z.string().default('NONE'),
    created_at: time,
    updated_at: time,
  })
  .transform(
    (raw): Comment => ({
      id: raw.id,
      ...(raw.node_id === undefined ? {} : { node: raw.node_id }),
      author: raw.user,
      body: raw.body ?? '',
      app: raw.performed_via_github_app?.slug ?? null,
      association: raw.author_association,
      createdAt: raw.created_at,
      updatedAt: raw.updated_at,
    }),
  );

/** An entry of an issue's events; only labels are read. */
export const eventShape = z
  .object({
    event: z.string(),
    actor: user,
    created_at: time,
    label: z.object({ name: z.string() }).nullish(),
  })
  .transform(({ actor, created_at, event, label }): LabelEvent | null =>
    label != null && (event === 'labeled' || event === 'unlabeled')
      ? { label: label.name, what: event, by: actor.login, at: created_at }
      : null,
  );

const mark = z.object({
  __typename: z.enum(['MarkedAsDuplicateEvent', 'UnmarkedAsDuplicateEvent']),
  canonical: z
    .object({ number: z.number().optional(), repository: z.object({ nameWithOwner: z.string() }).optional() })
    .nullish(),
});

/** An `issueOrPullRequest` of the `threads` query. */
export const threadShape = z
  .object({
    __typename: z.enum(['Issue', 'PullRequest']),
    number: z.number(),
    title: z.string(),
    url: z.string(),
    locked: z.boolean(),
    createdAt: time,
    closedAt: maybeTime,
    closed: z.boolean(),
    stateReason: stateReason.optional(),
    repository: z.object({ nameWithOwner: z.string() }),
    milestone: z.object({ title: z.string() }).nullish(),
    reactions: z.object({ totalCount: z.number() }),
    comments: z.object({ totalCount: z.number() }),
    timelineItems: z.object({ nodes: z.array(mark.nullable()).nullish() }).optional(),
  })
  .transform((raw): Thread => {
    // The last mark counts: an un-mark takes every earlier one back.
    const last = raw.timelineItems?.nodes?.findLast((node) => node !== null);
    const target = last?.__typename === 'MarkedAsDuplicateEvent' ? last.canonical : null;
    return {
      repository: raw.repository.nameWithOwner,
      number: raw.number,
      title: raw.title,
      url: raw.url,
      pullRequest: raw.__typename === 'PullRequest',
      state: raw.closed ? 'closed' : 'open',
      stateReason: raw.stateReason ?? null,
      locked: raw.locked,
      createdAt: raw.createdAt,
      closedAt: raw.closedAt,
      duplicateOf:
        target?.number !== undefined && target.repository
          ? { repository: target.repository.nameWithOwner, number: target.number }
          : null,
      milestone: raw.milestone?.title ?? null,
      thumbsUp: raw.reactions.totalCount,
      comments: raw.comments.totalCount,
    };
  });
