import { z } from 'zod';
import type { GitHub } from '../../ports/github.ts';
import { type Client, call, callOrNull, ownerRepo, parseResponse } from './call.ts';
import { listSince } from './list-since.ts';
import { issueShape } from './shapes.ts';

const issueRoute = 'GET /repos/{owner}/{repo}/issues/{issue_number}';
const updateRoute = 'PATCH /repos/{owner}/{repo}/issues/{issue_number}';
const listRoute = 'GET /repos/{owner}/{repo}/issues';
const createRoute = 'POST /repos/{owner}/{repo}/issues';

type IssueCalls = Pick<
  GitHub,
  'issue' | 'issuesBy' | 'issuesSince' | 'createIssue' | 'completeIssue' | 'closeAsDuplicate' | 'reopen'
>;

export function issueCalls(client: Client): IssueCalls {
  const numbered = (repository: string, number: number) => ({
    ...ownerRepo(repository),
    issue_number: number,
  });
  return {
    async issue(repository, number) {
      const response = await callOrNull(client, issueRoute, numbered(repository, number));
      if (response === null) return null;
      const issue = parseResponse(issueShape, response.data, issueRoute)(repository, client.clock.now());
      // A transferred issue answers from its new place: here it is gone.
      return issue.repository.toLowerCase() === repository.toLowerCase() ? issue : null;
    },
    async issuesBy(repository, login) {
      const query = { ...ownerRepo(repository), creator: login, state: 'all', per_page: 100 };
      const { data } = await call(client, listRoute, query);
      return parseResponse(z.array(issueShape), data, listRoute)
        .map((issueOf) => issueOf(repository, client.clock.now()))
        .filter(({ pullRequest }) => !pullRequest);
    },
    async issuesSince(repository, since) {
      const query = { ...ownerRepo(repository), state: 'all' };
      const listed = await listSince(client, listRoute, query, since, z.array(issueShape));
      return listed
        .map((issueOf) => issueOf(repository, client.clock.now()))
        .filter(({ pullRequest }) => !pullRequest);
    },
    async createIssue(repository, title, body) {
      const { data } = await call(client, createRoute, { ...ownerRepo(repository), title, body });
      return parseResponse(issueShape, data, createRoute)(repository, client.clock.now());
    },
    async completeIssue(repository, number) {
      const change = { state: 'closed', state_reason: 'completed' };
      await callOrNull(client, updateRoute, { ...numbered(repository, number), ...change });
    },
    async closeAsDuplicate(repository, number, target) {
      const change = { state: 'closed', state_reason: 'duplicate', duplicate_issue_id: target };
      await call(client, updateRoute, { ...numbered(repository, number), ...change });
    },
    async reopen(repository, number) {
      await call(client, updateRoute, { ...numbered(repository, number), state: 'open' });
    },
  };
}
