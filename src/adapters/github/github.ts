import { z } from 'zod';
import type { GitHub } from '../../ports/github.ts';
import { type Client, callOrNull, ownerRepo, parseResponse } from './call.ts';
import { commentFeedback } from './comment-feedback.ts';
import { commentCalls } from './comments.ts';
import { contentCalls } from './contents.ts';
import { history } from './history.ts';
import { issueCalls } from './issues.ts';
import { labelCalls } from './labels.ts';
import { pullRequestCalls } from './pull-requests.ts';
import { threads } from './threads.ts';

const roleShape = z.object({ permission: z.string(), role_name: z.string().optional() });
const roleRoute = 'GET /repos/{owner}/{repo}/collaborators/{username}/permission';

/**
 * GitHub over REST and GraphQL, as the client's token sees it. Makes each call once, past `client.limiter`.
 */
export function createGitHub(client: Client): GitHub {
  return {
    ...issueCalls(client),
    ...commentCalls(client),
    ...labelCalls(client),
    ...contentCalls(client),
    ...pullRequestCalls(client),
    threads: (issues) => threads(client, issues),
    commentFeedback: (comments) => commentFeedback(client, comments),
    history: (repository, after) => history(client, repository, after),
    async role(repository, login) {
      const response = await callOrNull(client, roleRoute, { ...ownerRepo(repository), username: login });
      if (response === null) return { name: 'none', permission: 'none' };
      const { permission, role_name } = parseResponse(roleShape, response.data, roleRoute);
      return { name: role_name ?? permission, permission };
    },
  };
}
