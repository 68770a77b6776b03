import { nodeId } from '../present/account.ts';
import { iso } from '../present/repository.ts';
import type { Issue, Repository } from '../state.ts';
import { fullName, isIssue } from '../state.ts';
import type { World } from '../world.ts';
import { connection, failure, type Paging } from './connection.ts';
import { accountNodeOf, issueNodeOf, labelNode, type Node, type Order } from './nodes.ts';

interface IssueArguments extends Paging {
  readonly orderBy?: Order;
  readonly states?: readonly string[] | null;
  readonly labels?: readonly string[] | null;
  readonly filterBy?: { readonly since?: string | null; readonly states?: readonly string[] | null } | null;
}

const orders: Readonly<Record<string, (issue: Issue) => number>> = {
  CREATED_AT: (issue) => issue.createdAt,
  UPDATED_AT: (issue) => issue.updatedAt,
  COMMENTS: (issue) => issue.comments.length,
};

function issues(world: World, repository: Repository, given: IssueArguments, pulls: boolean): Node {
  const { orderBy, states, labels, filterBy, ...paging } = given;
  const by = orders[orderBy?.field ?? 'CREATED_AT'] ?? ((issue: Issue) => issue.createdAt);
  const sign = orderBy?.direction === 'DESC' ? -1 : 1;
  const wanted = filterBy?.states ?? states;
  const since = Date.parse(filterBy?.since ?? '') || 0;
  const names = labels?.map((name) => name.toLowerCase());
  const chosen = [...repository.issues.values()]
    .filter(isIssue)
    .filter(
      (issue) =>
        (issue.pull !== null) === pulls &&
        (wanted == null || wanted.includes(issue.state.toUpperCase())) &&
        issue.updatedAt >= since &&
        (names === undefined || issue.labels.some(({ name }) => names.includes(name.toLowerCase()))),
    )
    .sort((a, b) => sign * (by(a) - by(b) || a.id - b.id));
  const name = pulls ? 'pullRequests' : 'issues';
  return connection(
    name,
    chosen,
    paging,
    (issue) => [by(issue), issue.id],
    (issue) => issueNodeOf(world, issue),
    sign,
  );
}

export function repositoryNode(world: World, repository: Repository): Node {
  const name = fullName(repository);
  const numbered =
    (kind: 'Issue' | 'PullRequest' | 'issue or pull request') => (given: { readonly number: number }) => {
      const entry = repository.issues.get(given.number);
      const fits =
        isIssue(entry) &&
        (kind === 'issue or pull request' || (entry.pull !== null) === (kind === 'PullRequest'));
      if (!fits) {
        const article = kind === 'PullRequest' ? 'a' : 'an';
        throw failure(
          'NOT_FOUND',
          `Could not resolve to ${article} ${kind} with the number of ${given.number}.`,
        );
      }
      return issueNodeOf(world, entry);
    };
  return {
    __typename: 'Repository',
    id: nodeId('R', repository.id),
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: name,
    owner: () => accountNodeOf(world, repository.owner),
    url: `${world.at.web}/${name}`,
    isPrivate: repository.private,
    isArchived: false,
    hasIssuesEnabled: true,
    createdAt: iso(repository.createdAt),
    issue: numbered('Issue'),
    pullRequest: numbered('PullRequest'),
    issueOrPullRequest: numbered('issue or pull request'),
    issues: (given: IssueArguments) => issues(world, repository, given, false),
    pullRequests: (given: IssueArguments) => issues(world, repository, given, true),
    label: (given: { readonly name: string }) => {
      const label = repository.labels.get(given.name.toLowerCase());
      return label ? labelNode(world, repository, label) : null;
    },
    labels: ({ orderBy: _orderBy, query: _query, ...paging }: Paging & Node) =>
      connection(
        'labels',
        [...repository.labels.values()],
        paging,
        ({ id }) => [0, id],
        (label) => labelNode(world, repository, label),
      ),
  };
}
