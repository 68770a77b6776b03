import { z } from 'zod';
import { GitHubError } from '../../ports/github-error.ts';
import type { Proposals } from '../../ports/proposals.ts';
import { type Client, call, callOrNull, ownerRepo, parseResponse } from './call.ts';

const repositoryShape = z.object({ default_branch: z.string() });
const refShape = z.object({ object: z.object({ sha: z.string() }) });
const fileShape = z.object({ sha: z.string() });
const pullShape = z.object({ html_url: z.string() });

/**
 * Proposes over REST: a branch, a file on it, a pull request. Each step goes on from what is there already.
 */
export function createProposals(client: Client): Proposals {
  return {
    async propose(repository, { body, branch, path, text, title }) {
      const at = ownerRepo(repository);
      const listing = 'GET /repos/{owner}/{repo}/pulls';
      const head = { ...at, head: `${at.owner}:${branch}`, state: 'open' };
      const [open] = parseResponse(z.array(pullShape), (await call(client, listing, head)).data, listing);
      if (open !== undefined) return { url: open.html_url, opened: false };

      const about = 'GET /repos/{owner}/{repo}';
      const { default_branch: base } = parseResponse(
        repositoryShape,
        (await call(client, about, at)).data,
        about,
      );
      await createBranch(client, at, base, branch);
      const contents = '/repos/{owner}/{repo}/contents/{path}';
      const there = await callOrNull(client, `GET ${contents}`, { ...at, path, ref: branch });
      await call(client, `PUT ${contents}`, {
        ...at,
        path,
        branch,
        message: title,
        content: Buffer.from(text).toString('base64'),
        ...(there === null ? {} : { sha: parseResponse(fileShape, there.data, `GET ${contents}`).sha }),
      });
      const opening = 'POST /repos/{owner}/{repo}/pulls';
      const { data } = await call(client, opening, { ...at, title, body, head: branch, base });
      return { url: parseResponse(pullShape, data, opening).html_url, opened: true };
    },
  };
}

/** Makes the branch from the base's head, unless it is there. */
async function createBranch(
  client: Client,
  at: { readonly owner: string; readonly repo: string },
  base: string,
  branch: string,
): Promise<void> {
  const reading = 'GET /repos/{owner}/{repo}/git/ref/{ref}';
  if ((await callOrNull(client, reading, { ...at, ref: `heads/${branch}` })) !== null) return;
  const from = await callOrNull(client, reading, { ...at, ref: `heads/${base}` });
  if (from === null) throw new GitHubError('refused', reading, 404, 'the repository has no commit yet');
  const { sha } = parseResponse(refShape, from.data, reading).object;
  await call(client, 'POST /repos/{owner}/{repo}/git/refs', { ...at, ref: `refs/heads/${branch}`, sha });
}
