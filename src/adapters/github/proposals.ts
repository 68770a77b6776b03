import { z } from 'zod';
import { GitHubError } from '../../ports/github-error.ts';
import type { Proposals } from '../../ports/proposals.ts';
import { call, callOrNull, readAs, type Wire } from './call.ts';

const repositoryShape = z.object({ default_branch: z.string() });
const refShape = z.object({ object: z.object({ sha: z.string() }) });
const fileShape = z.object({ sha: z.string() });
const pullShape = z.object({ html_url: z.string() });

/** Proposals over REST: a branch, a file on it, a pull request. Each step finds what is there already. */
export function createProposals(wire: Wire): Proposals {
  return {
    async propose(repository, { body, branch, path, text, title }) {
      const [owner = '', repo = ''] = repository.split('/');
      const at = { owner, repo };
      const listing = 'GET /repos/{owner}/{repo}/pulls';
      const head = { ...at, head: `${owner}:${branch}`, state: 'open' };
      const [open] = readAs(z.array(pullShape), (await call(wire, listing, head)).data, listing);
      if (open !== undefined) return { url: open.html_url, opened: false };

      const about = 'GET /repos/{owner}/{repo}';
      const { default_branch: base } = readAs(repositoryShape, (await call(wire, about, at)).data, about);
      await branchOff(wire, at, base, branch);
      const contents = '/repos/{owner}/{repo}/contents/{path}';
      const there = await callOrNull(wire, `GET ${contents}`, { ...at, path, ref: branch });
      await call(wire, `PUT ${contents}`, {
        ...at,
        path,
        branch,
        message: title,
        content: Buffer.from(text).toString('base64'),
        ...(there === null ? {} : { sha: readAs(fileShape, there.data, `GET ${contents}`).sha }),
      });
      const opening = 'POST /repos/{owner}/{repo}/pulls';
      const { data } = await call(wire, opening, { ...at, title, body, head: branch, base });
      return { url: readAs(pullShape, data, opening).html_url, opened: true };
    },
  };
}

async function branchOff(
  wire: Wire,
  at: { readonly owner: string; readonly repo: string },
  base: string,
  branch: string,
): Promise<void> {
  const reading = 'GET /repos/{owner}/{repo}/git/ref/{ref}';
  if ((await callOrNull(wire, reading, { ...at, ref: `heads/${branch}` })) !== null) return;
  const from = await callOrNull(wire, reading, { ...at, ref: `heads/${base}` });
  if (from === null) throw new GitHubError('refused', reading, 404, 'the repository has no commit yet');
  const { sha } = readAs(refShape, from.data, reading).object;
  await call(wire, 'POST /repos/{owner}/{repo}/git/refs', { ...at, ref: `refs/heads/${branch}`, sha });
}
