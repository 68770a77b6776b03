import { z } from 'zod';
import type { Issue } from '../../model/issue.ts';
import type { NumberedComment } from '../../ports/github.ts';
import { GitHubError } from '../../ports/github-error.ts';
import { pages, readAs, type Wire } from './call.ts';
import { commentShape, issueShape } from './shapes.ts';

const place = z.object({ issue_url: z.string().regex(/\/issues\/\d+$/) });

/**
 * In order of creation: what changes while the pages are read then moves no other issue onto a page that was read
 * already, as it would in order of change.
 */
const stable = { sort: 'created', direction: 'asc' };

/** Issues that changed, without pull requests. */
export async function issuesSince(wire: Wire, repository: string, since: number): Promise<readonly Issue[]> {
  const route = 'GET /repos/{owner}/{repo}/issues';
  const raw = await list(wire, route, { ...query(repository, since), state: 'all' });
  return readAs(z.array(issueShape), raw, route)
    .map((shape) => shape(repository, wire.clock.now()))
    .filter(({ pullRequest }) => !pullRequest);
}

export async function commentsSince(
  wire: Wire,
  repository: string,
  since: number,
): Promise<readonly NumberedComment[]> {
  const route = 'GET /repos/{owner}/{repo}/issues/comments';
  const raw = await list(wire, route, query(repository, since));
  return raw.map((one) => {
    const { issue_url } = readAs(place, one, route);
    return { ...readAs(commentShape, one, route), number: Number(issue_url.split('/').at(-1)) };
  });
}

/** Nothing where there is nothing to list: the repository is gone, or has its issues switched off. */
async function list(wire: Wire, route: string, parameters: Record<string, unknown>): Promise<unknown[]> {
  try {
    return await pages(wire, route, parameters);
  } catch (error) {
    if (error instanceof GitHubError && (error.status === 404 || error.status === 410)) return [];
    throw error;
  }
}

function query(repository: string, since: number): Record<string, unknown> {
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo, since: new Date(since).toISOString(), ...stable };
}
