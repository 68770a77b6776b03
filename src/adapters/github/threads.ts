import { z } from 'zod';
import type { IssueRef, Thread } from '../../model/issue.ts';
import { GitHubError } from '../../ports/github-error.ts';
import { call, type Wire } from './call.ts';
import { threadShape } from './shapes.ts';

const route = 'POST /graphql';
const atOnce = 50;

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

const answerShape = z.object({
  data: z.record(z.string(), z.object({ issueOrPullRequest: threadShape.nullish() }).nullish()).nullish(),
  errors: z.array(z.object({ type: z.string().optional(), message: z.string() })).optional(),
});

/** Reads threads with their duplicate marks, fifty a call. Null for each that is not there or not readable. */
export async function threads(wire: Wire, refs: readonly IssueRef[]): Promise<(Thread | null)[]> {
  const found: (Thread | null)[] = [];
  for (let from = 0; from < refs.length; from += atOnce)
    found.push(...(await some(wire, refs.slice(from, from + atOnce))));
  return found;
}

async function some(wire: Wire, refs: readonly IssueRef[]): Promise<(Thread | null)[]> {
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
  const query = `query threads(${declared.join(', ')}) { ${asked.join(' ')} }\n${fragment}`;
  const answer = answerShape.safeParse((await call(wire, route, { query, variables })).data);
  if (!answer.success)
    throw new GitHubError('unknown', route, 200, 'the answer has another shape than expected');
  const { data, errors = [] } = answer.data;
  const limited = errors.find(({ type }) => type === 'RATE_LIMITED');
  if (limited) throw new GitHubError('limited', route, 200, limited.message, wire.clock.now() + 60_000);
  const strange = errors.find(({ type }) => type !== 'NOT_FOUND' && type !== 'FORBIDDEN');
  if (strange) throw new GitHubError('unknown', route, 200, strange.message.slice(0, 200));
  return refs.map((_, i) => data?.[`t${i}`]?.issueOrPullRequest ?? null);
}
