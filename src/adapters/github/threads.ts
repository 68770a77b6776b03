import { z } from 'zod';
import type { IssueRef, Thread } from '../../model/issue.ts';
import type { Client } from './call.ts';
import { query, queryError } from './graphql.ts';
import { threadShape } from './shapes.ts';

const threadsPerCall = 50;

const common =
  'number title url locked createdAt closedAt closed repository { nameWithOwner } milestone { title } comments(first: 1) { totalCount }';
const canonical = 'canonical { ... on Issue { number repository { nameWithOwner } } }';
const fragment = `fragment thread on IssueOrPullRequest {
  __typename
  ... on Issue {
    ${common} stateReason reactions(first: 1, content: THUMBS_UP) { totalCount }
    timelineItems(last: 20, itemTypes: [MARKED_AS_DUPLICATE_EVENT, UNMARKED_AS_DUPLICATE_EVENT]) {
      nodes { __typename ... on MarkedAsDuplicateEvent { ${canonical} } ... on UnmarkedAsDuplicateEvent { ${canonical} } }
    }
  }
  ... on PullRequest { ${common} reactions(first: 1, content: THUMBS_UP) { totalCount } }
}`;

const dataShape = z
  .record(z.string(), z.object({ issueOrPullRequest: threadShape.nullish() }).nullish())
  .nullish();

/**
 * Reads threads with their duplicate marks, fifty a call. Null for each that is not there or not readable.
 */
export async function threads(client: Client, refs: readonly IssueRef[]): Promise<(Thread | null)[]> {
  const found: (Thread | null)[] = [];
  for (let from = 0; from < refs.length; from += threadsPerCall)
    found.push(...(await fetchThreads(client, refs.slice(from, from + threadsPerCall))));
  return found;
}

async function fetchThreads(client: Client, refs: readonly IssueRef[]): Promise<(Thread | null)[]> {
  const variables: Record<string, string | number> = {};
  const [declared, asked]: [string[], string[]] = [[], []];
  for (const [i, { repository, number }] of refs.entries()) {
    const [owner = '', name = ''] = repository.split('/');
    Object.assign(variables, { [`o${i}`]: owner, [`r${i}`]: name, [`n${i}`]: number });
    declared.push(`$o${i}: String!, $r${i}: String!, $n${i}: Int!`);
    asked.push(
      `t${i}: repository(owner: $o${i}, name: $r${i}) { issueOrPullRequest(number: $n${i}) { ...thread } }`,
    );
  }
  const text = `query threads(${declared.join(', ')}) { ${asked.join(' ')} }\n${fragment}`;
  const { data, errors } = await query(client, text, variables, dataShape);
  const strange = errors.find(({ type }) => type !== 'NOT_FOUND' && type !== 'FORBIDDEN');
  if (strange) throw queryError(strange.message);
  return refs.map((_, i) => data?.[`t${i}`]?.issueOrPullRequest ?? null);
}
