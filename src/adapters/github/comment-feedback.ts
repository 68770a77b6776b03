import { z } from 'zod';
import type { CommentFeedback, ReplyComment } from '../../ports/github.ts';
import type { Client } from './call.ts';
import { query, queryError } from './graphql.ts';

/** As many as `nodes` takes. */
const commentsPerCall = 100;

/** Comments with who reacted to them, and the state of their issues: a hundred a call. */
const feedbackQuery = `query commentFeedback($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on IssueComment {
      id
      reactions(first: 100) { nodes { content createdAt user { login } } }
      issue {
        number databaseId state locked
        milestone { title }
        assignees(first: 1) { totalCount }
        labels(first: 100) { nodes { name } }
        reactions(first: 1, content: THUMBS_UP) { totalCount }
        comments(last: 50) { totalCount nodes { databaseId createdAt body author { __typename login } } }
        timelineItems(last: 20, itemTypes: [REOPENED_EVENT, UNMARKED_AS_DUPLICATE_EVENT]) {
          nodes {
            __typename
            ... on ReopenedEvent { createdAt actor { login } }
            ... on UnmarkedAsDuplicateEvent { createdAt actor { login } }
          }
        }
      }
    }
  }
}`;

const time = z.string().transform((text) => Date.parse(text));
const login = z
  .object({ login: z.string(), __typename: z.string().optional() })
  .nullish()
  .transform((found) => ({ login: found?.login ?? 'ghost', bot: found?.__typename === 'Bot' }));
const contents = {
  THUMBS_UP: '+1',
  THUMBS_DOWN: '-1',
  CONFUSED: 'confused',
  HEART: 'heart',
  HOORAY: 'hooray',
} as const;
const connection = <T extends z.ZodType>(shape: T) =>
  z.object({ nodes: z.array(shape.nullable()).nullable() }).nullish();

const issueShape = z.object({
  number: z.number(),
  databaseId: z.number().nullable(),
  state: z.enum(['OPEN', 'CLOSED']),
  locked: z.boolean(),
  milestone: z.object({ title: z.string() }).nullable(),
  assignees: z.object({ totalCount: z.number() }),
  labels: connection(z.object({ name: z.string() })),
  reactions: z.object({ totalCount: z.number() }),
  comments: z.object({
    totalCount: z.number(),
    nodes: z
      .array(
        z
          .object({ databaseId: z.number().nullable(), createdAt: time, body: z.string(), author: login })
          .nullable(),
      )
      .nullable(),
  }),
  timelineItems: connection(z.object({ __typename: z.string(), createdAt: time, actor: login })),
});
const nodeShape = z.object({
  id: z.string(),
  reactions: connection(z.object({ content: z.string(), createdAt: time, user: login })),
  issue: issueShape,
});
const dataShape = z.object({ nodes: z.array(nodeShape.nullable()) }).nullish();

/** In the order of `comments` (node ids); null for each that is gone. */
export async function commentFeedback(
  client: Client,
  comments: readonly string[],
): Promise<(CommentFeedback | null)[]> {
  const found: (CommentFeedback | null)[] = [];
  for (let from = 0; from < comments.length; from += commentsPerCall) {
    const ids = comments.slice(from, from + commentsPerCall);
    const { data, errors } = await query(client, feedbackQuery, { ids }, dataShape);
    if (!data) throw queryError(errors[0]?.message ?? 'no answer');
    found.push(...data.nodes.map((node) => (node === null ? null : feedbackOn(node))));
  }
  return found;
}

function feedbackOn({ issue, reactions }: z.output<typeof nodeShape>): CommentFeedback {
  const { assignees, comments, databaseId, labels, locked, milestone, number, timelineItems } = issue;
  const replies = present(comments.nodes);
  return {
    number,
    id: databaseId ?? 0,
    state: issue.state === 'OPEN' ? 'open' : 'closed',
    locked,
    assigned: assignees.totalCount > 0,
    milestone: milestone !== null,
    labels: present(labels?.nodes).map(({ name }) => name),
    thumbsUp: issue.reactions.totalCount,
    reactions: present(reactions?.nodes).flatMap(({ content, createdAt, user }) => {
      const known = contents[content as keyof typeof contents];
      return known === undefined ? [] : [{ by: user.login, content: known, at: createdAt }];
    }),
    replies: replies.map(
      ({ author, body, createdAt }): ReplyComment => ({
        by: author.login,
        bot: author.bot,
        body,
        at: createdAt,
      }),
    ),
    repliesCut: replies.length < comments.totalCount,
    undone: present(timelineItems?.nodes).map(({ __typename, actor, createdAt }) => ({
      by: actor.login,
      what: __typename === 'ReopenedEvent' ? 'reopened' : 'unmarked',
      at: createdAt,
    })),
  };
}

function present<T>(nodes: readonly (T | null)[] | null | undefined): T[] {
  return (nodes ?? []).filter((node) => node !== null);
}
