import { expect, test } from 'vitest';
import { at, path, repo, setting } from './client.ts';
import { createStillClock } from './still-clock.ts';

interface Page {
  readonly repository: {
    readonly issues: {
      readonly totalCount: number;
      readonly nodes: readonly { readonly number: number; readonly title: string }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}

const pageQuery = `query ($after: String) {
  repository(owner: "acme", name: "widgets") {
    issues(first: 100, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
      totalCount
      nodes { number title }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

test('issues come 100 a page, newest first; what is opened meanwhile neither repeats nor hides one', async () => {
  const clock = createStillClock();
  const { double, bot } = await setting({ clock, validate: 'off' });
  for (let n = 0; n < 230; n++) {
    double.openIssue({ repository: repo, title: `Number ${n}` });
    clock.advance(1);
  }
  double.openPullRequest({ repository: repo, title: 'No issue' });
  const seen: number[] = [];
  let after: string | null = null;
  do {
    const { issues }: Page['repository'] = (await bot.graphql<Page>(pageQuery, { after })).repository;
    seen.push(...issues.nodes.map(({ number }) => number));
    after = issues.pageInfo.hasNextPage ? issues.pageInfo.endCursor : null;
    double.openIssue({ repository: repo, title: 'Late' });
  } while (after !== null);
  expect(seen).toEqual(Array.from({ length: 230 }, (_, n) => 230 - n));
  expect(double.count()['POST /graphql']).toBe(3);
});

const marks = `query {
  repository(owner: "acme", name: "widgets") {
    issue(number: 2) {
      plain: stateReason
      stateReason(enableDuplicate: true)
      timelineItems(first: 100, itemTypes: [MARKED_AS_DUPLICATE_EVENT, UNMARKED_AS_DUPLICATE_EVENT, CLOSED_EVENT]) {
        nodes {
          __typename
          ... on MarkedAsDuplicateEvent { canonical { ... on Issue { number } } isCrossRepository }
          ... on UnmarkedAsDuplicateEvent { canonical { ... on Issue { number } } actor { login } }
        }
      }
    }
  }
}`;

async function twins() {
  const given = await setting();
  const first = given.double.openIssue({ repository: repo, title: 'Root' });
  const second = given.double.openIssue({ repository: repo, title: 'Again' });
  return { ...given, first, second };
}

test('closing as a duplicate takes the database id, and the mark and its undoing are in the timeline', async () => {
  const { double, bot, first } = await twins();
  const issue = { ...path, issue_number: 2 };
  const close = (duplicate_issue_id: number) =>
    bot.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
      ...issue,
      state: 'closed',
      state_reason: 'duplicate',
      duplicate_issue_id,
    });
  await expect(close(1)).rejects.toMatchObject({ status: 422 });
  await close(first.id);
  double.unmarkDuplicate(at(2), at(1), 'ann');
  const { repository } = await bot.graphql<{ repository: { issue: unknown } }>(marks);
  expect(repository.issue).toEqual({
    plain: 'NOT_PLANNED',
    stateReason: 'DUPLICATE',
    timelineItems: {
      nodes: [
        { __typename: 'MarkedAsDuplicateEvent', canonical: { number: 1 }, isCrossRepository: false },
        { __typename: 'ClosedEvent' },
        { __typename: 'UnmarkedAsDuplicateEvent', canonical: { number: 1 }, actor: { login: 'ann' } },
      ],
    },
  });
});

test('a reason is ignored unless the state changes', async () => {
  const { double, bot } = await twins();
  const update = (given: object) => bot.rest.issues.update({ ...path, issue_number: 2, ...given });
  await update({ state: 'closed', state_reason: 'completed' });
  expect((await update({ state: 'closed', state_reason: 'not_planned' })).data.state_reason).toBe(
    'completed',
  );
  expect((await update({ state: 'open' })).data.state_reason).toBe('reopened');
  expect(double.issue(repo, 2).closedBy).toBeNull();
});

test('GraphQL closes as a duplicate by node ids and takes the mark back', async () => {
  const { double, bot, first } = await twins();
  const ids = await bot.graphql<{ repository: Record<'a' | 'b', { id: string }> }>(
    '{ repository(owner: "acme", name: "widgets") { a: issue(number: 1) { id } b: issue(number: 2) { id } } }',
  );
  const { a, b } = ids.repository;
  const given = { a: a.id, b: b.id };
  await bot.graphql(
    `mutation ($a: ID!, $b: ID!) {
      closeIssue(input: { issueId: $b, stateReason: DUPLICATE, duplicateIssueId: $a }) { issue { state } }
    }`,
    given,
  );
  expect(double.issue(repo, 2)).toMatchObject({
    state: 'closed',
    stateReason: 'duplicate',
    duplicateOf: first,
  });
  await bot.graphql(
    `mutation ($a: ID!, $b: ID!) {
      unmarkIssueAsDuplicate(input: { canonicalId: $a, duplicateId: $b }) { duplicate { ... on Issue { number } } }
    }`,
    given,
  );
  expect(double.issue(repo, 2).duplicateOf).toBeNull();
});

test('"Duplicate of" marks when the commenter can write, and only then', async () => {
  const { double, first } = await twins();
  double.comment(at(2), 'Duplicate of #1', 'ann');
  expect(double.issue(repo, 2).duplicateOf).toBeNull();
  double.comment(at(2), 'duplicate of https://github.com/acme/widgets/issues/1', 'maintainer');
  expect(double.issue(repo, 2).duplicateOf).toBe(first);
});

test('reactions of many comments come with their people in one call', async () => {
  const { double, bot } = await twins();
  const comments = ['One', 'Two', 'Three'].map((body) => double.comment(at(1), body, 'ann'));
  double.react(comments[1]!, '-1', 'bob');
  double.react(comments[1]!, '-1', 'bob');
  double.deleteComment(comments[2]!);
  const listed = await bot.rest.issues.listComments({ ...path, issue_number: 1 });
  const gone = comments[2]!.id;
  const ids = [...listed.data.map(({ node_id }) => node_id), `IC_kwDO${gone}`];
  const query = `query ($ids: [ID!]!) {
    nodes(ids: $ids) { ... on IssueComment { databaseId reactions(first: 100) { nodes { content user { login } } } } }
  }`;
  const answer = await bot.graphql(query, { ids }).catch((error: { readonly data: unknown }) => error.data);
  expect(answer).toEqual({
    nodes: [
      { databaseId: comments[0]!.id, reactions: { nodes: [] } },
      {
        databaseId: comments[1]!.id,
        reactions: { nodes: [{ content: 'THUMBS_DOWN', user: { login: 'bob' } }] },
      },
      null,
    ],
  });
});

test('what is not there, moved or not to be seen is null beside an error', async () => {
  const { double, bot } = await twins();
  double.addRepository('acme/secret', { private: true });
  double.addRepository('acme/other');
  double.transfer(at(1), 'acme/other', 'maintainer');
  const query = `{
    repository(owner: "acme", name: "widgets") { moved: issue(number: 1) { id } none: issueOrPullRequest(number: 9) { __typename } }
    secret: repository(owner: "acme", name: "secret") { id }
  }`;
  const error = await bot.graphql(query).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    data: { repository: { moved: null, none: null }, secret: null },
    errors: [{ type: 'NOT_FOUND' }, { type: 'NOT_FOUND' }, { type: 'NOT_FOUND' }],
  });
  expect(double.deviations).toEqual([]);
});

test("a query that GitHub's schema does not know, or that the double cannot answer, is written down", async () => {
  const { double, bot } = await twins();
  const ask = (fields: string) => bot.graphql(`{ repository(owner: "acme", name: "widgets") { ${fields} } }`);
  await expect(ask('issue(number: 1) { duplicateOf { number } }')).rejects.toThrow('duplicateOf');
  await expect(ask('stargazerCount')).rejects.toThrow('stargazerCount');
  expect(double.deviations).toEqual([
    expect.stringContaining('Cannot query field "duplicateOf"'),
    'GraphQL: the double has no Repository.stargazerCount',
  ]);
});

test('pages are bounded, and a query costs what its connections take to fill', async () => {
  const { bot } = await twins();
  const ask = (fields: string) =>
    bot.graphql<{ rateLimit: { cost: number } }>(
      `{ repository(owner: "acme", name: "widgets") { ${fields} } rateLimit { cost remaining } }`,
    );
  await expect(ask('issues(first: 101) { nodes { number } }')).rejects.toThrow(
    'exceeds the `first` limit of 100',
  );
  await expect(ask('issues { nodes { number } }')).rejects.toThrow('`first` or `last`');
  const comments = (n: number) =>
    `comments(first: ${n}) { nodes { reactions(first: 100) { nodes { content } } } }`;
  expect((await ask(`issues(first: 100) { nodes { ${comments(10)} } }`)).rateLimit.cost).toBe(11);
  await expect(ask(`issues(first: 100) { nodes { ${comments(100)} } }`)).rejects.toThrow('maximum limit');
});
