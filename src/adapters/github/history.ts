import { z } from 'zod';
import type { HistoryPage, PastIssue, PastMark } from '../../model/history.ts';
import type { Client } from './call.ts';
import { query, queryError } from './graphql.ts';

/** A hundred issues a call, with what was ever said of their being duplicates. */
const historyQuery = `query history($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    issues(first: 100, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        number title body createdAt closedAt
        author { login }
        labels(first: 50) { nodes { name } }
        timelineItems(last: 20, itemTypes: [MARKED_AS_DUPLICATE_EVENT, UNMARKED_AS_DUPLICATE_EVENT, REOPENED_EVENT]) {
          nodes {
            __typename
            ... on MarkedAsDuplicateEvent { createdAt canonical { ... on Issue { number repository { nameWithOwner } } } }
            ... on UnmarkedAsDuplicateEvent { createdAt canonical { ... on Issue { number repository { nameWithOwner } } } }
            ... on ReopenedEvent { createdAt }
          }
        }
      }
    }
  }
}`;

const time = z.string().transform((text) => Date.parse(text));
const canonical = z
  .object({ number: z.number().optional(), repository: z.object({ nameWithOwner: z.string() }).optional() })
  .nullish();
const event = z.object({ __typename: z.string(), createdAt: time, canonical });
const issueShape = z.object({
  number: z.number(),
  title: z.string(),
  body: z.string(),
  createdAt: time,
  closedAt: time.nullable(),
  author: z.object({ login: z.string() }).nullable(),
  labels: z.object({ nodes: z.array(z.object({ name: z.string() }).nullable()).nullable() }).nullable(),
  timelineItems: z.object({ nodes: z.array(event.nullable()).nullable() }),
});
const dataShape = z
  .object({
    repository: z
      .object({
        issues: z.object({
          totalCount: z.number(),
          pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
          nodes: z.array(issueShape.nullable()).nullable(),
        }),
      })
      .nullable(),
  })
  .nullish();

/** The repository's issues, newest first, from a cursor on. */
export async function history(
  client: Client,
  repository: string,
  after: string | null,
): Promise<HistoryPage> {
  const [owner = '', name = ''] = repository.split('/');
  const { data, errors } = await query(client, historyQuery, { owner, name, after }, dataShape);
  const issues = data?.repository?.issues;
  if (!issues) throw queryError(errors[0]?.message ?? 'no such repository');
  return {
    total: issues.totalCount,
    next: issues.pageInfo.hasNextPage ? issues.pageInfo.endCursor : null,
    issues: (issues.nodes ?? []).flatMap((node) => (node === null ? [] : [pastIssue(node, repository)])),
  };
}

function pastIssue(node: z.output<typeof issueShape>, repository: string): PastIssue {
  const { number, title, body, createdAt, closedAt } = node;
  const labels = (node.labels?.nodes ?? []).flatMap((label) => label?.name ?? []);
  const marks = (node.timelineItems.nodes ?? []).flatMap((item) =>
    item === null ? [] : pastMarks(item, number, repository),
  );
  return { number, title, body, createdAt, closedAt, author: node.author?.login ?? 'ghost', labels, marks };
}

/** Marks that point to another repository say nothing about this one's clusters. */
function pastMarks(
  { __typename, createdAt: at, canonical: to }: z.output<typeof event>,
  number: number,
  repository: string,
): PastMark[] {
  if (__typename === 'ReopenedEvent') return [{ kind: 'reopened', number, at }];
  if (to?.number === undefined || to.repository?.nameWithOwner.toLowerCase() !== repository.toLowerCase())
    return [];
  return [
    { kind: __typename === 'MarkedAsDuplicateEvent' ? 'marked' : 'unmarked', number, of: to.number, at },
  ];
}
